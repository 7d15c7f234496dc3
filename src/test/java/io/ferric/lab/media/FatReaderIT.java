package io.ferric.lab.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The FAT reader on volumes made by mkfs.vfat and filled by mcopy. */
class FatReaderIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"102400, 12, 12", "1474560, 12, 12", "16777216, 16, 16", "67108864, 32, 32"})
    void reads_what_dosfstools_and_mtools_wrote(long size, String type, int bits) throws Exception {
        Path image = folder.resolve("floppy.img");
        Peer mkfs = Peer.require("mkfs.vfat");
        Peer mcopy = Peer.require("mcopy");
        Peer mmd = Peer.require("mmd");
        Files.write(image, new byte[0]);
        try (FileChannel channel = FileChannel.open(image, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.allocate(1), size - 1);
        }
        mkfs.run("-F", type, "-n", "ir-vfd-dev", image);
        byte[] random = new byte[50_001];
        new Random(3).nextBytes(random);
        Path parameters = Files.writeString(folder.resolve("parameters.txt"), "a=1\nb=2");
        Path big = Files.write(folder.resolve("a quite long file name.bin"), random);
        mcopy.run("-i", image, parameters, "::/parameters.txt");
        mmd.run("-i", image, "::/sub", "::/sub/Deeper Folder");
        mcopy.run("-i", image, big, "::/sub/Deeper Folder/a quite long file name.bin");
        mcopy.run("-i", image, parameters, "::/TOKEN");

        try (FileChannel channel = FileChannel.open(image)) {
            FatReader reader = FatReader.open(Blocks.of(channel));
            assertThat(reader.bits()).isEqualTo(bits);
            assertThat(reader.label()).contains("ir-vfd-dev");
            assertThat(reader.files())
                    .containsExactlyInAnyOrder(
                            "parameters.txt", "TOKEN", "sub/Deeper Folder/a quite long file name.bin");
            assertThat(reader.read("/parameters.txt")).asString().isEqualTo("a=1\nb=2");
            assertThat(Arrays.equals(reader.read("SUB/deeper folder/A QUITE LONG FILE NAME.BIN"), random))
                    .isTrue();
        }
    }
}
