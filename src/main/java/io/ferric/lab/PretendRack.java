package io.ferric.lab;

import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

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
 * <p>Each server has a loopback address of its own, so that the usual ports 3260 and 10000 are free on it; see
 * {@link Shelf}. Thread-safe.
 */
public final class PretendRack implements AutoCloseable {
    private final Path folder;
    private final Shelf shelf;
    private final List<PretendNode> nodes = new ArrayList<>();

    private PretendRack(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.shelf = Shelf.any(random);
    }

    /** An empty rack that keeps its disks in this folder. */
    public static PretendRack in(Path folder) throws IOException {
        return in(folder, new SecureRandom());
    }

    /** As {@link #in(Path)}, with the addresses drawn from {@code random}. */
    public static PretendRack in(Path folder, RandomGenerator random) throws IOException {
        Files.createDirectories(folder);
        return new PretendRack(folder, random);
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
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("name \"" + name + "\" is not of letters, digits, dots and dashes");
        }
        InetAddress address = shelf.address(nodes.size() + 1);
        SimulatedIlo ilo = iloSettings.start();
        try {
            String disk = nodes.isEmpty() ? "disk.raw" : "disk-" + name + ".raw";
            SimulatedServer.Builder server =
                    SimulatedServer.behind(ilo, folder.resolve(disk), diskSize).address(address);
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
}
