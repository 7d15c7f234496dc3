package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats from headers written by hand; real images of real programs are in {@code ImageInfoIT}. */
class ImageInfoTest {
    private static final String UUID = "0123456789abcdeffedcba9876543210";
    private static final String UUID_TEXT = "01234567-89ab-cdef-fedc-ba9876543210";
    private static final int MIB = 1024 * 1024;
    private static final int VHDX_METADATA = 512 * 1024;

    @TempDir
    Path folder;

    @Test
    void knows_ext() throws IOException {
        ImageInfo info = inspect(ext(1024));

        assertThat(info.format()).isEqualTo(ImageFormat.EXT);
        assertThat(info.format().wireName()).isEqualTo("ext");
        assertThat(info.format().raw()).isTrue();
        assertThat(info.virtualSize()).hasValue(MIB);
        assertThat(info.declaredSize()).contains((long) MIB);
        assertThat(info.fileSize()).isEqualTo(MIB);
        assertThat(info.label()).contains("root");
        assertThat(info.uuid()).contains(UUID_TEXT);
        assertThat(info.dangers()).isEmpty();
        assertThat(info.truncated()).isFalse();
    }

    @Test
    void sees_that_ext_was_cut_off() throws IOException {
        ImageInfo info = inspect(ext(1025));

        assertThat(info.truncated()).isTrue();
        assertThat(info.declaredSize()).contains(MIB + 1024L);
    }

    @Test
    void counts_ext_blocks_in_64_bits() throws IOException {
        Image image = ext(0).little(1024 + 0x60, 0x80).little(1024 + 0x150, 1);
        assertThat(inspect(image).virtualSize()).hasValue(4L << 40);
    }

    @Test
    void knows_xfs() throws IOException {
        Image image =
                new Image(MIB).text(0, "XFSB").big(4, 4096).bigLong(8, 256).bigLong(48, 17);
        ImageInfo info = inspect(image.hex(32, UUID).text(108, "scratch"));

        assertThat(info.format()).isEqualTo(ImageFormat.XFS);
        assertThat(info.declaredSize()).contains((long) MIB);
        assertThat(info.label()).contains("scratch");
        assertThat(info.uuid()).contains(UUID_TEXT);
        assertThat(info.dangers()).isEmpty();
        assertThat(inspect(image.bigLong(48, 0)).dangers()).hasSize(1);
        assertThat(inspect(image.bigLong(8, Long.MAX_VALUE)).truncated()).isTrue();
    }

    @Test
    void knows_btrfs() throws IOException {
        Image image = new Image(MIB)
                .text(65_600, "_BHRfS_M")
                .hex(65_536 + 0x20, UUID)
                .littleLong(65_536 + 0x70, MIB)
                .littleLong(65_536 + 0x88, 1)
                .littleLong(65_536 + 0xD1, MIB)
                .text(65_536 + 0x12B, "pool");
        ImageInfo info = inspect(image);

        assertThat(info.format()).isEqualTo(ImageFormat.BTRFS);
        assertThat(info.declaredSize()).contains((long) MIB);
        assertThat(info.label()).contains("pool");
        assertThat(info.uuid()).contains(UUID_TEXT);
        assertThat(info.dangers()).isEmpty();
        assertThat(inspect(image.littleLong(65_536 + 0x88, 2)).dangers()).hasSize(1);
    }

    @Test
    void knows_partition_tables() throws IOException {
        Image mbr = new Image(MIB).hex(510, "55aa").hex(446, "80000000830000000001000000020000");
        assertThat(inspect(mbr).format()).isEqualTo(ImageFormat.MBR);
        assertThat(inspect(mbr).declaredSize()).contains((256 + 512) * 512L);

        Image gpt = new Image(MIB)
                .hex(510, "55aa")
                .hex(446, "00000200eeffffff01000000ff070000")
                .text(512, "EFI PART")
                .littleLong(512 + 32, 2047);
        assertThat(inspect(gpt).format()).isEqualTo(ImageFormat.GPT);
        assertThat(inspect(gpt).declaredSize()).contains((long) MIB);
        assertThat(inspect(gpt).dangers()).isEmpty();
    }

    @Test
    void takes_a_boot_sector_without_a_table_for_raw() throws IOException {
        assertThat(inspect(new Image(4096).hex(0, "eb3c90").hex(446, "41424344").hex(510, "55aa"))
                        .format())
                .isEqualTo(ImageFormat.RAW);
    }

