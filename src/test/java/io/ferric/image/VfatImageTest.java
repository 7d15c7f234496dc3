package io.ferric.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VfatImageTest {
    @TempDir
    Path folder;

    @Test
    void writes_parameters_and_token_as_the_ramdisk_expects_them() throws IOException {
        FatReader floppy = write(VfatImage.labelled("ir-vfd-dev")
                .parameters(Map.of("deployment_id", "1be26c0b", "BOOTIF", "aa:bb:cc:dd:ee:ff"))
                .file("token", Content.of("secret"))
                .serial(0x12345678)
                .build());

        assertThat(new String(floppy.files.get("parameters.txt"), UTF_8))
                .isEqualTo("BOOTIF=aa:bb:cc:dd:ee:ff\ndeployment_id=1be26c0b");
        assertThat(new String(floppy.files.get("token"), UTF_8)).isEqualTo("secret");
        assertThat(floppy.bootLabel).isEqualTo("ir-vfd-dev");
        assertThat(floppy.rootLabel).isEqualTo("ir-vfd-dev ");
        assertThat(floppy.serial).isEqualTo(0x12345678);
        assertThat(folder.resolve("floppy.img")).hasSize(100 * 1024);
    }

    @Test
    void gives_short_names_to_long_ones() throws IOException {
        FatReader floppy = write(VfatImage.labelled("x")
                .file("token", Content.of(""))
                .file("README.TXT", Content.of(""))
                .file("parameters.txt", Content.of(""))
                .file("parameters.text", Content.of(""))
                .file("a.b.c", Content.of(""))
                .file(".profile", Content.of(""))
                .file("Grüße, Welt.md", Content.of(""))
                .build());

        assertThat(floppy.shortNames)
                .containsEntry("token", "TOKEN      ")
                .containsEntry("README.TXT", "README  TXT")
                .containsEntry("parameters.text", "PARAME~1TEX")
                .containsEntry("parameters.txt", "PARAME~1TXT")
                .containsEntry("a.b.c", "AB~1    C  ")
                .containsEntry(".profile", "PROFIL~1   ")
                .containsEntry("Grüße, Welt.md", "GR_SSE~1MD ");
    }

    @Test
    void numbers_short_names_that_would_be_equal() throws IOException {
        VfatImage.Builder builder = VfatImage.labelled("x");
        for (int i = 0; i < 120; i++) {
            builder.file("a long common name " + i, Content.of("" + i));
        }
        FatReader floppy = write(builder.build());

        assertThat(floppy.files).hasSize(120);
        assertThat(floppy.shortNames.values()).contains("ALONGC~1   ", "ALONG~10   ", "ALON~120   ");
    }

    @Test
    void keeps_sub_folders() throws IOException {
        FatReader esp = write(VfatImage.labelled("ESP")
                .file("/EFI/BOOT/BOOTX64.EFI", Content.of("efi"))
                .file("EFI/a longer folder/deep/file", Content.of("deep"))
                .build());

        assertThat(esp.files).containsOnlyKeys("EFI/BOOT/BOOTX64.EFI", "EFI/a longer folder/deep/file");
        assertThat(esp.files.get("EFI/a longer folder/deep/file")).asString().isEqualTo("deep");
    }

    @ParameterizedTest
    @CsvSource({
        "368640, 253, 9, 2, 2, 112, 2",
        "737280, 249, 9, 2, 2, 112, 3",
        "1228800, 249, 15, 2, 1, 224, 7",
        "1474560, 240, 18, 2, 1, 224, 9",
        "2949120, 240, 36, 2, 2, 240, 9"
    })
    void has_the_geometry_of_real_floppies(
            long size, int media, int track, int heads, int cluster, int rootEntries, int fatSectors)
            throws IOException {
        FatReader floppy = write(VfatImage.labelled("x").size(size).build());

        assertThat(floppy.media).isEqualTo(media);
        assertThat(floppy.sectorsPerTrack).isEqualTo(track);
        assertThat(floppy.heads).isEqualTo(heads);
        assertThat(floppy.clusterSectors).isEqualTo(cluster);
        assertThat(floppy.rootEntries).isEqualTo(rootEntries);
        assertThat(floppy.fatSectors).isEqualTo(fatSectors);
    }

    @Test
    void grows_when_the_files_need_more() throws IOException {
        byte[] large = new byte[300_000];
        large[299_999] = 42;
        FatReader floppy = write(VfatImage.labelled("x")
                .file("large", Content.of(large))
                .file("b", Content.of("b"))
                .build());

        assertThat(floppy.files.get("large")).isEqualTo(large);
        assertThat(Files.size(folder.resolve("floppy.img"))).isBetween(300_000L, 330_000L);
    }

    @Test
    void becomes_fat16_when_large() throws IOException {
        byte[] large = new byte[20 * 1024 * 1024];
        large[large.length - 1] = 1;
        FatReader esp =
                write(VfatImage.labelled("ESP").file("f", Content.of(large)).build());

        assertThat(esp.bits).isEqualTo(16);
        assertThat(esp.files.get("f")).isEqualTo(large);
    }

    @Test
    void refuses_what_fat16_cannot_hold() {
        Content huge = new TestContents.Unreadable(3L << 30);
        assertThatThrownBy(() -> write(VfatImage.labelled("x").file("f", huge).build()))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("FAT16 holds at most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled("x").size(3L << 30).build())
                .withMessageContaining("size");
    }

    @Test
    void is_the_same_for_the_same_input() throws IOException {
        VfatImage.Builder image = VfatImage.labelled("x").file("dir/f", Content.of("1"));
        Images.createVfatImage(image.build(), folder.resolve("1"));
        Images.createVfatImage(image.build(), folder.resolve("2"));

        assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
    }

    @Test
    void carries_the_time_given() throws IOException {
        Instant time = Instant.parse("2026-11-22T15:31:58Z");
        write(VfatImage.labelled("x").time(time).file("F", Content.of("1")).build());
        byte[] image = Files.readAllBytes(folder.resolve("floppy.img"));
        int entry = (1 + 2) * 512 + 32;

        assertThat(image[entry + 22] & 0xFF | (image[entry + 23] & 0xFF) << 8).isEqualTo(15 << 11 | 31 << 5 | 29);
        assertThat(image[entry + 24] & 0xFF | (image[entry + 25] & 0xFF) << 8).isEqualTo(46 << 9 | 11 << 5 | 22);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled("x").time(Instant.EPOCH).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "twelve chars", "a/b", "ä", "a.b", " a"})
    void refuses_labels_fat_cannot_hold(String label) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled(label).build())
                .withMessageContaining("label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a//b", "../a", "a/./b", "a:b", "a?", "dot.", "blank ", "a\nb", "dir/"})
    void refuses_names_fat_cannot_hold(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VfatImage.labelled("x").file(path, Content.of("")).build());
    }

    @Test
    void refuses_names_that_are_the_same_in_fat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled("x")
                        .file("d/Token", Content.of(""))
                        .file("d/TOKEN", Content.of(""))
                        .build())
                .withMessageContaining("d/Token");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> VfatImage.labelled("x").file("a", Content.of("")).file("/a", Content.of("")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VfatImage.labelled("x")
                        .file("a", Content.of(""))
                        .file("a/b", Content.of(""))
                        .build())
                .withMessageContaining("both a file and the folder");
    }

    @Test
    void shows_no_secret_when_printed() {
        VfatImage image = VfatImage.labelled("x")
                .parameters(Map.of("deployment_key", "SECRETKEY"))
                .file("token", Content.of("SECRETTOKEN"))
                .build();

        assertThat(image.toString()).doesNotContain("SECRET");
    }

    private FatReader write(VfatImage image) throws IOException {
        Path file = folder.resolve("floppy.img");
        Images.createVfatImage(image, file);
        return new FatReader(file);
    }
}
