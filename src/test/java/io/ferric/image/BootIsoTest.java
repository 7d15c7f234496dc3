package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootIsoTest {
    private static final Content OLD_LOADER = loader("ISOLINUX 4.05 2011-12-09");
    private static final Content NEW_LOADER = loader("ISOLINUX 6.04 20200816 ");

    @TempDir
    Path folder;

    @Test
    void holds_kernel_ramdisk_loader_and_configuration() throws IOException {
        BootIso image = BootIso.of(
                Content.of("kernel"), Content.of("ramdisk"), "root=UUID=1234 nofb nomodeset vga=normal", OLD_LOADER);
        try (IsoReader iso = write(image)) {
            assertThat(iso.label).isEqualTo("VMEDIA_BOOT_ISO");
            assertThat(iso.rockRidge)
                    .containsOnlyKeys(
                            "vmlinuz", "initrd", "isolinux/isolinux.bin", "isolinux/isolinux.cfg", "isolinux/boot.cat");
            assertThat(iso.bytes(iso.rockRidge.get("isolinux/isolinux.cfg")))
                    .asString()
                    .isEqualTo("default boot\n\nlabel boot\nkernel /vmlinuz\n"
                            + "append initrd=/initrd text root=UUID=1234 nofb nomodeset vga=normal --\n");
            long loader = iso.rockRidge.get("isolinux/isolinux.bin").extents.get(0)[0];
            assertThat(iso.boot).containsExactly(new IsoReader.Boot(0, 4, loader));
        }
    }

    @Test
    void boots_by_uefi_through_a_fat_image_with_grub() throws IOException {
        BootIso image = BootIso.of(
                Content.of("kernel"),
                Content.of("ramdisk"),
                "  root=UUID=1  a=$b {c} ",
                EfiLoader.of(Content.of("grub")));
        try (IsoReader iso = write(image)) {
            assertThat(iso.rockRidge)
                    .containsOnlyKeys("vmlinuz", "initrd", "efi.img", "boot.cat", "boot/grub/grub.cfg", ".disk/info");
            assertThat(iso.bytes(iso.rockRidge.get("boot/grub/grub.cfg")))
                    .asString()
                    .isEqualTo("set default=0\nset timeout=0\n\nmenuentry boot {\n"
                            + "    linux /vmlinuz text root=UUID=1 'a=$b' '{c}' --\n    initrd /initrd\n}\n");
            IsoReader.Entry esp = iso.rockRidge.get("efi.img");
            assertThat(iso.boot)
                    .containsExactly(new IsoReader.Boot(
                            0xEF, (int) esp.size() / 512, esp.extents.get(0)[0]));
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).as("nothing temporary stays").hasSize(1);
            }
            assertThat(files(iso.bytes(esp))).containsOnlyKeys("EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grub.cfg");
        }
    }

    @Test
    void puts_grub_behind_a_shim() throws IOException {
        EfiLoader loader = new EfiLoader(Content.of("shim"), Optional.of(Content.of("signed grub")));
        try (IsoReader iso = write(
                BootIso.of(Content.of("k"), Content.of("r"), "", OLD_LOADER).efi(loader))) {
            assertThat(iso.boot).extracting(IsoReader.Boot::platform).containsExactly(0, 0xEF);
            Map<String, byte[]> files = files(iso.bytes(iso.rockRidge.get("efi.img")));
            assertThat(files.get("EFI/BOOT/BOOTX64.EFI")).asString().isEqualTo("shim");
            assertThat(files.get("EFI/BOOT/grubx64.efi")).asString().isEqualTo("signed grub");
        }
    }

    @Test
    void the_same_values_give_the_same_bytes() throws IOException {
        BootIso image = BootIso.of(Content.of("k"), Content.of("r"), "x", EfiLoader.of(Content.of("grub")));
        Images.createBootIso(image, folder.resolve("one.iso"));
        Images.createBootIso(image, folder.resolve("two.iso"));
        assertThat(Files.mismatch(folder.resolve("one.iso"), folder.resolve("two.iso")))
                .isEqualTo(-1);
    }

    @Test
    void needs_one_loader_at_least() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        BootIso.of(Content.of("k"), Content.of("r"), "", Optional.<Content>empty(), Optional.empty()))
                .withMessageContaining("boot loader");
    }

    @Test
    void names_a_grub_that_is_not_there_and_leaves_nothing() throws IOException {
        EfiLoader loader = EfiLoader.of(Content.of(folder.resolve("no.efi")));
        assertThatThrownBy(() -> write(BootIso.of(Content.of("k"), Content.of("r"), "", loader)))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("no.efi");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void carries_another_label() throws IOException {
        try (IsoReader iso =
                write(BootIso.of(Content.of(""), Content.of(""), "", OLD_LOADER).label("DEPLOY"))) {
            assertThat(iso.label).isEqualTo("DEPLOY");
        }
    }

    @Test
    void adds_the_module_given_to_a_modern_isolinux() throws IOException {
        BootIso image =
                BootIso.of(Content.of("k"), Content.of("r"), "", NEW_LOADER).ldlinux(Content.of("module"));
        try (IsoReader iso = write(image)) {
            assertThat(iso.bytes(iso.rockRidge.get("isolinux/ldlinux.c32")))
                    .asString()
                    .isEqualTo("module");
        }
    }

    @Test
    void takes_the_module_beside_a_modern_isolinux() throws IOException {
        Path loader = folder.resolve("isolinux.bin");
        Files.write(loader, NEW_LOADER.open().readAllBytes());
        Files.writeString(folder.resolve("ldlinux.c32"), "beside");
        try (IsoReader iso = write(BootIso.of(Content.of("k"), Content.of("r"), "", Content.of(loader)))) {
            assertThat(iso.bytes(iso.rockRidge.get("isolinux/ldlinux.c32")))
                    .asString()
                    .isEqualTo("beside");
        }
    }

    @Test
    void names_the_package_that_a_modern_isolinux_needs() {
        assertThatThrownBy(() -> Isolinux.moduleFor(NEW_LOADER, List.of(folder.resolve("ldlinux.c32"))))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("6.04")
                .hasMessageContaining("apt-get install syslinux-common");
    }

    @Test
    void needs_no_module_for_old_or_unknown_loaders() throws IOException {
        assertThat(Isolinux.moduleFor(OLD_LOADER, List.of())).isEmpty();
        assertThat(Isolinux.moduleFor(Content.of("some loader"), List.of())).isEmpty();
    }

    @Test
    void finds_the_configured_isolinux_only() throws IOException {
        Path loader = Files.createFile(folder.resolve("isolinux.bin"));
        assertThat(Isolinux.find(Optional.of(loader))).contains(loader);
        assertThat(Isolinux.find(Optional.of(folder.resolve("missing")))).isEmpty();
        assertThat(Isolinux.find(Optional.empty())).isEqualTo(Isolinux.find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "a\0b", "a\"b", "a'b", "a`b", "a\\b", "ä", "a\u0085b"})
    void refuses_kernel_parameters_that_could_be_more_than_parameters(String parameters) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootIso.of(Content.of(""), Content.of(""), parameters, OLD_LOADER))
                .withMessageContaining("kernel parameters");
    }

    @Test
    void refuses_a_bad_label_at_once() {
        BootIso image = BootIso.of(Content.of(""), Content.of(""), "", OLD_LOADER);
        assertThatIllegalArgumentException().isThrownBy(() -> image.label("")).withMessageContaining("label");
    }

    @Test
    void names_an_isolinux_that_is_not_there() {
        BootIso image = BootIso.of(Content.of("k"), Content.of("r"), "", Content.of(folder.resolve("no.bin")));
        assertThatThrownBy(() -> write(image))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("no.bin");
    }

    @Test
    void refuses_kernel_parameters_isolinux_would_cut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootParameters.requireSafeKernelParameters("a".repeat(2000)))
                .withMessageContaining("2000");
    }

    @Test
    void refuses_a_loader_too_small_for_its_table() {
        assertThatThrownBy(() -> write(BootIso.of(Content.of(""), Content.of(""), "", Content.of("tiny"))))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("isolinux/isolinux.bin");
    }

    private static Content loader(String version) {
        return Content.of(" ".repeat(100) + version + " ".repeat(2000));
    }

    private Map<String, byte[]> files(byte[] fatImage) throws IOException {
        return new FatReader(Files.write(folder.resolve("efi.img"), fatImage)).files;
    }

    private IsoReader write(BootIso image) throws IOException {
        Path file = folder.resolve("boot.iso");
        Images.createBootIso(image, file);
        return new IsoReader(file);
    }
}
