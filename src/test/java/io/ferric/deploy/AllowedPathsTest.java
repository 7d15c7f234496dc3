package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedPathsTest {
    @TempDir
    Path temp;

    private Path files;
    private AllowedPaths allowed;

    @BeforeEach
    void folders() throws IOException {
        files = Files.createDirectories(temp.toRealPath().resolve("files"));
        allowed = new AllowedPaths(List.of(files));
    }

    @Test
    void lets_a_regular_file_below_an_allowed_folder_through() throws IOException {
        Path image =
                Files.writeString(Files.createDirectories(files.resolve("a b")).resolve("image"), "x");

        assertThat(allowed.resolve("file://" + files + "/a%20b/image")).isEqualTo(image);
        assertThat(allowed.resolve(image.toUri().toString())).isEqualTo(image);
    }

    @Test
    void follows_a_link_that_stays_inside() throws IOException {
        Path image = Files.writeString(files.resolve("image"), "x");
        Files.createSymbolicLink(files.resolve("latest"), image);

        assertThat(allowed.resolve("file://" + files + "/latest")).isEqualTo(image);
    }

    @Test
    void refuses_a_file_outside() throws IOException {
        Path other = Files.writeString(temp.resolve("other"), "x");

        assertRefused("file://" + other, "outside the folders");
    }

    @Test
    void tells_nothing_about_whether_a_file_outside_exists() {
        assertRefused("file://" + temp + "/nothing", "outside the folders");
    }

    @Test
    void refuses_a_way_out_by_dots() throws IOException {
        Files.writeString(temp.resolve("other"), "x");

        assertRefused("file://" + files + "/../other", "outside the folders");
        assertRefused("file://" + files + "/%2e%2e/other", "outside the folders");
    }

    @Test
    void refuses_a_folder_whose_name_only_begins_alike() throws IOException {
        Path other = Files.writeString(
                Files.createDirectories(temp.resolve("files2")).resolve("image"), "x");

        assertRefused("file://" + other, "outside the folders");
    }

    @Test
    void refuses_a_link_out() throws IOException {
        Path other = Files.writeString(temp.resolve("other"), "x");
        Files.createSymbolicLink(files.resolve("image"), other);

        assertRefused("file://" + files + "/image", "outside the folders");
    }

    @Test
    void refuses_a_folder_that_is_a_link_out() throws IOException {
        Path others = Files.createDirectories(temp.resolve("others"));
        Files.writeString(others.resolve("image"), "x");
        Files.createSymbolicLink(files.resolve("folder"), others);

        assertRefused("file://" + files + "/folder/image", "outside the folders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/proc/self/environ", "/sys/kernel/uevent_seqnum", "/etc/passwd"})
    void never_lets_system_files_through_even_when_everything_is_allowed(String path) {
        assertThatThrownBy(() -> new AllowedPaths(List.of(Path.of("/"))).resolve("file://" + path))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("outside the folders");
    }

    @Test
    void refuses_a_link_to_a_device() throws IOException {
        Files.createSymbolicLink(files.resolve("image"), Path.of("/dev/zero"));

        assertRefused("file://" + files + "/image", "outside the folders");
    }

    @Test
    void refuses_a_folder() {
        assertRefused("file://" + files, "not a regular file");
    }

    @Test
    void refuses_a_missing_file() {
        assertRefused("file://" + files + "/nothing", "names no file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:relative",
                "file://server/files/image",
                "file:///image?x",
                "file:///image#x",
                "file:///a b",
                "file:",
                "file:///x%00y"
            })
    void refuses_what_is_no_file_reference(String reference) {
        assertRefused(reference, "is no file reference");
    }

    @Test
    void allows_nothing_when_nothing_is_listed() throws IOException {
        Path image = Files.writeString(files.resolve("image"), "x");

        assertThatThrownBy(
                        () -> new AllowedPaths(List.of()).resolve(image.toUri().toString()))
                .isInstanceOf(InvalidRequest.class);
    }

    private void assertRefused(String reference, String words) {
        assertThatThrownBy(() -> allowed.resolve(reference))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(words)
                .extracting("code")
                .isEqualTo(FaultCode.IMAGE_REF_VALIDATION_FAILED);
    }
}
