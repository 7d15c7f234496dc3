package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import io.ferric.node.OperationFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWriterTest {
    private static final int MIB = 1 << 20;
    private final BufferPool buffers = new BufferPool();

    @TempDir
    Path temp;

    @Test
    void lets_the_disk_make_runs_of_zeros() throws IOException {
        byte[] image = new byte[4 * MIB];
        image[0] = 1;
        image[3 * MIB] = 1;
        Path file = dirty(8 * MIB);
        try (FileDisk disk = FileDisk.on(file)) {
            assertThat(copy(disk, image, MIB)).isEqualTo(2 * 64 * 1024);
            assertThat(disk.dataBytes()).isEqualTo(2 * 64 * 1024);
            assertThat(disk.zeroedBytes()).isEqualTo(4 * MIB - 2 * 64 * 1024);
        }
        assertThat(part(file, MIB, 4 * MIB)).isEqualTo(image);
    }

    @Test
    void writes_nothing_outside_the_image_but_the_end_of_its_last_block() throws IOException {
        byte[] image = new byte[MIB + 700];
        Arrays.fill(image, (byte) 7);
        Path file = dirty(4 * MIB);
        byte[] before = Files.readAllBytes(file);
        try (FileDisk disk = FileDisk.on(file)) {
            copy(disk, image, MIB);
        }
        assertThat(part(file, 0, MIB)).isEqualTo(Arrays.copyOf(before, MIB));
        assertThat(part(file, MIB, image.length)).isEqualTo(image);
        assertThat(part(file, MIB + image.length, 1024 - 700)).containsOnly(0);
        assertThat(part(file, 2 * MIB + 1024, MIB))
                .isEqualTo(Arrays.copyOfRange(before, 2 * MIB + 1024, 3 * MIB + 1024));
    }

    @Test
    void writes_the_given_stretches_with_their_zeros_and_nothing_else() throws IOException {
        byte[] image = new byte[4 * MIB];
        Arrays.fill(image, 2 * MIB, 3 * MIB, (byte) 7);
        Path file = dirty(8 * MIB);
        List<Long> heard = new ArrayList<>();
        List<Extent> extents = List.of(new Extent(0, 4096), new Extent(2 * MIB - 4096, MIB));
        try (FileDisk disk = FileDisk.on(file);
                DiskImage source = DiskImage.raw(file(image), extents)) {
            long sent = new DiskWriter(disk, buffers)
                    .copyData(source, MIB, (done, total) -> heard.add(total - done))
                    .sent();

            assertThat(sent).isEqualTo(MIB);
            assertThat(disk.zeroedBytes()).isEqualTo(4096);
        }
        assertThat(heard).containsExactly(4L * MIB, MIB + 4096L, 0L);
        byte[] expected = new byte[8 * MIB];
        Arrays.fill(expected, (byte) 0xA5);
        Arrays.fill(expected, MIB, MIB + 4096, (byte) 0);
        System.arraycopy(image, 2 * MIB - 4096, expected, 3 * MIB - 4096, MIB);
        assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }

    @Test
    void tells_how_far_it_has_come_and_stops_when_told() throws IOException {
        List<Long> heard = new ArrayList<>();
        byte[] image = RootImage.bytes(5 * MIB);
        try (FileDisk disk = FileDisk.on(dirty(8 * MIB));
                DiskImage source = source(image)) {
            DiskWriter writer = new DiskWriter(disk, buffers);
            writer.copy(source, 0, (done, total) -> heard.add(done));
            assertThat(heard).isSorted().hasSize(5).endsWith(5L * MIB);
            assertThatThrownBy(() -> writer.copy(source, 0, (done, total) -> {
                        throw Faults.deploy("stop", "");
                    }))
                    .hasMessage("stop");
        }
    }

    @Test
    void makes_long_runs_of_zeros_piece_by_piece_and_counts_only_what_is_made() throws IOException {
        Path hole = FileDisk.create(temp.resolve("hole"), 700L * MIB);
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), 700L * MIB));
                DiskImage source = DiskImage.raw(hole)) {
            new DiskWriter(disk, buffers).copy(source, 0, (done, total) -> assertThat(done)
                    .isEqualTo(disk.zeroedBytes() + disk.dataBytes()));

            assertThat(disk.zeroedBytes()).isEqualTo(700L * MIB);
            assertThat(disk.longestZero()).isEqualTo(256L * MIB);
        }
    }

    @Test
    void blames_the_conductor_when_its_own_file_cannot_be_read() throws IOException {
        DiskImage broken = mock();
        when(broken.size()).thenReturn((long) MIB);
        when(broken.nextData(0)).thenReturn(Optional.of(new Extent(0, MIB)));
        doThrow(new IOException("Input/output error")).when(broken).read(anyLong(), any());
        try (FileDisk disk = FileDisk.on(dirty(2 * MIB))) {
            assertThatThrownBy(() -> new DiskWriter(disk, buffers).copy(broken, 0, Progress.NONE))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessageContaining("the conductor's own disk failed: Input/output error");
        }
    }

    @Test
    void finds_old_bytes_in_the_empty_stretches_of_an_image() throws IOException {
        List<Extent> extents = List.of(new Extent(0, MIB), new Extent(2 * MIB, MIB), new Extent(60 * MIB, MIB));
        Path file = dirty(80 * MIB);
        try (FileDisk disk = FileDisk.on(file)) {
            DiskWriter writer = new DiskWriter(disk, buffers);
            Path hole = FileDisk.create(temp.resolve("hole"), 64L * MIB);
            try (DiskImage source = DiskImage.raw(hole, extents)) {
                writer.copy(source, MIB, Progress.NONE);
            }
            assertThat(garbage(writer, hole, extents)).isEmpty();
            for (int place : new int[] {MIB, 3 * MIB / 2, 2 * MIB - 1, 3 * MIB, 60 * MIB - 1, 61 * MIB, 64 * MIB - 1}) {
                DiskIo.write(
                        disk,
                        place / 512 * 512L + MIB,
                        ByteBuffer.wrap(new byte[512]).put(place % 512, (byte) 1));
                assertThat(garbage(writer, hole, extents)).as("byte %s", place).isPresent();
                disk.zero(place / 512 * 512L + MIB, 512);
            }
        }
    }

    @Test
    void a_disk_that_keeps_some_of_its_bytes_is_found_by_samples() throws IOException {
        Path hole = FileDisk.create(temp.resolve("hole"), 256L * MIB);
        List<Extent> none = List.of();
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), 256L * MIB))) {
            DiskWriter writer = new DiskWriter(disk, buffers);
            byte[] old = new byte[32 * MIB];
            Arrays.fill(old, (byte) 0xA5);
            DiskIo.write(disk, 100L * MIB, ByteBuffer.wrap(old));
            long before = disk.readBytes();
            assertThat(garbage(writer, hole, none)).isPresent();
            assertThat(disk.readBytes() - before).isLessThan(3L * MIB);
        }
    }

    private static OptionalLong garbage(DiskWriter writer, Path image, List<Extent> extents) throws IOException {
        try (DiskImage source = DiskImage.raw(image, extents)) {
            ReadBack.Found found = writer.readBack(source, source.size() == 64 * MIB ? MIB : 0, Progress.NONE);
            assertThat(found.sampled()).isTrue();
            return found.garbage();
        }
    }

    @Property(tries = 40)
    void any_mix_of_data_and_zeros_arrives_and_hashes_as_the_image(
            @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> runs,
            @ForAll @IntRange(min = 1, max = 5000) int tail,
            @ForAll long seed)
            throws IOException {
        byte[] image = mix(runs, tail, seed);
        Path file = Files.createTempFile("disk", ".raw");
        Path imageFile = Files.createTempFile("image", ".raw");
        try {
            fill(file, image.length + 3 * MIB);
            Files.write(imageFile, image);
            try (FileDisk disk = FileDisk.on(file, 4096);
                    DiskImage source = DiskImage.raw(imageFile);
                    DiskImage again = DiskImage.raw(imageFile)) {
                DiskWriter writer = new DiskWriter(disk, buffers);
                DiskWriter.Written written = writer.copy(source, MIB, Progress.NONE);

                assertThat(disk.dataBytes()).isEqualTo(written.sent());
                assertThat(written.sha256()).isEqualTo(RootImage.sha256(image));
                ReadBack.Found found = writer.readBack(again, MIB, Progress.NONE);
                assertThat(found.sha256()).isEqualTo(RootImage.sha256(image));
                assertThat(found.garbage()).isEmpty();
                assertThat(found.sampled()).isFalse();
            }
            assertThat(part(file, MIB, image.length)).isEqualTo(image);
        } finally {
            Files.delete(file);
            Files.delete(imageFile);
        }
    }

    /** 0: 64 KiB of zeros, 1: data, 2: almost zeros, 3: an odd run of zeros. */
    private static byte[] mix(List<Integer> runs, int tail, long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        for (int run : runs) {
            byte[] piece = new byte[run == 3 ? 30_000 : 64 * 1024];
            if (run == 1) {
                random.nextBytes(piece);
            } else if (run == 2) {
                piece[random.nextInt(piece.length)] = 1;
            }
            image.write(piece);
        }
        byte[] end = new byte[tail];
        random.nextBytes(end);
        image.write(end);
        return image.toByteArray();
    }

    private long copy(FileDisk disk, byte[] image, long at) throws IOException {
        try (DiskImage source = source(image)) {
            return new DiskWriter(disk, buffers).copy(source, at, Progress.NONE).sent();
        }
    }

    private DiskImage source(byte[] image) throws IOException {
        return DiskImage.raw(file(image));
    }

    private Path file(byte[] image) throws IOException {
        return Files.write(temp.resolve("image"), image);
    }

    private Path dirty(int size) throws IOException {
        return fill(temp.resolve("disk"), size);
    }

    private static Path fill(Path file, int size) throws IOException {
        byte[] garbage = new byte[size];
        Arrays.fill(garbage, (byte) 0xA5);
        return Files.write(file, garbage);
    }

    private static byte[] part(Path file, int from, int length) throws IOException {
        return Arrays.copyOfRange(Files.readAllBytes(file), from, from + length);
    }
}