    @Test
    void knows_what_it_writes_itself() throws IOException {
        Path floppy = folder.resolve("floppy");
        Images.createVfatImage(
                VfatImage.labelled("ir-vfd-dev").serial(0xABCD1234).build(), floppy);
        ImageInfo vfat = ImageInfo.inspect(floppy);
        assertThat(vfat.format()).isEqualTo(ImageFormat.VFAT);
        assertThat(vfat.label()).contains("ir-vfd-dev");
        assertThat(vfat.uuid()).contains("ABCD-1234");
        assertThat(vfat.declaredSize()).contains(102_400L);

        Path cd = folder.resolve("cd");
        Images.createIsoImage(IsoImage.labelled("VMEDIA_BOOT_ISO").build(), cd);
        ImageInfo iso = ImageInfo.inspect(cd);
        assertThat(iso.format()).isEqualTo(ImageFormat.ISO);
        assertThat(iso.label()).contains("VMEDIA_BOOT_ISO");
        assertThat(iso.declaredSize()).contains(Files.size(cd));
    }

    @Test
    void knows_qcow2_and_how_long_it_must_be() throws IOException {
        ImageInfo info = inspect(qcow2());

        assertThat(info.format()).isEqualTo(ImageFormat.QCOW2);
        assertThat(info.format().raw()).isFalse();
        assertThat(info.virtualSize()).hasValue(1L << 30);
        assertThat(info.declaredSize()).contains(3 * 65_536L + 1);
        assertThat(info.dangers()).isEmpty();
        assertThat(info.truncated()).isFalse();
        assertThat(inspect(qcow2().hex(2 * 65_536 + 20, "0001")).truncated()).isTrue();
        assertThat(inspect(qcow2().bigLong(65_536, 9 * 65_536)).truncated()).isTrue();
        assertThat(inspect(qcow2().bigLong(48, Long.MAX_VALUE)).truncated()).isTrue();
    }

    @Test
    void sees_what_is_dangerous_in_qcow2() throws IOException {
        ImageInfo backing = inspect(qcow2().bigLong(8, 512).big(16, 11).text(512, "/etc/shadow"));
        assertThat(backing.backingFile()).contains("/etc/shadow");
        assertThat(backing.dangers()).singleElement().asString().contains("backing file");

        assertThat(inspect(qcow2().bigLong(72, 4)).dangers())
                .singleElement()
                .asString()
                .contains("another file");
        assertThat(inspect(qcow2().hex(104, "4441544100000006").text(112, "/etc/x"))
                        .dangers())
                .singleElement()
                .asString()
                .contains("/etc/x");
        assertThat(inspect(qcow2().bigLong(72, 1L << 40)).dangers())
                .singleElement()
                .asString()
                .contains("unknown features");
        assertThat(inspect(qcow2().bigLong(72, 2)).dangers())
                .singleElement()
                .asString()
                .contains("corrupt");
        assertThat(inspect(qcow2().big(32, 2)).dangers())
                .singleElement()
                .asString()
                .contains("encrypted");
        assertThat(inspect(qcow2().big(4, 4)).dangers())
                .singleElement()
                .asString()
                .contains("version");
        assertThat(inspect(qcow2().big(20, 63)).dangers())
                .singleElement()
                .asString()
                .contains("impossible");
        assertThat(inspect(qcow2().bigLong(65_536, 0)).dangers()).hasSize(1);
    }

    @Test
    void knows_qcow1() throws IOException {
        Image image = new Image(4096).hex(0, "514649fb").big(4, 1).bigLong(24, MIB);
        assertThat(inspect(image).format()).isEqualTo(ImageFormat.QCOW);
        assertThat(inspect(image).virtualSize()).hasValue(MIB);
        assertThat(inspect(image.bigLong(8, 1024).big(16, 2).text(1024, "ab")).backingFile())
                .contains("ab");
    }

    @Test
    void knows_vmdk() throws IOException {
        String descriptor = "# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\n"
                + "createType=\"monolithicSparse\"\nRW 2048 SPARSE \"disk.vmdk\"\n";
        Image image = vmdk(descriptor);
        assertThat(inspect(image).format()).isEqualTo(ImageFormat.VMDK);
        assertThat(inspect(image).virtualSize()).hasValue(MIB);
        assertThat(inspect(image).dangers()).isEmpty();

        assertThat(inspect(vmdk(descriptor.replace("disk.vmdk", "/etc/passwd"))).dangers())
                .hasSize(1);
        assertThat(inspect(vmdk(descriptor + "RW 2048 FLAT \"b\" 0\n")).dangers())
                .hasSize(1);
        assertThat(inspect(vmdk(descriptor.replace("monolithicSparse", "vmfs"))).dangers())
                .hasSize(1);
        assertThat(inspect(vmdk(descriptor.replace("ffffffff", "12345678"))).dangers())
                .hasSize(1);
        assertThat(inspect(vmdk(descriptor + "parentFileNameHint=\"base\"\n")).backingFile())
                .contains("base");
        assertThat(inspect(vmdk(descriptor).littleLong(12, 0)).dangers()).hasSize(1);
        assertThat(inspect(vmdk(descriptor).littleLong(28, 0)).dangers()).hasSize(1);
    }

