package io.ferric.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A rack of pretend servers with an iLO each, for demonstrations and tests of a whole conductor.
 *
 * <pre>{@code
 * try (PretendRack rack = PretendRack.in(workDir)) {
 *     PretendNode node = rack.add("node-1", 4L << 30, server -> server.listener(System.out::println));
 *     ...                                  // enrol node.driverInfo() and deploy
 *     node.server().console().await(Stage.INSTANCE_UP, Duration.ofMinutes(1));
 * }
 * }</pre>
 *
 * <p>Each server has a loopback address of its own, 127.83.x.y, so that the usual ports 3260 and 10000 are free on it.
 * Several racks in one machine get out of each other's way by the process id; ports on an address that is taken all the
 * same are reported on the server's console. Thread-safe.
 */
public final class PretendRack implements AutoCloseable {
    private static final int MAX_NODES = 250;

    private final Path folder;
    private final int shelf;
    private final List<PretendNode> nodes = new ArrayList<>();

    private PretendRack(Path folder, int shelf) {
        this.folder = folder;
        this.shelf = shelf;
    }

    /** An empty rack that keeps its disks in this folder. */
    public static PretendRack in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new PretendRack(folder, (int) (ProcessHandle.current().pid() % 254) + 1);
    }

    /** Adds a server with a disk of {@code diskSize} bytes, switched off; everything else is as it is by default. */
    public PretendNode add(String name, long diskSize) throws IOException {
        return add(name, diskSize, UnaryOperator.identity());
    }

    /** Adds a server and lets the caller set more about it: a listener, trust, times. */
    public PretendNode add(String name, long diskSize, UnaryOperator<SimulatedServer.Builder> settings)
            throws IOException {
        return add(name, diskSize, SimulatedIlo.builder().serial("CZ%08X".formatted(name.hashCode())), settings);
    }

    /** Adds a server behind an iLO of the caller's choice. */
    public synchronized PretendNode add(
            String name,
            long diskSize,
            SimulatedIlo.Builder iloSettings,
            UnaryOperator<SimulatedServer.Builder> settings)
            throws IOException {
        if (nodes.size() == MAX_NODES) {
            throw new IllegalStateException("the rack is full: it takes " + MAX_NODES + " servers");
        }
        SimulatedIlo ilo = iloSettings.start();
        try {
            String disk = nodes.isEmpty() ? "disk.raw" : "disk-" + name + ".raw";
            SimulatedServer.Builder server =
                    SimulatedServer.behind(ilo, folder.resolve(disk), diskSize).address(address(nodes.size() + 1));
            PretendNode node = new PretendNode(name, ilo, settings.apply(server).start());
            nodes.add(node);
            return node;
        } catch (IOException | RuntimeException e) {
            ilo.close();
            throw e;
        }
    }

    public synchronized List<PretendNode> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public synchronized void close() throws IOException {
        for (PretendNode node : nodes) {
            node.close();
        }
        nodes.clear();
    }

    private InetAddress address(int slot) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 83, (byte) shelf, (byte) slot});
    }
}
