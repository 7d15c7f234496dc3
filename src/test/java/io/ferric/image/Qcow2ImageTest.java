package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A small image made by hand, whole and broken in every way we can think of. */
class Qcow2ImageTest {
    private static final int CLUSTER = 4096;
    private static final int L1 = 3 * CLUSTER;
    private static final int L2 = 4 * CLUSTER;
    private static final int DATA = 5 * CLUSTER;
    private static final int PACKED = 8 * CLUSTER + 100;
    private static final int SIZE = 4 << 20;
    private static final long COPIED = 1L << 63;

    @TempDir
    Path folder;

    @Test
    void finds_bytes_zeros_and_compressed_clusters() throws IOException {
        byte[] disk;
        try (DiskImage image = DiskImage.open(write(image()))) {
            assertThat(image.nextData(0)).contains(new Extent(0, 2 * CLUSTER));
            assertThat(image.nextData(2 * CLUSTER)).contains(new Extent(5 * CLUSTER, 2 * CLUSTER));
            assertThat(image.nextData(7 * CLUSTER)).isEmpty();
            disk = DiskImageReader.bytes(image);
        }
        assertThat(disk).hasSize(SIZE);
        assertThat(Arrays.copyOf(disk, 2 * CLUSTER)).containsOnly(1);
        assertThat(Arrays.copyOfRange(disk, 5 * CLUSTER, 6 * CLUSTER)).containsOnly(2);
        assertThat(Arrays.copyOfRange(disk, 6 * CLUSTER, 7 * CLUSTER)).containsOnly(1);
        assertThat(Arrays.copyOfRange(disk, 7 * CLUSTER, SIZE)).containsOnly(0);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("version 4", image -> image.putInt(4, 4)),
                flaw("backing file", image -> image.putLong(8, 200).putInt(16, 5)),
                flaw("cluster size 2^8", image -> image.putInt(20, 8)),
                flaw("cluster size 2^22", image -> image.putInt(20, 22)),
                flaw("more than 2^63", image -> image.putLong(24, -1)),
                flaw("encrypted", image -> image.putInt(32, 2)),
                flaw("L1 table has 2 entries", image -> image.putLong(24, 1L << 40)),
                flaw("larger than any", image -> image.putInt(36, -1)),
                flaw("does not begin at a cluster", image -> image.putLong(40, L1 + 8)),
                flaw("L1 table lies beyond", image -> image.putLong(40, 1L << 40)),
                flaw("L1 table lies beyond", image -> image.putLong(40, Long.MIN_VALUE)),
                flaw("marked as corrupt", image -> image.putLong(72, 2)),
                flaw("another file", image -> image.putLong(72, 4)),
                flaw("unknown features", image -> image.putLong(72, 1L << 33)),
                flaw("contradicts itself", image -> image.putLong(72, 8)),
                flaw("contradicts itself", image -> image.put(104, (byte) 1)),
                flaw("unknown way", image -> image.putLong(72, 8).put(104, (byte) 9)),
                flaw("impossible length", image -> image.putInt(100, 90)),
                flaw("cluster size 2^12", image -> image.putLong(72, 16)),
                flaw("L2 table 0 lies beyond", image -> image.putLong(L1, COPIED | 1 << 30)),
                flaw("L2 table 0 does not begin", image -> image.putLong(L1, COPIED | L2 + 512)),
                flaw("L1 entry 0 uses reserved", image -> image.putLong(L1, COPIED | L2 | 1)),
                flaw("cluster at byte 0 of the disk lies outside", image -> image.putLong(L2, COPIED | 1 << 30)),
                flaw("does not begin at a cluster of the file", image -> image.putLong(L2, COPIED | DATA + 512)),
                flaw("cluster at byte 0 of the disk uses reserved", image -> image.putLong(L2, COPIED | DATA | 4)),
                flaw("cluster at byte 20480 of the disk lies", image -> image.putLong(L2 + 40, packed(1 << 30, 1))),
                flaw("cluster at byte 20480 of the disk lies", image -> image.putLong(L2 + 40, packed(0, 1))));
    }

    private static Arguments flaw(String words, Consumer<ByteBuffer> change) {
        return Arguments.of(words, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void every_flaw_is_refused_by_name_before_a_byte_is_read(String words, Consumer<ByteBuffer> change)
            throws IOException {
        byte[] image = image();
        change.accept(ByteBuffer.wrap(image));
        Path file = write(image);
        assertThatThrownBy(() -> DiskImage.open(file))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining(words);
    }

    @Test
    void the_zero_flag_means_nothing_in_version_2() throws IOException {
        byte[] image = image();
        ByteBuffer.wrap(image).putInt(4, 2).putLong(72, 0).putLong(L2 + 16, 1);
        assertThatThrownBy(() -> DiskImage.open(write(image))).hasMessageContaining("uses reserved bits");
    }

    @Test
    void damaged_and_short_compressed_clusters_are_refused_and_long_ones_cut() throws IOException {
        byte[] damaged = image();
        Arrays.fill(damaged, PACKED, PACKED + 30, (byte) 0xFF);
        assertReadFails(damaged, "damaged");
        byte[] small = image();
        put(small, deflated(CLUSTER - 1));
        assertReadFails(small, "ends too early");
        byte[] bomb = image();
        put(bomb, deflated(CLUSTER * 20));
        try (DiskImage image = DiskImage.open(write(bomb))) {
            assertThat(Arrays.copyOfRange(DiskImageReader.bytes(image), 5 * CLUSTER, 6 * CLUSTER))
                    .containsOnly(2);
        }
    }

    @Test
    void tables_that_lead_to_themselves_end_nowhere_but_at_the_end_of_the_disk() throws IOException {
        byte[] image = image();
        ByteBuffer.wrap(image).putLong(L1, COPIED | L1).putLong(L1 + 8, COPIED | L1);
        Fuzz.readsOrRefuses(write(image));
    }

    @Test
    void tables_that_share_what_they_lead_to_are_refused() throws IOException {
        byte[] clusters = image();
        for (int i = 0; i < 10; i++) {
            ByteBuffer.wrap(clusters).putLong(L2 + 8 * i, COPIED | DATA);
        }
        byte[] tables = image();
        ByteBuffer.wrap(tables).putLong(24, 40L << 20).putInt(36, 20);
        for (int i = 0; i < 20; i++) {
            ByteBuffer.wrap(tables).putLong(L1 + 8 * i, COPIED | L2);
        }
        for (byte[] image : new byte[][] {clusters, tables}) {
            assertThatThrownBy(() -> DiskImage.open(write(image)))
                    .isInstanceOf(UnreadableImageException.class)
                    .hasMessageContaining("tables lead to the same places again");
        }
    }

    @Test
    void any_changed_bytes_end_in_an_error_or_in_bytes() throws IOException {
        Random random = new Random(7);
        int[] places = {0, 0, 0, 72, L1, L2, L2, PACKED};
        int[] spans = {112, 112, 112, 40, 64, 64, CLUSTER, 40};
        for (int i = 0; i < 4000; i++) {
            byte[] image = image();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int which = random.nextInt(places.length);
                image[places[which] + random.nextInt(spans[which])] =
                        (byte) (random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(8));
            }
            Fuzz.readsOrRefuses(write(image));
        }
    }

    @Test
    void a_file_cut_off_anywhere_ends_in_an_error_or_in_bytes() throws IOException {
        byte[] image = image();
        for (int length = 0; length < image.length; length += length < 200 ? 1 : 331) {
            Fuzz.readsOrRefuses(write(Arrays.copyOf(image, length)));
        }
    }

    private void assertReadFails(byte[] bytes, String words) throws IOException {
        try (DiskImage image = DiskImage.open(write(bytes))) {
            assertThatThrownBy(() -> DiskImageReader.bytes(image))
                    .isInstanceOf(UnreadableImageException.class)
                    .hasMessageContaining(words);
        }
    }

    private Path write(byte[] image) throws IOException {
        return Files.write(folder.resolve("image.qcow2"), image);
    }

    /** Clusters 0, 1: bytes; 2: zero; 5: compressed; 6: the bytes of 1 again. */
    private static byte[] image() {
        byte[] bytes = new byte[9 * CLUSTER];
        ByteBuffer image = ByteBuffer.wrap(bytes);
        image.put(new byte[] {'Q', 'F', 'I', (byte) 0xFB}).putInt(3).putLong(0).putInt(0);
        image.putInt(12).putLong(SIZE).putInt(0).putInt(2).putLong(L1);
        image.putLong(CLUSTER).putInt(1).putInt(0).putLong(0);
        image.putLong(72, 0).putInt(96, 4).putInt(100, 112);
        image.putLong(CLUSTER, 2 * CLUSTER);
        for (int i = 0; i < 9; i++) {
            image.putShort(2 * CLUSTER + 2 * i, (short) 1);
        }
        image.putLong(L1, COPIED | L2);
        image.putLong(L2, COPIED | DATA)
                .putLong(L2 + 8, COPIED | DATA + CLUSTER)
                .putLong(L2 + 16, 1);
        image.putLong(L2 + 40, packed(PACKED, 1)).putLong(L2 + 48, COPIED | DATA + CLUSTER);
        Arrays.fill(bytes, DATA, DATA + 2 * CLUSTER, (byte) 1);
        put(bytes, deflated(CLUSTER));
        return bytes;
    }

    private static long packed(long offset, long sectors) {
        return 1L << 62 | sectors << 58 | offset;
    }

    private static void put(byte[] image, byte[] packed) {
        Arrays.fill(image, PACKED, image.length, (byte) 0);
        System.arraycopy(packed, 0, image, PACKED, packed.length);
    }

    private static byte[] deflated(int length) {
        byte[] plain = new byte[length];
        Arrays.fill(plain, (byte) 2);
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[1000];
        int count = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, count);
    }
}
