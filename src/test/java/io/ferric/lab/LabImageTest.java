package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.Filesystem;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabImageTest {
    @TempDir
    private Path folder;

    @Test
    void unpacks_to_the_bytes_that_the_docs_name() throws Exception {
        Path image = folder.resolve("root.ext4");
        LabImage.unpack(image);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(image), sha256)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        assertThat(HexFormat.of().formatHex(sha256.digest())).isEqualTo(LabImage.SHA256);
        assertThat(Files.size(image)).isEqualTo(LabImage.SIZE);
        try (FileChannel channel = FileChannel.open(image)) {
            assertThat(Filesystem.probe(Blocks.of(channel))).contains(new Filesystem("ext4", LabImage.UUID, "labroot"));
        }
    }

    @Test
    void is_small_in_the_jar() throws Exception {
        try (InputStream packed = LabImage.class.getResourceAsStream("root.ext4.gz")) {
            assertThat(packed.readAllBytes()).hasSizeLessThan(200_000);
        }
    }

    @Test
    void overwrites_nothing() throws Exception {
        Path image = Files.createFile(folder.resolve("taken"));
        assertThatThrownBy(() -> LabImage.unpack(image)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
