package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootUuidTest {
    private static final int MIB = 1 << 20;
    private static final Partition ROOT = new Partition(1, PartitionRole.ROOT, MIB, 2 * MIB);

    @TempDir
    Path temp;

    private Path disk;

    @BeforeEach
    void disk() throws IOException {
        disk = FileDisk.create(temp.resolve("disk"), 4 * MIB);
    }

    @Test
    void is_read_from_the_partition_and_not_from_the_disk() throws IOException {
        write(MIB, RootImage.bytes(MIB));

        assertThat(read()).isEqualTo(RootImage.UUID_OF_ROOT.toString());
    }

    @Test
    void fails_when_the_partition_holds_no_file_system() throws IOException {
        write(0, RootImage.bytes(MIB));

        assertThatThrownBy(this::read).isInstanceOf(OperationFailed.class).hasMessageContaining("no file system");
    }

    @Test
    void fails_when_the_file_system_has_no_uuid() throws IOException {
        byte[] image = RootImage.bytes(MIB);
        ByteBuffer.wrap(image).putLong(1024 + 0x68, 0).putLong(1024 + 0x70, 0);
        write(MIB, image);

        assertThatThrownBy(this::read).isInstanceOf(OperationFailed.class).hasMessageContaining("with a UUID");
    }

    @Test
    void a_window_ends_where_the_partition_does() throws IOException {
        try (FileDisk whole = FileDisk.on(disk)) {
            DiskWindow window = new DiskWindow(whole, MIB, 100);
            ByteBuffer buffer = ByteBuffer.allocate(200);

            assertThat(window.size()).isEqualTo(100);
            assertThat(window.position(40).read(buffer)).isEqualTo(60);
            assertThat(buffer.limit()).isEqualTo(200);
            assertThat(window.read(buffer)).isEqualTo(-1);
            assertThatThrownBy(() -> window.write(buffer)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private String read() throws IOException {
        try (FileDisk open = FileDisk.on(disk)) {
            return RootUuid.read(open, ROOT);
        }
    }

    private void write(int at, byte[] bytes) throws IOException {
        byte[] all = Files.readAllBytes(disk);
        System.arraycopy(bytes, 0, all, at, bytes.length);
        Files.write(disk, all);
    }
}
