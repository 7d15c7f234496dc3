package io.ferric.lab.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseDiskTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("disk.raw");
    }

    @Test
    void behaves_as_an_array_would() throws Exception {
        byte[] model = new byte[SIZE];
        Random random = new Random(11);
        try (SparseDisk disk = SparseDisk.open(file, SIZE)) {
            for (int i = 0; i < 400; i++) {
                int at = random.nextInt(SIZE);
                int length = random.nextInt(Math.min(SIZE - at, 200_000) + 1);
                byte[] data = new byte[length];
                if (random.nextInt(3) == 0) {
                    disk.zero(at, length);
                } else {
                    if (random.nextBoolean()) {
                        random.nextBytes(data);
                    }
                    disk.write(at, ByteBuffer.wrap(data));
                }
                System.arraycopy(data, 0, model, at, length);
            }
            assertThat(Arrays.equals(contents(disk), model)).isTrue();
        }
        assertThat(Arrays.equals(Files.readAllBytes(file), model)).isTrue();
    }

    @Test
    void keeps_what_an_older_file_holds_until_it_is_zeroed() throws Exception {
        byte[] old = new byte[SIZE];
        Arrays.fill(old, (byte) 7);
        Files.write(file, old);
        try (SparseDisk disk = SparseDisk.open(file, SIZE)) {
            assertThat(Arrays.equals(contents(disk), old)).isTrue();
            disk.write(1000, ByteBuffer.allocate(1000));
            disk.zero(65536, SIZE - 65536);
            Arrays.fill(old, 1000, 2000, (byte) 0);
            Arrays.fill(old, 65536, SIZE, (byte) 0);
            assertThat(Arrays.equals(contents(disk), old)).isTrue();
        }
    }

    @Test
    void zeroes_terabytes_at_once() throws Exception {
        long large = 8L << 40;
        try (SparseDisk disk = SparseDisk.open(file, large)) {
            disk.zero(0, large / 2);
            disk.write(large - 4096, ByteBuffer.allocate(4096));
        }
        assertThat(Files.size(file)).isEqualTo(large);
    }

    @Test
    void refuses_what_is_not_on_it() throws Exception {
        try (SparseDisk disk = SparseDisk.open(file, SIZE)) {
            assertThatThrownBy(() -> disk.write(SIZE - 1, ByteBuffer.allocate(2)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> disk.zero(-1, 2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> disk.zero(1, Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SparseDisk.open(file, 1000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] contents(SparseDisk disk) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(disk.size()));
        disk.read(0, all);
        return all.array();
    }
}
