package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.ImageCreationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelPackageTest {
    private static final String TREE = "lib/modules/" + Samples.VERSION + "/";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"data.tar", "data.tar.gz", "data.tar.xz", "data.tar.zst"})
    void unpacks_kernel_and_modules_whatever_the_compression(String data) throws Exception {
        Path file = Samples.debianPackage(folder.resolve("k.deb"), data, kernelFiles("./", "./usr/"));
        Kernel kernel = KernelPackage.unpack(List.of(file), folder.resolve("work"));
        assertThat(kernel.version()).isEqualTo(Samples.VERSION);
        assertThat(kernel.modulesDir().resolve("kernel/a.ko")).hasBinaryContent(Samples.module());
        assertThat(folder.resolve("work/root/usr")).doesNotExist();
    }

    @Test
    void takes_kernel_and_modules_from_two_packages() throws Exception {
        Path image = Samples.debianPackage(
                folder.resolve("image.deb"),
                "data.tar.xz",
                Map.of("./boot/vmlinuz-" + Samples.VERSION, Samples.kernel(Samples.VERSION)));
        Path modules = Samples.debianPackage(
                folder.resolve("modules.deb"), "data.tar.xz", Map.of("./" + TREE + "kernel/a.ko", Samples.module()));
        assertThat(KernelPackage.unpack(List.of(image, modules), folder.resolve("work"))
                        .modulesDir()
                        .resolve("kernel/a.ko"))
                .exists();
        assertThatThrownBy(() -> KernelPackage.unpack(List.of(modules), folder.resolve("other")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("there is no kernel")
                .hasMessageContaining("by its name");
    }

    @Test
    void a_file_that_leads_out_of_the_folder_is_refused() throws Exception {
        Path file = Samples.debianPackage(
                folder.resolve("evil.deb"),
                "data.tar.gz",
                Map.of("./lib/modules/x/../../../../../escaped.ko", Samples.module()));
        assertThatThrownBy(() -> KernelPackage.unpack(List.of(file), folder.resolve("a/work")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("leads out of its folder");
        try (var files = Files.walk(folder)) {
            assertThat(files).noneMatch(path -> path.endsWith("escaped.ko"));
        }
    }

    @Test
    void links_stay_behind_so_that_nothing_is_written_through_them() throws Exception {
        Map<String, byte[]> files = kernelFiles("./", "./");
        Path outside = Files.createDirectories(folder.resolve("outside"));
        files.put("./" + TREE + "kernel/link.ko", ("->" + outside).getBytes());
        files.put("./" + TREE + "kernel/link.ko/b.ko", Samples.module());
        Path file = Samples.debianPackage(folder.resolve("k.deb"), "data.tar.gz", files);
        KernelPackage.unpack(List.of(file), folder.resolve("work"));
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void refuses_what_is_no_package() throws Exception {
        Path text = Files.writeString(folder.resolve("text.deb"), "a text, not an archive");
        assertThatThrownBy(() -> KernelPackage.unpack(List.of(text), folder.resolve("work")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining(text.toString())
                .hasMessageContaining("not a Debian package");
        Path whole = Samples.debianPackage(folder.resolve("k.deb"), "data.tar.xz", kernelFiles("./", "./"));
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half.deb"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> KernelPackage.unpack(List.of(half), folder.resolve("work2")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void follows_a_package_that_points_to_the_real_one_and_to_its_modules() throws Exception {
        Path real = Samples.debianPackage(folder.resolve("store/real.deb"), "data.tar.gz", kernelFiles("./", "./"));
        script("apt-cache", """
                case $2 in
                linux-image-amd64) printf 'linux-image-amd64\\n  Depends: linux-image-6-amd64\\n';;
                *) printf '%s\\n  Depends: kmod\\n |Depends: initramfs-tools\\n  Depends: linux-modules-6-amd64\\n' $2;;
                esac""");
        script("apt-get", "echo \"$@\" >" + folder.resolve("asked") + "; cp " + real + " .");
        Kernel kernel = KernelPackage.fetch("linux-image-amd64", folder.resolve("work"), apt());
        assertThat(kernel.version()).isEqualTo(Samples.VERSION);
        assertThat(folder.resolve("asked"))
                .hasContent("-q download linux-image-amd64 linux-image-6-amd64 linux-modules-6-amd64");
    }

    @Test
    void repeats_what_apt_says_and_names_the_cure() throws Exception {
        script("apt-get", "exit 1");
        script("apt-cache", "echo 'E: No packages found'; exit 100");
        assertThatThrownBy(() -> KernelPackage.fetch("linux-image-nonsense", folder.resolve("work"), apt()))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("apt-cache depends linux-image-nonsense failed: No packages found")
                .hasMessageContaining("cure: apt-get update");
    }

    @Test
    void says_so_where_there_is_no_apt_or_no_name() {
        assertThatThrownBy(() -> KernelPackage.fetch("linux-image-amd64", folder.resolve("work"), apt()))
                .hasMessageContaining("no apt-get")
                .hasMessageContaining("--kernel and --modules");
        for (String name : List.of("-o=Dir::Bin=x", "Linux", "a;reboot", "")) {
            assertThatThrownBy(() -> KernelPackage.fetch(name, folder.resolve("work"), apt()))
                    .hasMessageContaining("neither the name of a Debian package nor a .deb file");
        }
    }

    private static Map<String, byte[]> kernelFiles(String bootPrefix, String modulesPrefix) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(bootPrefix + "boot/vmlinuz-" + Samples.VERSION, Samples.kernel(Samples.VERSION));
        files.put(bootPrefix + "boot/System.map-" + Samples.VERSION, new byte[5000]);
        files.put(modulesPrefix + TREE + "kernel/a.ko", Samples.module());
        files.put(modulesPrefix + TREE + "modules.builtin", "kernel/fs/ext4/ext4.ko\n".getBytes());
        return files;
    }

    private Apt apt() {
        return new Apt(folder.resolve("bin"));
    }

    private void script(String name, String body) throws Exception {
        Path file = Samples.write(folder.resolve("bin").resolve(name), ("#!/bin/sh\n" + body + "\n").getBytes());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
