package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsoImageTest {
    private static final Instant TIME = Instant.parse("2026-11-22T15:31:58Z");

    @TempDir
    Path folder;

    @Test
    void keeps_names_three_ways() throws IOException {
        try (IsoReader iso = write(IsoImage.labelled("VMEDIA_BOOT_ISO")
                .file("/vmlinuz", Content.of("kernel"))
                .file("Sub Folder/Grüße, 世界.txt", Content.of("hello"))
                .file("Sub Folder/a.b.c", Content.of("abc"))
                .build())) {
            assertThat(iso.label).isEqualTo("VMEDIA_BOOT_ISO");
            assertThat(iso.rockRidge).containsOnlyKeys("vmlinuz", "Sub Folder/Grüße, 世界.txt", "Sub Folder/a.b.c");
            assertThat(iso.joliet).containsOnlyKeys("vmlinuz", "Sub Folder/Grüße, 世界.txt", "Sub Folder/a.b.c");
            assertThat(iso.plain).containsOnlyKeys("VMLINUZ.", "SUB_FOLDER/GR_SSE____.TXT", "SUB_FOLDER/A_B.C");
            assertThat(iso.bytes(iso.rockRidge.get("vmlinuz"))).asString().isEqualTo("kernel");
            assertThat(iso.bytes(iso.joliet.get("Sub Folder/a.b.c"))).asString().isEqualTo("abc");
            assertThat(iso.rockRidge.get("vmlinuz").mode).isEqualTo(0100444);
        }
    }

    @Test
    void gives_different_names_to_what_looks_the_same() throws IOException {
        String stem = "n".repeat(200);
        try (IsoReader iso = write(IsoImage.labelled("x")
                .file("A", Content.of("1"))
                .file("a", Content.of("2"))
                .file("a+", Content.of("3"))
                .file("a-", Content.of("4"))
                .file(stem + "1.text", Content.of("5"))
                .file(stem + "2.text", Content.of("6"))
                .build())) {
            assertThat(iso.plain).hasSize(6).containsKeys("A.", "A_1.", "A_.", "A__1.");
            assertThat(iso.joliet).hasSize(6);
            assertThat(iso.rockRidge).containsKeys("A", "a", "a+", "a-", stem + "1.text", stem + "2.text");
            assertThat(iso.bytes(iso.rockRidge.get(stem + "2.text"))).asString().isEqualTo("6");
        }
    }

    @Test
    void keeps_deep_folders_and_large_ones() throws IOException {
        IsoImage.Builder builder = IsoImage.labelled("x").file("a/b/c/d/e/f/g/h/i/j/k/l/file", Content.of("deep"));
        for (int i = 0; i < 500; i++) {
            builder.file("many/a file with quite a long name, number " + i + ".txt", Content.of("" + i));
        }
        try (IsoReader iso = write(builder.build())) {
            assertThat(iso.rockRidge).hasSize(501).containsKey("a/b/c/d/e/f/g/h/i/j/k/l/file");
            assertThat(iso.bytes(iso.joliet.get("many/a file with quite a long name, number 499.txt")))
                    .asString()
                    .isEqualTo("499");
        }
    }

    @Test
    void boots_by_bios_and_uefi() throws IOException {
        byte[] loader = new byte[3001];
        Arrays.fill(loader, (byte) 0xA5);
        byte[] original = loader.clone();
        IsoImage image = IsoImage.labelled("x")
                .file("isolinux/isolinux.bin", Content.of(loader))
                .file("efiboot.img", Content.of(new byte[70_000]))
                .file("other.img", Content.of(new byte[512]))
                .boot(ElToritoEntry.bios("isolinux/isolinux.bin"))
                .boot(ElToritoEntry.uefi("efiboot.img"))
                .boot(ElToritoEntry.uefi("other.img"))
                .build();
        try (IsoReader iso = write(image)) {
            long loaderBlock =
                    iso.rockRidge.get("isolinux/isolinux.bin").extents.get(0)[0];
            long efiBlock = iso.rockRidge.get("efiboot.img").extents.get(0)[0];
            long otherBlock = iso.rockRidge.get("other.img").extents.get(0)[0];
            assertThat(iso.boot)
                    .containsExactly(
                            new IsoReader.Boot(0, 4, loaderBlock),
                            new IsoReader.Boot(0xEF, 137, efiBlock),
                            new IsoReader.Boot(0xEF, 1, otherBlock));
            assertThat(iso.rockRidge).containsKey("isolinux/boot.cat");

            ByteBuffer written = iso.read(loaderBlock * 2048, loader.length);
            assertThat(written.getInt(8)).isEqualTo(16);
            assertThat(written.getInt(12)).isEqualTo((int) loaderBlock);
            assertThat(written.getInt(16)).isEqualTo(3001);
            int sum = 0xA5;
            for (int i = 64; i < 3000; i += 4) {
                sum += 0xA5A5A5A5;
            }
            assertThat(written.getInt(20)).isEqualTo(sum);
            assertThat(loader).isEqualTo(original);
        }
    }

    @Test
    void records_files_over_4_gib_in_several_extents() throws IOException {
        long size = 9L << 30;
        Path file = folder.resolve("huge.iso");
        TestImages.writeHugeIso(file, size);
        try (IsoReader iso = new IsoReader(file)) {
            IsoReader.Entry huge = iso.rockRidge.get("huge");
            assertThat(huge.size()).isEqualTo(size);
            assertThat(huge.extents).hasSize(3);
            long first = huge.extents.get(0)[0];
            assertThat(huge.extents.get(1)).containsExactly(first + 0x1FFFFF, 0xFFFFF800L);
            assertThat(iso.joliet.get("huge").size()).isEqualTo(size);
        }
    }

    @Test
    void is_the_same_for_the_same_input_and_time() throws IOException {
        IsoImage image =
                IsoImage.labelled("x").file("d/f", Content.of("1")).time(TIME).build();
        Images.createIsoImage(image, folder.resolve("1"));
        Images.createIsoImage(image, folder.resolve("2"));

        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
        assertThat(new String(Files.readAllBytes(folder.resolve("1")), 16 * 2048 + 813, 17))
                .isEqualTo("2026112215315800\0");
    }

    @Test
    void says_its_own_size() throws IOException {
        try (IsoReader iso = write(
                IsoImage.labelled("x").file("f", Content.of(new byte[5000])).build())) {
            assertThat(iso.blocks * 2048).isEqualTo(Files.size(folder.resolve("image.iso")));
        }
    }

    @Test
    void refuses_what_cannot_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsoImage.labelled("").build())
                .withMessageContaining("label");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsoImage.labelled("x")
                        .boot(ElToritoEntry.bios("missing"))
                        .build())
                .withMessageContaining("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsoImage.labelled("x")
                        .file("n".repeat(251), Content.of(""))
                        .build())
                .withMessageContaining("250");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        IsoImage.labelled("x").file("a/../b", Content.of("")).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IsoImage.labelled("x")
                        .file("i/boot.cat", Content.of(""))
                        .file("i/l", Content.of(new byte[2048]))
                        .boot(ElToritoEntry.bios("i/l"))
                        .build())
                .withMessageContaining("boot catalogue");
    }

    private IsoReader write(IsoImage image) throws IOException {
        Path file = folder.resolve("image.iso");
        Images.createIsoImage(image, file);
        return new IsoReader(file);
    }
}
