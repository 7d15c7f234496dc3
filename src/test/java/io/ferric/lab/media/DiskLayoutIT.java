package io.ferric.lab.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partition tables made by sfdisk, and file systems made by their own mkfs. */
class DiskLayoutIT {
    private static final String UUID = "11111111-2222-4333-8444-555566667777";
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dos", "gpt"})
    void reads_the_tables_of_sfdisk(String label) throws Exception {
        Peer sfdisk = Peer.require("sfdisk");
        Peer mke2fs = Peer.require("mke2fs");
        Path disk = sparse("disk.raw", 64);
        Path script = Files.writeString(
                folder.resolve("script"), "label: " + label + "\nstart=2048, size=16384\nstart=20480, size=65536\n");
        Process process = new ProcessBuilder(sfdisk.path().toString(), "-q", disk.toString())
                .redirectInput(script.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        mke2fs.run("-q", "-t", "ext4", "-U", UUID, "-L", "root", "-E", "offset=" + 20480 * 512, disk, "32M");

        try (FileChannel channel = FileChannel.open(disk)) {
            DiskLayout layout = DiskLayout.read(Blocks.of(channel));
            assertThat(layout.label()).isEqualTo(label.equals("dos") ? "msdos" : "gpt");
            assertThat(layout.parts()).hasSize(2);
            assertThat(layout.parts().get(0).start()).isEqualTo(MIB);
            DiskLayout.Part root = layout.withUuid(UUID.toUpperCase()).orElseThrow();
            assertThat(root.number()).isEqualTo(2);
            assertThat(root.size()).isEqualTo(32 * MIB);
            assertThat(root.filesystem()).contains(new Filesystem("ext4", UUID, "root"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "ext4"})
    void knows_ext(String type) throws Exception {
        Path file = sparse("fs.raw", 16);
        Peer.require("mke2fs").run("-q", "-F", "-t", type, "-U", UUID, "-L", "a label", file);
        assertThat(probe(file)).isEqualTo(new Filesystem(type, UUID, "a label"));
    }

    @Test
    void knows_xfs() throws Exception {
        Path file = sparse("fs.raw", 320);
        Peer.require("mkfs.xfs").run("-q", "-m", "uuid=" + UUID, "-L", "xlabel", file);
        assertThat(probe(file)).isEqualTo(new Filesystem("xfs", UUID, "xlabel"));
    }

    @Test
    void knows_btrfs() throws Exception {
        Path file = sparse("fs.raw", 160);
        Peer.require("mkfs.btrfs").run("-q", "-U", UUID, "-L", "blabel", file);
        assertThat(probe(file)).isEqualTo(new Filesystem("btrfs", UUID, "blabel"));
    }

    @Test
    void knows_swap() throws Exception {
        Path file = sparse("fs.raw", 8);
        Peer.require("mkswap").run("-U", UUID, "-L", "swap1", file);
        assertThat(probe(file)).isEqualTo(new Filesystem("swap", UUID, "swap1"));
    }

    private static Filesystem probe(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file)) {
            return Filesystem.probe(Blocks.of(channel)).orElseThrow();
        }
    }

    private Path sparse(String name, long mebibytes) throws Exception {
        Path file = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), mebibytes * MIB - 1);
        }
        return file;
    }
}
