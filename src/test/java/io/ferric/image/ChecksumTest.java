package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"32, md5, true", "64, sha256, false", "128, sha512, false"})
    void knows_the_algorithm_by_the_length(int length, String algorithm, boolean weak) {
        Checksum checksum = Checksum.parse("A".repeat(length));
        assertThat(checksum.algorithm()).isEqualTo(algorithm);
        assertThat(checksum.hex()).isEqualTo("a".repeat(length));
        assertThat(checksum.weak()).isEqualTo(weak);
    }

    @Test
    void reads_an_algorithm_before_a_colon() {
        assertThat(Checksum.parse(" SHA256:" + ABC)).isEqualTo(new Checksum("sha256", ABC));
        assertThat(Checksum.parse("sha1:" + "0".repeat(40)).weak()).isTrue();
        assertThat(Checksum.parse("sha256:" + ABC)).hasToString("sha256:" + ABC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "sha256:abc", "crc32:00000000", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "md5:", ":"})
    void refuses_what_is_no_checksum(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checksum.parse(text))
                .withMessageContaining("checksum");
    }

    @Test
    void hashes_a_file() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "abc");
        Checksum checksum = Checksum.of(file, "sha256");

        assertThat(checksum).isEqualTo(Checksum.parse(ABC));
        assertThat(checksum.matches(checksum.newDigest().digest("abc".getBytes())))
                .isTrue();
        assertThat(checksum.matches(checksum.newDigest().digest("abd".getBytes())))
                .isFalse();
        assertThat(checksum.matches(new byte[0])).isFalse();
    }

    @Test
    void hashes_regular_files_only() {
        assertThatThrownBy(() -> Checksum.of(Path.of("/dev/zero"), "sha256"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("regular");
        assertThatThrownBy(() -> Checksum.of(folder.resolve("missing"), "sha256"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
    }
}
