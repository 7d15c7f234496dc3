package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployRamdiskTest {
    @TempDir
    private Path folder;

    private Kernel kernel;
    private RamdiskOptions options;
    private Path out;

    @BeforeEach
    void install() throws Exception {
        kernel = Samples.kernelWith(folder.resolve("k"), Samples.fewModules());
        options = RamdiskOptions.defaults()
                .hostRoot(Samples.host(folder.resolve("host")))
                .init(Content.of("#!/bin/sh\n"));
        out = folder.resolve("initrd");
    }

    @Test
    void holds_all_that_the_server_needs() throws Exception {
        RamdiskReport report = DeployRamdisk.build(kernel, options, out);
        Map<String, Samples.Packed> ramdisk = Samples.contents(out);

        assertThat(ramdisk.get("init").mode()).isEqualTo(0100755);
        assertThat(ramdisk.get("bin/busybox").mode()).isEqualTo(0100755);
        assertThat(ramdisk.get("bin/sh"))
                .matches(link -> link.mode() == 0120777 && link.text().equals("busybox"));
        assertThat(ramdisk.get("dev/console"))
                .matches(node -> node.mode() == 020600 && node.major() == 5 && node.minor() == 1);
        assertThat(ramdisk)
                .containsKeys(
                        "usr/sbin/tgtd",
                        "usr/sbin/tgtadm",
                        "usr/bin/curl",
                        "lib64/ld-linux-x86-64.so.2",
                        "lib/x86_64-linux-gnu/libc.so.6",
                        "lib/x86_64-linux-gnu/libaio.so.1",
                        "etc/ssl/certs/ca-certificates.crt",
                        "lib/modules/" + Samples.VERSION + "/kernel/drivers/scsi/hpsa.ko");
        assertThat(ramdisk.get("lib/ferric/modules").text()).isEqualTo("sd_mod\n");
        assertThat(report.modules()).isEqualTo(4);
        assertThat(report.bytes()).isEqualTo(Files.size(out));
        assertThat(report.notes())
                .anyMatch(note -> note.contains("does not have: ") && note.contains("smartpqi"))
                .anyMatch(note -> note.contains("firmware") && note.contains("tg3"));
    }

    @Test
    void a_library_from_an_odd_folder_goes_where_the_loader_looks() throws Exception {
        DeployRamdisk.build(kernel, options, out);
        assertThat(Samples.contents(out))
                .containsKey("lib/x86_64-linux-gnu/libcurl.so.4")
                .doesNotContainKey("opt/own/libcurl.so.4");
    }

    @Test
    void the_same_from_the_same() throws Exception {
        DeployRamdisk.build(kernel, options, out);
        Path again = folder.resolve("again");
        DeployRamdisk.build(kernel, options, again);
        assertThat(out).hasSameBinaryContentAs(again);
    }

    @Test
    void takes_along_firmware_certificates_modules_and_files() throws Exception {
        Samples.write(
                folder.resolve("host/lib/firmware/tigon/tg3.bin.xz"), Samples.compressed("x.xz", "fw".getBytes()));
        Samples.write(kernel.modulesDir().resolve("extra/own.ko"), Samples.module());
        Path ca = Samples.write(folder.resolve("ca.pem"), "my PEM".getBytes());
        Samples.write(folder.resolve("tree/a/b"), "b".getBytes());
        RamdiskReport report = DeployRamdisk.build(
                kernel,
                options.ca(ca).modules(List.of("own")).includes(Map.of("/etc/tree", folder.resolve("tree"))),
                out);
        Map<String, Samples.Packed> ramdisk = Samples.contents(out);
        assertThat(ramdisk.get("lib/firmware/tigon/tg3.bin").text()).isEqualTo("fw");
        assertThat(ramdisk.get("etc/ssl/certs/ca-certificates.crt").text()).isEqualTo("my PEM");
        assertThat(ramdisk.get("etc/tree/a/b").text()).isEqualTo("b");
        assertThat(ramdisk.get("lib/ferric/modules").text()).endsWith("own\n");
        assertThat(report.notes()).noneMatch(note -> note.contains("firmware"));
    }

    @Test
    void a_kernel_without_network_or_disk_is_refused() throws Exception {
        Files.delete(kernel.modulesDir().resolve("kernel/drivers/net/tg3.ko"));
        assertRefused("no driver for any network adapter");
        Files.delete(kernel.modulesDir().resolve("kernel/drivers/scsi/hpsa.ko"));
        assertRefused("no driver for any disk");
    }

    @Test
    void a_missing_program_comes_with_its_cure() throws Exception {
        Files.delete(folder.resolve("host/usr/sbin/tgtadm"));
        assertRefused("apt-get install tgt");
        Files.delete(folder.resolve("host/usr/bin/busybox"));
        assertRefused("apt-get install busybox-static");
        Samples.write(folder.resolve("host/usr/bin/busybox"), Samples.program("/lib64/ld.so", "libc.so.6"));
        assertRefused("is not the static one");
    }

    @Test
    void a_missing_library_is_named() throws Exception {
        Files.delete(folder.resolve("host/lib/x86_64-linux-gnu/libaio.so.1"));
        assertRefused("tgtd needs the shared library libaio.so.1");
    }

    @Test
    void goes_without_curl_and_certificates_but_says_so() throws Exception {
        Files.delete(folder.resolve("host/usr/bin/curl"));
        Files.delete(folder.resolve("host/etc/ssl/certs/ca-certificates.crt"));
        assertThat(DeployRamdisk.build(kernel, options, out).notes())
                .anyMatch(note -> note.contains("apt-get install curl"))
                .anyMatch(note -> note.contains("--ca FILE"));
        Files.delete(out);
        options = options.ca(folder.resolve("nowhere.pem"));
        assertRefused("nowhere.pem cannot be read");
    }

    @Test
    void a_path_that_leads_out_of_the_ramdisk_is_refused() {
        RamdiskOptions evil = options.includes(Map.of("etc/../../x", folder.resolve("k/boot")));
        assertThatThrownBy(() -> DeployRamdisk.build(kernel, evil, out)).hasMessageContaining("'..' part");
        RamdiskOptions below = options.includes(Map.of("init/x", folder.resolve("k/boot")));
        assertThatThrownBy(() -> DeployRamdisk.build(kernel, below, out))
                .hasMessageContaining("lies below 'init', which is no folder");
    }

    @Test
    void a_target_that_cannot_be_written_leaves_nothing() {
        assertThatThrownBy(() -> DeployRamdisk.build(kernel, options, folder.resolve("no/initrd")))
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> DeployRamdisk.build(kernel, options, folder))
                .hasMessageContaining("not a regular file");
    }

    @Test
    void ferrics_own_init_comes_with_all_its_helpers() throws Exception {
        DeployRamdisk.build(
                kernel,
                new RamdiskOptions(Optional.empty(), List.of(), Map.of(), Optional.empty(), options.hostRoot()),
                out);
        Map<String, Samples.Packed> ramdisk = Samples.contents(out);
        assertThat(ramdisk.get("init").text()).startsWith("#!/bin/sh");
        try (var scripts = Files.list(Path.of("src/main/resources/io/ferric/image/ramdisk"))) {
            assertThat(scripts.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".sh"))
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(new TreeSet<>(Scripts.HELPERS));
        }
        Scripts.HELPERS.forEach(name -> assertThat(ramdisk).containsKey("lib/ferric/" + name));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> DeployRamdisk.build(kernel, options, out))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining(message);
        assertThat(out).doesNotExist();
    }
}
