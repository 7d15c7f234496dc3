package io.ferric.journey;

import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.InstanceImage;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A root file system that brings what a deploy ramdisk needs to make it boot: this host's GRUB with its modules and
 * libraries, kernel and ramdisk in {@code /boot}, and busybox for all else. Its init is that of {@link InstanceImage} and
 * resets the server once. Made without root.
 *
 * @param folder where it is made
 * @param target of GRUB: {@code i386-pc} or {@code x86_64-efi}
 * @param debianPackage that brings the modules for this target
 */
record GrubImage(Path folder, String target, String debianPackage) {
    private static final List<String> PROGRAMS = List.of(
            "/usr/sbin/grub-install",
            "/usr/sbin/grub-mkconfig",
            "/usr/sbin/grub-probe",
            "/usr/bin/grub-editenv",
            "/usr/bin/grub-file",
            "/usr/bin/grub-mkimage",
            "/usr/bin/grub-mkrelpath",
            "/usr/bin/grub-script-check");
    private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x", Pattern.MULTILINE);
    private static final String SETTINGS = """
            GRUB_DISTRIBUTOR=Ferric
            GRUB_TIMEOUT=0
            GRUB_TERMINAL=serial
            GRUB_SERIAL_COMMAND="serial --unit=0 --speed=115200"
            GRUB_CMDLINE_LINUX="%s quiet"
            """;

    static GrubImage bios(Path folder) {
        return new GrubImage(folder, "i386-pc", "grub-pc-bin");
    }

    static GrubImage uefi(Path folder) {
        return new GrubImage(folder, "x86_64-efi", "grub-efi-amd64-bin");
    }

    /** Writes the image and returns the UUID of its file system. */
    String build(Path image, BootSupplies supplies) throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        makeFolders(tree);
        addGrub(tree);
        addBusybox(tree);
        addKernel(tree, supplies);
        addInit(tree);
        String uuid = UUID.randomUUID().toString();
        Peer.require("mke2fs").run("-q", "-t", "ext4", "-U", uuid, "-E", "root_owner=0:0", "-d", tree, image, "128M");
        return uuid;
    }

    private static void makeFolders(Path tree) throws IOException {
        for (String name : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createDirectories(tree.resolve("usr").resolve(name));
            Files.createSymbolicLink(tree.resolve(name), Path.of("usr", name));
        }
        for (String name : List.of("boot", "etc/default", "proc", "sys", "dev", "run", "tmp", "root")) {
            Files.createDirectories(tree.resolve(name));
        }
    }

    private void addGrub(Path tree) throws IOException {
        Peer.requireFile("/usr/sbin/grub-install", "grub2-common");
        Peer.requireFile("/usr/sbin/grub-mkconfig", "grub-common");
        Peer.requireFile("/usr/lib/grub/" + target + "/moddep.lst", debianPackage);
        for (String program : PROGRAMS) {
            add(tree, Path.of(program));
            addLibraries(tree, program);
        }
        for (String below : List.of("/usr/lib/grub/" + target, "/usr/share/grub", "/etc/grub.d")) {
            addAll(tree, Path.of(below));
        }
        add(tree, Path.of("/usr/lib/grub/grub-mkconfig_lib"));
        Files.writeString(tree.resolve("etc/default/grub"), SETTINGS.formatted(BootSupplies.SERIAL_CONSOLE));
    }

    /** None for a script, of which ldd says that it is not dynamic. */
    private static void addLibraries(Path tree, String program) throws IOException {
        Matcher library = LIBRARY.matcher(Peer.require("ldd").tryRun(program).output());
        while (library.find()) {
            Path file = Path.of(library.group(1));
            copy(file.toRealPath(), tree.resolve(file.toString().substring(1)));
        }
    }

    private static void addAll(Path tree, Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(each -> !Files.isDirectory(each)).toList()) {
                add(tree, file);
            }
        }
    }

    /** Symbolic links stay links. */
    private static void add(Path tree, Path file) throws IOException {
        copy(file, tree.resolve(file.toString().substring(1)));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static void addBusybox(Path tree) throws IOException {
        Peer busybox = Peer.require("busybox");
        Path bin = tree.resolve("usr/bin");
        copy(busybox.path().toRealPath(), bin.resolve("busybox"));
        for (String applet : busybox.run("--list").lines().toList()) {
            if (!Files.exists(bin.resolve(applet), LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
    }

    private static void addKernel(Path tree, BootSupplies supplies) throws IOException {
        copy(supplies.kernel().toRealPath(), tree.resolve("boot/vmlinuz-6.1-lab"));
        copy(supplies.instanceRamdisk().toRealPath(), tree.resolve("boot/initrd.img-6.1-lab"));
    }

    private static void addInit(Path tree) throws IOException {
        Path init = tree.resolve("sbin/init");
        try (InputStream text = InstanceImage.class.getResourceAsStream("init")) {
            Files.copy(text, init);
        }
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(tree.resolve("etc/hostname"), "local\n");
        Files.createFile(tree.resolve("etc/reboot-once"));
    }
}
