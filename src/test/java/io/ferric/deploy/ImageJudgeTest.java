package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageJudgeTest {
    private static final byte[] ROOT = RootImage.bytes(1 << 20);

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"raw", "RAW", "ami", "ext", "ext4"})
    void accepts_a_root_file_system_under_its_names(String declared) {
        assertThatCode(() -> judge(ROOT, Optional.of(declared))).doesNotThrowAnyException();
    }

    @Test
    void accepts_a_root_file_system_about_which_nothing_is_declared() {
        assertThatCode(() -> judge(ROOT, Optional.empty())).doesNotThrowAnyException();
    }

    @Test
    void refuses_content_of_another_format_than_declared() {
        assertRefused(ROOT, "qcow2", "declared to be qcow2, but its content is ext");
        assertRefused(qcow2(""), "raw", "declared to be raw, but its content is qcow2");
    }

    @Test
    void refuses_qcow2_with_a_backing_file() {
        assertRefused(qcow2("/etc/shadow"), "qcow2", "wants another file, '/etc/shadow'");
    }

    @Test
    void refuses_qcow2_whose_tables_lie_nowhere() {
        assertRefused(qcow2(""), "qcow2", "it is truncated: the file has 65536 bytes, but its content says 196608");
    }

    @Test
    void refuses_a_truncated_image() {
        assertRefused(Arrays.copyOf(ROOT, ROOT.length - 4096), "raw", "truncated: the file has 1044480 bytes");
    }

    @Test
    void refuses_a_whole_disk() {
        byte[] disk = new byte[4 << 20];
        ByteBuffer mbr = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
        mbr.put(450, (byte) 0x83).putInt(454, 2048).putInt(458, 2048).putShort(510, (short) 0xAA55);

        assertRefused(disk, "raw", "the image of a whole disk (mbr)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "raw"})
    void accepts_a_compressed_root_file_system_and_tells_its_size(String declared) throws IOException {
        assertThat(judge(gzip(ROOT), Optional.of(declared))).isEqualTo(ROOT.length);
    }

    @Test
    void refuses_in_a_compressed_image_what_it_refuses_in_a_raw_one() throws IOException {
        assertRefused(gzip(new byte[1 << 20]), "gzip", "no ext2/3/4, xfs or btrfs file system");
        assertRefused(gzip(Arrays.copyOf(ROOT, ROOT.length - 4096)), "gzip", "truncated");
        assertRefused(gzip(ROOT), "qcow2", "declared to be qcow2, but its content is gzip");
    }

    @Test
    void refuses_an_image_within_an_image() throws IOException {
        assertRefused(gzip(qcow2("")), "gzip", "an image of format qcow2 within the image");
        assertRefused(gzip(gzip(ROOT)), "raw", "an image of format gzip within the image");
    }

    @Test
    void refuses_a_damaged_compressed_image() throws IOException {
        byte[] good = gzip(ROOT);
        assertRefused(Arrays.copyOf(good, good.length - 9), "gzip", "it is truncated");
        good[good.length - 7]++;
        assertRefused(good, "gzip", "checksum");
    }

    @Test
    void refuses_more_content_than_is_allowed() throws IOException {
        byte[] image = gzip(ROOT);
        assertThatThrownBy(() -> judge(image, Optional.empty(), ROOT.length - 1))
                .hasMessageContaining("more than the 1048575 bytes that are allowed");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void refuses_bytes_without_a_file_system_and_nothing_at_all() {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);

        assertRefused(noise, "raw", "no ext2/3/4, xfs or btrfs file system");
        assertRefused(new byte[1 << 20], "empty", "empty");
    }

    private void assertRefused(byte[] image, String declared, String words) {
        assertThatThrownBy(() -> judge(image, Optional.of(declared)))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining(words)
                .hasMessageContaining("'mem:a'")
                .satisfies(fault -> assertThat(((OperationFailed) fault).hint()).isPresent())
                .extracting("code")
                .isEqualTo(FaultCode.IMAGE_UNACCEPTABLE);
    }

    @Test
    void takes_only_partitioned_images_for_those_of_whole_disks() {
        byte[] disk = new byte[4 << 20];
        ByteBuffer sector = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(450, (byte) 0x83).putInt(454, 2048).putInt(458, 2048).putShort(510, (short) 0xAA55);
        assertThatCode(() -> judgeWhole(disk)).doesNotThrowAnyException();

        assertNoDisk(ROOT, "no partition table in it (it looks like ext)", "image_type: partition");
        byte[] iso = new byte[64 * 2048];
        System.arraycopy("\1CD001\1".getBytes(StandardCharsets.ISO_8859_1), 0, iso, 16 * 2048, 7);
        assertNoDisk(iso, "it is an ISO image", "installation medium");
        sector.putInt(458, 2048 * 4);
        assertNoDisk(disk, "truncated", "");
        sector.putInt(458, 2048).put(466, (byte) 0x83).putInt(470, 3000).putInt(474, 100);
        assertNoDisk(disk, "partitions 1 and 2 overlap", "sfdisk --verify");
    }

    private void assertNoDisk(byte[] image, String why, String cure) {
        assertThatThrownBy(() -> judgeWhole(image))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(fault.inPlainWords())
                        .contains(why, cure));
    }

    private void judgeWhole(byte[] image) throws IOException {
        Path file = Files.write(temp.resolve("image"), image);
        ImageJudge.judge(file, ImageRequest.of("mem:a").ofWholeDisk(), 1L << 40, Progress.NONE);
    }

    private long judge(byte[] image, Optional<String> declared) throws IOException {
        return judge(image, declared, 1L << 40);
    }

    private long judge(byte[] image, Optional<String> declared, long most) throws IOException {
        Path file = Files.write(temp.resolve("image"), image);
        return ImageJudge.judge(file, new ImageRequest("mem:a", Optional.empty(), declared), most, Progress.NONE);
    }

    private static byte[] qcow2(String backing) {
        byte[] bytes = new byte[64 * 1024];
        byte[] name = backing.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.put("QFI\u00fb".getBytes(StandardCharsets.ISO_8859_1)).putInt(2);
        header.putLong(name.length == 0 ? 0 : 1024).putInt(name.length).putInt(16);
        header.putLong(1 << 20)
                .putInt(0)
                .putInt(1)
                .putLong(0x10000)
                .putLong(0x20000)
                .putInt(1);
        header.put(1024, name);
        return bytes;
    }
}
