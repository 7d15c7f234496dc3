package io.ferric.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A real program that a test is held against, such as {@code tgtd} or {@code fsck.vfat}.
 *
 * <p>With {@code -Dferric.peers=required} (the Maven profile {@code peers}) a missing program fails the test; otherwise
 * the test is skipped and the program and its package are named.
 */
public final class Peer {
    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("tgtd", "tgt"),
            Map.entry("tgtadm", "tgt"),
            Map.entry("fsck.vfat", "dosfstools"),
            Map.entry("mkfs.vfat", "dosfstools"),
            Map.entry("mdir", "mtools"),
            Map.entry("mtype", "mtools"),
            Map.entry("mcopy", "mtools"),
            Map.entry("xorriso", "xorriso"),
            Map.entry("genisoimage", "genisoimage"),
            Map.entry("isoinfo", "genisoimage"),
            Map.entry("qemu-img", "qemu-utils"),
            Map.entry("mke2fs", "e2fsprogs"),
            Map.entry("debugfs", "e2fsprogs"),
            Map.entry("sfdisk", "fdisk"),
            Map.entry("sgdisk", "gdisk"),
            Map.entry("mkfs.xfs", "xfsprogs"),
            Map.entry("mkfs.btrfs", "btrfs-progs"),
            Map.entry("qemu-io", "qemu-utils"),
            Map.entry("mmd", "mtools"),
            Map.entry("xz", "xz-utils"),
            Map.entry("e2fsck", "e2fsprogs"),
            Map.entry("apt-get", "apt"),
            Map.entry("ldd", "libc-bin"),
            Map.entry("busybox", "busybox-static"),
            Map.entry("curl", "curl"),
            Map.entry("qemu-system-x86_64", "qemu-system-x86"),
            Map.entry("depmod", "kmod"),
            Map.entry("blkid", "util-linux"),
            Map.entry("syslinux", "syslinux"),
            Map.entry("mkswap", "util-linux"));

    private final Path program;

    private Peer(Path program) {
        this.program = program;
    }

    /** Finds a program on the PATH or in the sbin folders; fails or skips the calling test when it is missing. */
    public static Peer require(String name) {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Peer::new)
                .orElseThrow(() -> missing(name));
    }

    /** Finds a file that a package brings, such as {@code /usr/lib/ISOLINUX/isolinux.bin}. */
    public static Path requireFile(String path, String debianPackage) {
        if (Files.isReadable(Path.of(path))) {
            return Path.of(path);
        }
        throw missing(path, debianPackage);
    }

    private static RuntimeException missing(String name) {
        return missing(name, PACKAGES.getOrDefault(name, name));
    }

    private static RuntimeException missing(String name, String debianPackage) {
        String message = "peer " + name + " is missing; cure: apt-get install " + debianPackage;
        if ("required".equals(System.getProperty("ferric.peers"))) {
            throw new AssertionFailedError(message);
        }
        System.out.println("[peers] went without: " + message);
        return new TestAbortedException(message);
    }

    public Path path() {
        return program;
    }

    /** Runs the program to its end; fails the test on a non-zero exit or after a minute. Returns stdout and stderr. */
    public String run(Object... arguments) {
        Result result = tryRun(arguments);
        if (result.exit() != 0) {
            throw new AssertionFailedError(program + " " + Arrays.toString(arguments) + " exited with " + result.exit()
                    + ":\n" + result.output());
        }
        return result.output();
    }

    /** As {@link #run}, but hands back whatever exit code came. */
    public Result tryRun(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        try {
            Path output = Files.createTempFile("peer", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new AssertionFailedError(command + " did not end within a minute");
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
            } finally {
                process.destroyForcibly();
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new AssertionFailedError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionFailedError("interrupted while running " + command, e);
        }
    }

    /** How a program ended and what it said. */
    public record Result(int exit, String output) {}
}
