package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 200_000})
    void leaves_nothing_behind_when_a_content_lies_about_its_size(int delivered) throws IOException {
        VfatImage floppy = VfatImage.labelled("x")
                .file("f", new TestContents.Lying(5, delivered))
                .build();
        IsoImage iso = IsoImage.labelled("x")
                .file("f", new TestContents.Lying(5, delivered))
                .build();

        assertThatThrownBy(() -> Images.createVfatImage(floppy, folder.resolve("floppy")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("5 bytes it promised");
        assertThatThrownBy(() -> Images.createIsoImage(iso, folder.resolve("iso")))
                .isInstanceOf(ImageCreationException.class);
        assertNothingIn(folder);
    }

    @Test
    void leaves_an_older_image_alone_when_a_content_cannot_be_read() throws IOException {
        Path target = Files.writeString(folder.resolve("iso"), "old");
        IsoImage iso = IsoImage.labelled("x")
                .file("f", new TestContents.Unreadable(10))
                .build();

        assertThatThrownBy(() -> Images.createIsoImage(iso, target))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("cannot be read");
        assertThat(target).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void replaces_an_older_image() throws IOException {
        Path target = Files.writeString(folder.resolve("iso"), "old");
        Images.createIsoImage(
                IsoImage.labelled("x").file("f", Content.of("new")).build(), target);
        assertThat(Files.size(target)).isGreaterThan(2048);
    }

    @Test
    void does_not_replace_what_is_no_file() {
        assertThatThrownBy(() -> Images.createVfatImage(VfatImage.labelled("x").build(), folder))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void names_the_folder_that_is_missing() {
        assertThatThrownBy(
                        () -> Images.createVfatImage(VfatImage.labelled("x").build(), folder.resolve("missing/floppy")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void takes_regular_files_only() {
        IsoImage iso = IsoImage.labelled("x")
                .file("f", Content.of(Path.of("/dev/zero")))
                .build();
        assertThatThrownBy(() -> Images.createIsoImage(iso, folder.resolve("iso")))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("/dev/zero")
                .hasMessageContaining("regular");
    }

    @Test
    void copies_large_files() throws IOException {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        Path source = Files.write(folder.resolve("source"), bytes);
        Path target = folder.resolve("iso");
        Images.createIsoImage(
                IsoImage.labelled("x")
                        .file("a", Content.of("a"))
                        .file("b", Content.of(source))
                        .build(),
                target);

        try (IsoReader iso = new IsoReader(target)) {
            assertThat(iso.bytes(iso.rockRidge.get("b"))).isEqualTo(bytes);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void lets_nobody_else_read_a_floppy() throws IOException {
        Path target = folder.resolve("floppy");
        Images.createVfatImage(VfatImage.labelled("x").build(), target);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    private static void assertNothingIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