    @Test
    void sees_that_a_vmdk_descriptor_points_elsewhere() throws IOException {
        String descriptor =
                "# a comment first\n\nversion=1\ncreateType=\"monolithicFlat\"\nRW 2048 FLAT \"/dev/sda\" 0\n";
        ImageInfo info = inspect(new Image(1024).text(0, descriptor));

        assertThat(info.format()).isEqualTo(ImageFormat.VMDK);
        assertThat(info.virtualSize()).hasValue(MIB);
        assertThat(info.dangers()).singleElement().asString().contains("/dev/sda");
    }

    @Test
    void knows_vdi() throws IOException {
        Image image = new Image(4096).hex(0x40, "7f10dabe").little(0x4C, 1).littleLong(0x170, MIB);
        assertThat(inspect(image).format()).isEqualTo(ImageFormat.VDI);
        assertThat(inspect(image).virtualSize()).hasValue(MIB);
        assertThat(inspect(image).dangers()).isEmpty();
        assertThat(inspect(image.little(0x4C, 4)).dangers()).hasSize(1);
    }

    @Test
    void knows_vhd_by_its_footer() throws IOException {
        for (int at : new int[] {0, 4096 - 512}) {
            Image image =
                    new Image(4096).text(at, "conectix").bigLong(at + 48, MIB).big(at + 60, 3);
            assertThat(inspect(image).format()).isEqualTo(ImageFormat.VHD);
            assertThat(inspect(image).virtualSize()).hasValue(MIB);
            assertThat(inspect(image).dangers()).isEmpty();
            assertThat(inspect(image.big(at + 60, 4)).dangers()).hasSize(1);
        }
    }

    @Test
    void knows_vhdx() throws IOException {
        Image image = vhdx();
        assertThat(inspect(image).format()).isEqualTo(ImageFormat.VHDX);
        assertThat(inspect(image).virtualSize()).hasValue(1L << 31);
        assertThat(inspect(image).dangers()).isEmpty();
        assertThat(inspect(image.little(VHDX_METADATA + 65_548, 2)).dangers()).hasSize(1);
        assertThat(inspect(new Image(MIB).text(0, "vhdxfile")).dangers()).hasSize(1);
    }

