package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Kernels;
import io.ferric.testkit.Peer;
import io.ferric.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ramdisks from a real kernel package and this host's programs, read by other programs. */
class RamdiskIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    @Test
    void cpio_and_busybox_read_it_and_see_roots_files() throws Exception {
        Path ramdisk = deployRamdisk();
        String listing =
                shell("gzip -dc " + ramdisk + " | " + Peer.require("cpio").path() + " -itv --numeric-uid-gid");
        assertThat(listing)
                .containsPattern("-rwxr-xr-x +1 0 +0 .* init\\R")
                .containsPattern("crw------- +1 0 +0 +5, +1 .* dev/console\\R")
                .containsPattern("lrwxrwxrwx .* bin/sh -> busybox\\R")
                .containsPattern("virtio_scsi.ko\\R");
        Set<String> names = shell(
                        "gzip -dc " + ramdisk + " | " + Peer.require("busybox").path() + " cpio -it")
                .lines()
                .collect(Collectors.toSet());
        assertThat(names).containsAll(Samples.contents(ramdisk).keySet());
    }

    @Test
    void depmod_finds_the_same_dependencies_and_devices() throws Exception {
        Kernel kernel = Kernels.cloud();
        Path root = unpacked(deployRamdisk());
        Path tables = root.resolve("lib/modules").resolve(kernel.version());
        Map<String, Set<String>> ours = dependencies(tables);
        Set<String> devices = aliases(tables);
        Peer.require("depmod").run("-b", root, kernel.version());
        assertThat(ours).isEqualTo(dependencies(tables));
        assertThat(devices).containsAll(aliases(tables));
    }

    @Test
    void has_every_library_that_ldd_knows_of() throws Exception {
        Map<String, Samples.Packed> ramdisk = Samples.contents(deployRamdisk());
        for (String program : Set.of("tgtd", "tgtadm", "curl")) {
            Set<String> wanted = Peer.require("ldd")
                    .run(Peer.require(program).path())
                    .lines()
                    .filter(line -> line.contains("=>"))
                    .map(line -> line.strip().split(" ")[0])
                    .collect(Collectors.toSet());
            Set<String> packed = ramdisk.keySet().stream()
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet());
            assertThat(wanted).as(program).isNotEmpty().allMatch(packed::contains);
        }
    }

    @Test
    void programs_start_with_nothing_but_what_is_packed() throws Exception {
        Path root = unpacked(deployRamdisk());
        String libraries = root.resolve("lib/x86_64-linux-gnu") + ":" + root.resolve("usr/lib/x86_64-linux-gnu");
        String version = Peer.require("env")
                .run(
                        "-i",
                        root.resolve("lib64/ld-linux-x86-64.so.2"),
                        "--inhibit-cache",
                        "--library-path",
                        libraries,
                        root.resolve("usr/sbin/tgtadm"),
                        "--version");
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+\\s*");
    }

    @Test
    void an_instances_ramdisk_is_small_and_knows_disks_only() throws Exception {
        Path file = folder.resolve("instance");
        RamdiskReport report = InstanceRamdisk.build(Kernels.cloud(), file);
        assertThat(report.bytes()).isLessThan(6_000_000);
        assertThat(Samples.contents(file).keySet())
                .contains("init", "bin/busybox")
                .noneMatch(path -> path.contains("virtio_net") || path.contains("tgtd"));
    }

    @Test
    void the_command_makes_an_iso_that_boots_both_ways() throws Exception {
        Peer.requireFile("/usr/lib/ISOLINUX/isolinux.bin", "isolinux");
        Kernel kernel = Kernels.cloud();
        Path iso = folder.resolve("deploy.iso");
        Program.Result result = Program.run(
                "image",
                "deploy-iso",
                iso.toString(),
                "--kernel",
                kernel.vmlinuz().toString(),
                "--modules",
                kernel.modulesDir().toString(),
                "--append",
                "console=ttyS0",
                "--ramdisk-out",
                folder.resolve("initrd").toString());
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("kernel " + kernel.version(), "note: drivers that kernel");
        String configuration = Peer.require("isoinfo").run("-R", "-i", iso, "-x", "/isolinux/isolinux.cfg");
        assertThat(configuration).contains("boot_method=vmedia nofb nomodeset vga=normal console=ttyS0");
        assertThat(folder.resolve("initrd")).exists();
    }

    /** Made by the first test that wants it, for it is only read. */
    private static synchronized Path deployRamdisk() throws IOException {
        Peer.require("busybox");
        Peer.require("tgtd");
        Peer.require("curl");
        Path file = shared.resolve("initrd");
        if (!Files.exists(file)) {
            DeployRamdisk.build(Kernels.cloud(), RamdiskOptions.defaults(), file);
        }
        return file;
    }

    /** Unpacked by cpio, without the devices, which only root can make. */
    private Path unpacked(Path ramdisk) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        shell("cd " + root + " && gzip -dc " + ramdisk + " | "
                + Peer.require("cpio").path() + " -id --quiet --no-preserve-owner -f 'dev/*'");
        return root;
    }

    private static String shell(String line) {
        return Peer.require("sh").run("-c", line);
    }

    private static Map<String, Set<String>> dependencies(Path tables) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<String> lines = Files.lines(tables.resolve("modules.dep"))) {
            lines.forEach(line -> {
                String[] parts = line.split(":");
                found.put(
                        parts[0],
                        parts.length == 1
                                ? Set.of()
                                : new TreeSet<>(Set.of(parts[1].strip().split(" "))));
            });
        }
        return found;
    }

    private static Set<String> aliases(Path tables) throws IOException {
        try (Stream<String> lines = Files.lines(tables.resolve("modules.alias"))) {
            return lines.filter(line -> line.startsWith("alias ")).collect(Collectors.toSet());
        }
    }
}
