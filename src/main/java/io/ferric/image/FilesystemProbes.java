package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Filesystems by their superblocks. Layouts: Linux {@code fs/ext4/ext4.h}, {@code fs/xfs/libxfs/xfs_format.h}, {@code
 * include/uapi/linux/btrfs_tree.h}, {@code fs/squashfs/squashfs_fs.h}; ECMA-119; Microsoft FAT specification.
 */
final class FilesystemProbes {
    private static final int EXT_64BIT = 0x80;
    private static final int EXT_JOURNAL_DEVICE = 0x08;
    private static final long BTRFS_SUPERBLOCK = 65_536;

    private FilesystemProbes() {}

    /** ext2, ext3 and ext4; superblock at 1024. */
    static Optional<ImageSketch> ext(ImageWindow window) throws IOException {
        if (!window.has(1024 + 0x38, (byte) 0x53, (byte) 0xEF)) {
            return Optional.empty();
        }
        ByteBuffer superblock = window.little(1024, 1024);
        int blockShift = superblock.getInt(0x18);
        if (blockShift < 0 || blockShift > 6) {
            return Optional.empty();
        }
        int incompatible = superblock.getInt(0x60);
        long high = (incompatible & EXT_64BIT) == 0 ? 0 : Integer.toUnsignedLong(superblock.getInt(0x150));
        long blocks = high << 32 | Integer.toUnsignedLong(superblock.getInt(4));
        return Optional.of(new ImageSketch(ImageFormat.EXT)
                .size(ImageSketch.product(blocks, 1024L << blockShift))
                .uuid(window.bytes(1024 + 0x68, 16))
                .label(window.utf8(1024 + 0x78, 16))
                .dangerIf((incompatible & EXT_JOURNAL_DEVICE) != 0, "it is an ext journal, not a filesystem"));
    }

    static Optional<ImageSketch> xfs(ImageWindow window) throws IOException {
        if (!window.has(0, "XFSB")) {
            return Optional.empty();
        }
        ByteBuffer superblock = window.big(0, 512);
        long blockSize = Integer.toUnsignedLong(superblock.getInt(4));
        return Optional.of(new ImageSketch(ImageFormat.XFS)
                .size(ImageSketch.product(superblock.getLong(8), blockSize))
                .uuid(window.bytes(32, 16))
                .label(window.utf8(108, 12))
                .dangerIf(superblock.getLong(48) == 0, "it keeps its journal on another device"));
    }

    static Optional<ImageSketch> btrfs(ImageWindow window) throws IOException {
        if (!window.has(BTRFS_SUPERBLOCK + 0x40, "_BHRfS_M")) {
            return Optional.empty();
        }
        ByteBuffer superblock = window.little(BTRFS_SUPERBLOCK, 4096);
        long devices = superblock.getLong(0x88);
        return Optional.of(new ImageSketch(ImageFormat.BTRFS)
                .virtualSize(superblock.getLong(0x70))
                .declaredSize(superblock.getLong(0xD1))
                .uuid(window.bytes(BTRFS_SUPERBLOCK + 0x20, 16))
                .label(window.utf8(BTRFS_SUPERBLOCK + 0x12B, 256))
                .dangerIf(devices != 1, "it is one of " + devices + " devices of a filesystem"));
    }

    static Optional<ImageSketch> squashfs(ImageWindow window) throws IOException {
        if (!window.has(0, "hsqs")) {
            return Optional.empty();
        }
        return Optional.of(
                new ImageSketch(ImageFormat.SQUASHFS).size(window.little(40, 8).getLong()));
    }

    static Optional<ImageSketch> iso(ImageWindow window) throws IOException {
        if (!window.has(32_768, "\1CD001\1")) {
            return Optional.empty();
        }
        ByteBuffer descriptor = window.little(32_768, 2048);
        long blocks = Integer.toUnsignedLong(descriptor.getInt(80));
        return Optional.of(new ImageSketch(ImageFormat.ISO)
                .size(blocks * Short.toUnsignedInt(descriptor.getShort(128)))
                .label(window.latin(32_768 + 40, 32)));
    }

    /** FAT has no signature of its own: the fields of its boot sector must all make sense. */
    static Optional<ImageSketch> vfat(ImageWindow window) throws IOException {
        boolean fat32 = window.has(0x52, "FAT32");
        ByteBuffer sector = window.little(0, 512);
        int jump = sector.get(0) & 0xFF;
        int sectorSize = Short.toUnsignedInt(sector.getShort(11));
        int clusterSectors = sector.get(13) & 0xFF;
        int media = sector.get(21) & 0xFF;
        boolean sound = window.has(510, (byte) 0x55, (byte) 0xAA)
                && (jump == 0xEB || jump == 0xE9)
                && sectorSize >= 512
                && sectorSize <= 4096
                && Integer.bitCount(sectorSize) == 1
                && Integer.bitCount(clusterSectors) == 1
                && (media == 0xF0 || media >= 0xF8)
                && (fat32 || window.has(0x36, "FAT1"));
        if (!sound) {
            return Optional.empty();
        }
        long few = Short.toUnsignedLong(sector.getShort(19));
        long sectors = few != 0 ? few : Integer.toUnsignedLong(sector.getInt(32));
        int serial = sector.getInt(fat32 ? 0x43 : 0x27);
        String label = window.latin(fat32 ? 0x47 : 0x2B, 11).strip();
        return Optional.of(new ImageSketch(ImageFormat.VFAT)
                .size(sectors * sectorSize)
                .uuid(String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF))
                .label(label.equals("NO NAME") ? "" : label));
    }
}
