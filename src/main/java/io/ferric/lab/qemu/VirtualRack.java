package io.ferric.lab.qemu;

import io.ferric.lab.Shelf;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A rack of virtual machines with a simulated iLO each; what {@link io.ferric.lab.PretendRack} is for pretend servers.
 * Each has a loopback address of its own. Thread-safe.
 */
public final class VirtualRack implements AutoCloseable {
    private final Path folder;
    private final Shelf shelf = Shelf.any(new SecureRandom());
    private final List<VirtualNode> nodes = new ArrayList<>();

    private VirtualRack(Path folder) {
        this.folder = folder;
    }

    /** An empty rack that keeps disks and console logs in this folder. */
    public static VirtualRack in(Path folder) throws IOException {
        return new VirtualRack(Files.createDirectories(folder).toRealPath());
    }

    /** Adds a machine with a disk of {@code diskSize} bytes, switched off. */
    public synchronized VirtualNode add(
            String name,
            long diskSize,
            SimulatedIlo.Builder iloSettings,
            UnaryOperator<VirtualMachine.Builder> settings)
            throws IOException {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("name \"" + name + "\" is not of letters, digits, dots and dashes");
        }
        var address = shelf.address(nodes.size() + 1);
        SimulatedIlo ilo = iloSettings.start();
        try {
            VirtualMachine.Builder machine =
                    VirtualMachine.behind(ilo, name, folder, diskSize).address(address);
            VirtualNode node =
                    new VirtualNode(name, ilo, settings.apply(machine).start());
            nodes.add(node);
            return node;
        } catch (IOException | RuntimeException e) {
            ilo.close();
            throw e;
        }
    }

    public synchronized List<VirtualNode> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public synchronized void close() throws IOException {
        for (VirtualNode node : nodes) {
            node.close();
        }
        nodes.clear();
    }
}
