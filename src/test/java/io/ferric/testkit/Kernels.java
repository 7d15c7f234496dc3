package io.ferric.testkit;

import io.ferric.image.ramdisk.Kernel;
import io.ferric.image.ramdisk.KernelPackage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Kernels of Debian for the tests that need a real one: downloaded once a build into {@code target/kernels} and shared
 * by all tests, whichever process they run in. A kernel that cannot be had is treated as a missing {@link Peer}.
 */
public final class Kernels {
    private static final Path CACHE = Path.of("target", "kernels");

    private Kernels() {}

    /** The kernel for virtual machines: small, virtio and ATA disks, ext4 built in, no USB, no modules.dep of its own. */
    public static Kernel cloud() {
        return get("linux-image-cloud-amd64");
    }

    /** The kernel for servers: all drivers, 70 MB to download. */
    public static Kernel servers() {
        return get("linux-image-amd64");
    }

    private static synchronized Kernel get(String name) {
        Peer.require("apt-get");
        try {
            Files.createDirectories(CACHE);
            try (FileChannel channel = FileChannel.open(
                            CACHE.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                Path folder = CACHE.resolve(name);
                Path ready = folder.resolve("ready");
                if (!Files.exists(ready)) {
                    delete(folder);
                    Kernel kernel = KernelPackage.fetch(name, folder);
                    Files.write(
                            ready,
                            List.of(
                                    kernel.vmlinuz().toString(),
                                    kernel.modulesDir().toString()));
                }
                List<String> paths = Files.readAllLines(ready);
                return Kernel.of(Path.of(paths.get(0)), Path.of(paths.get(1)));
            }
        } catch (IOException e) {
            String message = "peer " + name + " cannot be had: " + e.getMessage();
            if ("required".equals(System.getProperty("ferric.peers"))) {
                throw new AssertionFailedError(message, e);
            }
            System.out.println("[peers] went without: " + message);
            throw new TestAbortedException(message, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> below = Files.walk(folder)) {
                for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
