package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileImageSourceTest {
    @TempDir
    Path temp;

    private Path file;
    private FileImageSource source;

    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(temp.toRealPath().resolve("image"), "0123456789");
        source = new FileImageSource(new AllowedPaths(List.of(temp)));
    }

    @Test
    void accepts_file_references_only() {
        assertThat(source.accepts("file:///x")).isTrue();
        assertThat(source.accepts("http://x")).isFalse();
    }

    @Test
    void knows_the_size_beforehand() throws IOException {
        assertThat(source.metadata(reference()).size()).hasValue(10);
    }

    @Test
    void tells_another_version_when_the_file_is_replaced() throws IOException {
        String before = source.metadata(reference()).properties().get("version");
        Path other = Files.writeString(temp.resolve("other"), "abcdefghij");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(source.metadata(reference()).properties().get("version")).isNotEqualTo(before);
    }

    @Test
    void reads_from_an_offset_on() throws IOException {
        try (InputStream in = source.open(reference(), 7)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("789");
        }
    }

    @Test
    void reads_files_in_folders_below() throws IOException {
        Path deep = Files.createDirectories(file.resolveSibling("a/b")).resolve("c");
        Files.writeString(deep, "deep");
        try (InputStream in = source.open(deep.toUri().toString(), 0)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("deep");
        }
    }

    @Test
    void opens_nothing_through_a_folder_that_was_swapped_for_a_link_after_the_check() throws IOException {
        Path outside = Files.createDirectories(file.resolveSibling("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(file.resolveSibling("swapped"), outside);

        assertThatThrownBy(() -> AllowedPaths.open(file.getParent(), Path.of("swapped/secret")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AllowedPaths.open(outside.getParent(), Path.of("swapped")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void opens_nothing_outside() {
        assertThatThrownBy(() -> source.open("file:///etc/hostname", 0)).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> source.metadata("file:///dev/zero")).isInstanceOf(InvalidRequest.class);
    }

    private String reference() {
        return file.toUri().toString();
    }
}