    @Test
    void knows_luks() throws IOException {
        ImageInfo info = inspect(
                new Image(4096).hex(0, "4c554b53babe0002").text(24, "safe").text(168, UUID_TEXT));
        assertThat(info.format()).isEqualTo(ImageFormat.LUKS);
        assertThat(info.uuid()).contains(UUID_TEXT);
        assertThat(info.label()).contains("safe");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1f8b0800, gzip",
        "0, fd377a585a000004, xz",
        "0, 28b52ffd24, zstd",
        "0, 425a6839314159265359, bzip2",
        "0, 425a6839177245385090, bzip2",
        "0, 5d00008000ffffffffffffffff, lzma",
        "0, 04224d18, lz4",
        "0, 504b0304, zip",
        "257, 757374617220, tar",
        "0, 51454400, qed",
        "0, 576974686f7574467265655370616365, parallels",
        "0, 68737173, squashfs",
        "3, 01, raw"
    })
    void knows_others_by_their_signature(int offset, String hex, String name) throws IOException {
        assertThat(inspect(new Image(4096).hex(offset, hex)).format()).hasToString(name);
    }

    @Test
    void calls_zeros_empty() throws IOException {
        assertThat(inspect(new Image(0)).format()).isEqualTo(ImageFormat.EMPTY);
        assertThat(inspect(new Image(5 * MIB)).format()).isEqualTo(ImageFormat.EMPTY);
        assertThat(inspect(new Image(5 * MIB).hex(5 * MIB - 1, "01")).format()).isEqualTo(ImageFormat.RAW);
        assertThat(inspect(new Image(100).hex(99, "01")).format()).isEqualTo(ImageFormat.RAW);
    }

    @Test
    void trusts_no_image_that_is_two_things_at_once() throws IOException {
        Image chimera = ext(1024).text(0, "XFSB").big(4, 4096).bigLong(48, 1);
        assertThat(inspect(chimera).dangers()).singleElement().asString().contains("several formats");
        assertThat(inspect(ext(1024).hex(510, "55aa").hex(446, "80000000830000000001000000020000"))
                        .dangers())
                .hasSize(1);
    }

    @Test
    void survives_broken_headers() throws IOException {
        String descriptor = "# Disk DescriptorFile\nversion=1\ncreateType=\"x\"\nRW 2048 SPARSE \"disk.vmdk\"\n";
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            Image[] images = {ext(1024), qcow2(), vmdk(descriptor), vhdx()};
            Image image = images[i % images.length];
            for (int flips = 0; flips < 40; flips++) {
                int place = random.nextInt(6);
                int at = new int[] {4, 512, 1024, 65_536, 131_072, 192 * 1024}[place] + random.nextInt(200);
                image.bytes.put(Math.min(at, image.bytes.capacity() - 1), (byte) random.nextInt());
            }
            assertThat(inspect(image).fileSize()).isEqualTo(image.bytes.capacity());
        }
    }

    @Test
    void goes_by_content_only() throws IOException {
        Path file = folder.resolve("root.ext4");
        Files.write(file, qcow2().bytes.array());
        assertThat(ImageInfo.inspect(file).format()).isEqualTo(ImageFormat.QCOW2);
    }

    @Test
    void looks_at_regular_files_only() {
        assertThatThrownBy(() -> ImageInfo.inspect(Path.of("/dev/zero")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("regular");
        assertThatThrownBy(() -> ImageInfo.inspect(folder.resolve("missing")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void keeps_control_characters_out_of_texts() throws IOException {
        assertThat(inspect(ext(1024).text(1024 + 0x78, "a\u001b[31mb")).label()).contains("a?[31mb");
    }

    private ImageInfo inspect(Image image) throws IOException {
        Path file = folder.resolve("image");
        Files.write(file, image.bytes.array());
        return ImageInfo.inspect(file);
    }

    private static Image ext(int blocks) {
        return new Image(MIB)
                .little(1024 + 4, blocks)
                .hex(1024 + 0x38, "53ef")
                .hex(1024 + 0x68, UUID)
                .text(1024 + 0x78, "root");
    }

    /** Version 3, 64 KiB clusters: header, refcount table, refcount block, and one more used cluster. */
    private static Image qcow2() {
        return new Image(4 * 65_536)
                .hex(0, "514649fb")
                .big(4, 3)
                .big(20, 16)
                .bigLong(24, 1L << 30)
                .bigLong(48, 65_536)
                .big(56, 1)
                .big(96, 4)
                .big(100, 104)
                .bigLong(65_536, 2 * 65_536)
                .hex(2 * 65_536, "0001000100010001");
    }

    private static Image vhdx() {
        return new Image(MIB)
                .text(0, "vhdxfile")
                .text(192 * 1024, "regi")
                .little(192 * 1024 + 8, 1)
                .hex(192 * 1024 + 16, "06a27c8b90479a4bb8fe575f050f886e")
                .littleLong(192 * 1024 + 32, VHDX_METADATA)
                .text(VHDX_METADATA, "metadata")
                .little(VHDX_METADATA + 10, 2)
                .hex(VHDX_METADATA + 32, "2442a52f1bcd7648b2115dbed83bf4b8")
                .little(VHDX_METADATA + 48, 65_536)
                .hex(VHDX_METADATA + 64, "3767a1ca36fa434db3b633f0aa44e76b")
                .little(VHDX_METADATA + 80, 65_544)
                .littleLong(VHDX_METADATA + 65_536, 1L << 31);
    }

    private static Image vmdk(String descriptor) {
        return new Image(65_536)
                .text(0, "KDMV")
                .littleLong(12, 2048)
                .littleLong(28, 1)
                .littleLong(36, 20)
                .text(512, descriptor);
    }

    /** An image of zeros, written to here and there. */
    private static final class Image {
        final ByteBuffer bytes;

        Image(int size) {
            bytes = ByteBuffer.allocate(size);
        }

        Image hex(int at, String hex) {
            bytes.put(at, HexFormat.of().parseHex(hex));
            return this;
        }

        Image text(int at, String text) {
            bytes.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        }

        Image big(int at, int value) {
            bytes.order(ByteOrder.BIG_ENDIAN).putInt(at, value);
            return this;
        }

        Image bigLong(int at, long value) {
            bytes.order(ByteOrder.BIG_ENDIAN).putLong(at, value);
            return this;
        }

        Image little(int at, int value) {
            bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
            return this;
        }

        Image littleLong(int at, long value) {
            bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
            return this;
        }
    }
}
