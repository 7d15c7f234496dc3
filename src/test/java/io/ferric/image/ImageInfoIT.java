package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images made by the programs that own the formats. */
class ImageInfoIT {
    private static final String UUID = "01234567-89ab-cdef-8edc-ba9876543210";
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "ext4"})
    void judges_ext(String type) throws IOException {
        Path image = sparse("root.img", 16 * MIB);
        Peer.require("mke2fs").run("-q", "-F", "-t", type, "-L", "cloudimg", "-U", UUID, image);

        assertFilesystem(image, ImageFormat.EXT, 16 * MIB, "cloudimg");
    }

    @Test
    void judges_xfs() throws IOException {
        Path image = sparse("root.img", 400 * MIB);
        Peer.require("mkfs.xfs").run("-q", "-f", "-L", "cloudimg", "-m", "uuid=" + UUID, image);

        assertFilesystem(image, ImageFormat.XFS, 400 * MIB, "cloudimg");
    }

    @Test
    void judges_btrfs() throws IOException {
        Path image = sparse("root.img", 200 * MIB);
        Peer.require("mkfs.btrfs").run("-q", "-f", "-L", "cloudimg", "-U", UUID, image);

        assertFilesystem(image, ImageFormat.BTRFS, 200 * MIB, "cloudimg");
    }

    @Test
    void judges_vfat() throws IOException {
        for (long mib : new long[] {1, 64, 300}) {
            Path image = sparse("floppy.img", mib * MIB);
            Peer.require("mkfs.vfat").run("-n", "LABEL", "-i", "12345678", image);
            ImageInfo info = ImageInfo.inspect(image);

            assertThat(info.format()).isEqualTo(ImageFormat.VFAT);
            assertThat(info.label()).contains("LABEL");
            assertThat(info.uuid()).contains("1234-5678");
            // mkfs.vfat leaves an incomplete last track unused
            assertThat(info.declaredSize().orElseThrow()).isBetween(mib * MIB - 64 * 1024, mib * MIB);
            assertThat(info.dangers()).isEmpty();
            Files.delete(image);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, qcow2, compat=1.1", "qcow2, qcow2, compat=0.10", "qcow2, qcow2, refcount_bits=1",
        "qcow2, qcow2, refcount_bits=64", "qcow2, qcow2, extended_l2=on", "qcow, qcow, size=32M",
        "vmdk, vmdk, subformat=monolithicSparse", "vmdk, vmdk, subformat=streamOptimized", "vdi, vdi, static=off",
        "vpc, vhd, subformat=dynamic", "vpc, vhd, subformat=fixed", "vhdx, vhdx, subformat=dynamic",
        "qed, qed, size=32M", "parallels, parallels, size=32M", "raw, ext, size=32M"
    })
    void judges_what_qemu_img_converts_to(String type, String expected, String option) throws IOException {
        Path source = sparse("source.img", 32 * MIB);
        Peer.require("mke2fs").run("-q", "-F", "-t", "ext4", source);
        Path image = folder.resolve("disk." + type);
        Peer.require("qemu-img").run("convert", "-f", "raw", "-O", type, "-o", option, source, image);
        ImageInfo info = ImageInfo.inspect(image);

        assertThat(info.format()).hasToString(expected);
        assertThat(info.dangers()).isEmpty();
        assertThat(info.truncated()).isFalse();
        if (!type.equals("parallels")) {
            assertThat(info.virtualSize().orElseThrow()).isBetween(32 * MIB, 32 * MIB + 64 * 1024);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-q"})
    void sees_that_a_qcow2_was_cut_off(String flag) throws IOException {
        Path source = sparse("source.img", 64 * MIB);
        Peer.require("mke2fs").run("-q", "-F", "-t", "ext4", source);
        Path image = folder.resolve("disk.qcow2");
        Peer.require("qemu-img").run("convert", flag, "-f", "raw", "-O", "qcow2", source, image);
        assertThat(ImageInfo.inspect(image).truncated()).isFalse();

        truncate(image, Files.size(image) * 2 / 3);
        assertThat(ImageInfo.inspect(image).truncated()).isTrue();
    }

    @Test
    void sees_dangers_that_qemu_img_makes() throws IOException {
        Peer qemu = Peer.require("qemu-img");
        Path base = folder.resolve("base.qcow2");
        qemu.run("create", "-q", "-f", "qcow2", base, "8M");
        Path overlay = folder.resolve("overlay.qcow2");
        qemu.run("create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, overlay);
        assertThat(ImageInfo.inspect(overlay).backingFile()).contains(base.toString());
        assertThat(ImageInfo.inspect(overlay).dangers()).hasSize(1);

        Path external = folder.resolve("external.qcow2");
        Path data = folder.resolve("data.raw");
        qemu.run("create", "-q", "-f", "qcow2", "-o", "data_file=" + data + ",data_file_raw=on", external, "8M");
        assertThat(ImageInfo.inspect(external).dangers().toString())
                .contains("another file")
                .contains(data.toString());

        Path flat = folder.resolve("flat.vmdk");
        qemu.run("create", "-q", "-f", "vmdk", "-o", "subformat=monolithicFlat", flat, "8M");
        assertThat(ImageInfo.inspect(flat).dangers()).isNotEmpty();
        assertThat(ImageInfo.inspect(flat).virtualSize()).hasValue(8 * MIB);
        Path child = folder.resolve("child.vmdk");
        qemu.run("create", "-q", "-f", "vmdk", "-F", "vmdk", "-b", folder.resolve("flat.vmdk"), child);
        assertThat(ImageInfo.inspect(child).backingFile()).isPresent();
    }

    @Test
    void judges_partitioned_disks() throws IOException {
        for (String kind : new String[] {"dos", "gpt"}) {
            Path disk = sparse("disk.img", 32 * MIB);
            Path script = Files.writeString(folder.resolve("script"), "label: " + kind + "\n1MiB,8MiB\n");
            Process sfdisk = new ProcessBuilder(Peer.require("sfdisk").path().toString(), "-q", disk.toString())
                    .inheritIO()
                    .redirectInput(script.toFile())
                    .start();
            assertThat(sfdisk.onExit().join().exitValue()).isZero();
            ImageInfo info = ImageInfo.inspect(disk);

            assertThat(info.format()).isEqualTo(kind.equals("gpt") ? ImageFormat.GPT : ImageFormat.MBR);
            assertThat(info.dangers()).isEmpty();
            assertThat(info.truncated()).isFalse();
            Files.delete(disk);
        }
    }

    @Test
    void judges_iso_images() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("file"), "x");
        Path iso = folder.resolve("cd.iso");
        Peer.require("genisoimage").run("-quiet", "-r", "-J", "-V", "CONFIG", "-o", iso, tree);
        ImageInfo info = ImageInfo.inspect(iso);

        assertThat(info.format()).isEqualTo(ImageFormat.ISO);
        assertThat(info.label()).contains("CONFIG");
        assertThat(info.declaredSize()).contains(Files.size(iso));
        assertThat(info.dangers()).isEmpty();
    }

    private void assertFilesystem(Path image, ImageFormat format, long size, String label) throws IOException {
        ImageInfo info = ImageInfo.inspect(image);
        assertThat(info.format()).isEqualTo(format);
        assertThat(info.label()).contains(label);
        assertThat(info.uuid()).contains(UUID);
        assertThat(info.declaredSize()).contains(size);
        assertThat(info.dangers()).isEmpty();
        assertThat(info.truncated()).isFalse();

        truncate(image, size - 4096);
        assertThat(ImageInfo.inspect(image).truncated()).isTrue();
    }

    private Path sparse(String name, long size) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(size);
        }
        return file;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
