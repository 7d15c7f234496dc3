package io.ferric.lab;

import io.ferric.lab.ilo.SimulatedIlo;

/** One server of a {@link PretendRack} with its iLO. */
public record PretendNode(String name, SimulatedIlo ilo, SimulatedServer server) implements LabNode {}
