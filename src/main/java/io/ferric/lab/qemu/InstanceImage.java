package io.ferric.lab.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A root file system that really boots: ext4 with a static busybox and an init that prints {@link
 * VirtualMachine#INSTANCE_UP} on the console, then {@code FERRIC-CONFIG-DRIVE} with the meta data of a config drive if
 * there is one. Needs mke2fs and busybox-static on this host, and no root.
 *
 * @param host what it calls itself
 * @param sizeMib of the file system
 * @param rebootsOnce whether it resets the server when it is up for the first time
 */
public record InstanceImage(String host, int sizeMib, boolean rebootsOnce) {
    private static final List<String> APPLETS = List.of(
            "cat",
            "cut",
            "findfs",
            "head",
            "mkdir",
            "mount",
            "poweroff",
            "reboot",
            "rm",
            "sed",
            "sh",
            "sleep",
            "sync",
            "tr",
            "umount");
    private static final List<Path> BUSYBOX = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    /** One of 32 MiB. */
    public static InstanceImage of(String host) {
        return new InstanceImage(host, 32, false);
    }

    /** The same, which reboots once by itself. */
    public InstanceImage thatReboots() {
        return new InstanceImage(host, sizeMib, true);
    }

    /** Adds what building one needs of this host. */
    public static HostNeeds needs(HostNeeds needs) {
        return needs.program("mke2fs", "e2fsprogs").anyFile(BUSYBOX, "busybox-static");
    }

    /** Writes the image over whatever is in this file, and returns the UUID of its file system. */
    public String build(Path file) throws IOException {
        String uuid = UUID.randomUUID().toString();
        Path tree = Files.createTempDirectory("ferric-instance-");
        try {
            fill(tree);
            Files.deleteIfExists(file);
            List<String> command =
                    new ArrayList<>(List.of(HostNeeds.path("mke2fs"), "-q", "-t", "ext4", "-L", "instance"));
            command.addAll(List.of("-U", uuid, "-m", "0", "-E", "root_owner=0:0", "-d", tree.toString()));
            command.addAll(List.of(file.toString(), sizeMib + "M"));
            HostProgram.run(command);
        } finally {
            delete(tree);
        }
        return uuid;
    }

    private void fill(Path tree) throws IOException {
        for (String name : List.of("bin", "sbin", "etc", "proc", "sys", "dev", "run", "tmp", "root")) {
            Files.createDirectory(tree.resolve(name));
        }
        Path busybox = BUSYBOX.stream()
                .filter(Files::isReadable)
                .findFirst()
                .orElseThrow(() -> new IOException("this host lacks busybox; cure: apt-get install -y busybox-static"));
        Files.copy(busybox, tree.resolve("bin/busybox"));
        executable(tree.resolve("bin/busybox"));
        for (String applet : APPLETS) {
            Files.createSymbolicLink(tree.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        try (InputStream init = InstanceImage.class.getResourceAsStream("init")) {
            Files.copy(init, tree.resolve("sbin/init"));
        }
        executable(tree.resolve("sbin/init"));
        Files.writeString(tree.resolve("etc/hostname"), host + "\n");
        if (rebootsOnce) {
            Files.createFile(tree.resolve("etc/reboot-once"));
        }
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> below = Files.walk(tree)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
