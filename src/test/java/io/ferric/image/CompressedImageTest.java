package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class CompressedImageTest {
    private static final int LENGTH = 1_500_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void reads_what_is_inside_and_begins_anew_when_one_goes_back(ImageFormat format) throws IOException {
        byte[] content = content();
        Path file = write(pack(format, content));
        try (DiskImage image = DiskImage.open(file)) {
            assertThat(image.size()).isEqualTo(LENGTH);
            assertThat(image.verbatim()).isFalse();
            assertThat(DiskImageReader.bytes(image)).isEqualTo(content);
            ByteBuffer some = ByteBuffer.allocate(1000);
            image.read(70_001, some);
            assertThat(some.array()).isEqualTo(Arrays.copyOfRange(content, 70_001, 71_001));
        }
        try (DiskImage again = DiskImage.reopen(file, LENGTH)) {
            assertThat(DiskImageReader.bytes(again)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void several_streams_one_behind_the_other_are_one_disk(ImageFormat format) throws IOException {
        byte[] content = content();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(pack(format, Arrays.copyOf(content, 700_000)));
        both.write(pack(format, new byte[0]));
        both.write(pack(format, Arrays.copyOfRange(content, 700_000, LENGTH)));
        try (DiskImage image = DiskImage.open(write(both.toByteArray()))) {
            assertThat(DiskImageReader.bytes(image)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void what_breaks_off_anywhere_is_refused(ImageFormat format) throws IOException {
        byte[] packed = pack(format, content());
        for (int length : new int[] {12, 20, 1000, packed.length / 2, packed.length - 5, packed.length - 1}) {
            Path file = write(Arrays.copyOf(packed, length));
            assertThatThrownBy(() -> DiskImage.open(file)).isInstanceOf(UnreadableImageException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void any_changed_byte_ends_in_an_error_or_in_bytes(ImageFormat format) throws IOException {
        byte[] packed = pack(format, content());
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] changed = packed.clone();
            changed[i < 150 ? i % 40 : random.nextInt(changed.length)] = (byte) random.nextInt();
            Fuzz.readsOrRefuses(write(changed));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void a_bomb_is_left_off_at_the_largest_size_allowed(ImageFormat format) throws IOException {
        Path file = write(pack(format, new byte[64 << 20]));
        assertThat(Files.size(file)).isLessThan(100_000);
        assertThatThrownBy(() -> DiskImage.open(file, 1 << 20))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("more than the 1048576 bytes that are allowed");
    }

    @Test
    void gzip_with_padding_is_whole_and_with_anything_else_behind_it_is_not() throws IOException {
        byte[] packed = pack(ImageFormat.GZIP, content());
        try (DiskImage image = DiskImage.open(write(Arrays.copyOf(packed, packed.length + 1000)))) {
            assertThat(image.size()).isEqualTo(LENGTH);
        }
        byte[] trailed = Arrays.copyOf(packed, packed.length + 1000);
        trailed[packed.length + 10] = 1;
        assertThatThrownBy(() -> DiskImage.open(write(trailed))).hasMessageContaining("something else than gzip");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "XZ", "ZSTD"})
    void looking_through_it_can_be_followed_and_stopped(ImageFormat format) throws IOException {
        Path file = write(pack(format, new byte[130 << 20]));
        List<Long> heard = new ArrayList<>();
        DiskImage.open(file, Long.MAX_VALUE, heard::add).close();
        assertThat(heard).containsExactly(64L << 20, 128L << 20);
        assertThatThrownBy(() -> DiskImage.open(file, Long.MAX_VALUE, done -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
    }

    @Test
    void a_gzip_name_as_long_as_the_file_takes_no_memory() throws IOException {
        byte[] named = new byte[32 << 20];
        Arrays.fill(named, (byte) 'x');
        System.arraycopy(new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3}, 0, named, 0, 10);
        Path file = write(named);
        assertThatThrownBy(() -> DiskImage.open(file)).hasMessageContaining("break off");
    }

    @Test
    void xz_that_needs_much_memory_is_refused_with_the_cure() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(bytes, new LZMA2Options(0))) {
            xz.write(1);
        }
        byte[] hungry = bytes.toByteArray();
        // the dictionary's size is the only property of the one filter; its checksum ends the block's header
        hungry[16] = 36;
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(hungry, 12, 8);
        ByteBuffer.wrap(hungry).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(20, (int) sum.getValue());
        assertThatThrownBy(() -> DiskImage.open(write(hungry)))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("MiB of memory")
                .hasMessageContaining("xz -6");
    }

    @Test
    void a_file_that_has_changed_since_it_was_measured_is_refused() throws IOException {
        Path file = write(pack(ImageFormat.GZIP, content()));
        for (long other : new long[] {LENGTH - 1, LENGTH + 1}) {
            try (DiskImage image = DiskImage.reopen(file, other)) {
                assertThatThrownBy(() -> DiskImageReader.data(readAll(image)))
                        .isInstanceOf(UnreadableImageException.class);
            }
        }
    }

    private static DiskImage readAll(DiskImage image) throws IOException {
        DiskImageReader.bytes(image);
        return image;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("image"), bytes);
    }

    private static byte[] content() {
        byte[] content = new byte[LENGTH];
        new Random(4).nextBytes(content);
        Arrays.fill(content, 200_000, 900_000, (byte) 0);
        return content;
    }

    static byte[] pack(ImageFormat format, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (format) {
                    case GZIP -> new GZIPOutputStream(bytes);
                    case XZ -> new XZOutputStream(bytes, new LZMA2Options(0));
                    default -> new ZstdOutputStreamNoFinalizer(bytes).setChecksum(true);
                }) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
