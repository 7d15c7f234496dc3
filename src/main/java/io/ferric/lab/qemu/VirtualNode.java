package io.ferric.lab.qemu;

import io.ferric.lab.LabNode;
import io.ferric.lab.ilo.SimulatedIlo;

/** One virtual machine of a {@link VirtualRack} with its iLO. */
public record VirtualNode(String name, SimulatedIlo ilo, VirtualMachine server) implements LabNode {}
