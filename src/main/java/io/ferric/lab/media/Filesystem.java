package io.ferric.lab.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A file system, or a swap area, as its superblock names it.
 *
 * @param type ext2, ext3, ext4, xfs, btrfs or swap
 * @param uuid lower case, with dashes
 * @param label empty when there is none
 */
public record Filesystem(String type, String uuid, String label) {
    private static final int JOURNAL = 0x4;
    private static final int EXTENTS_64BIT_FLEX = 0x40 | 0x80 | 0x200;
    private static final int BTRFS_SUPERBLOCK = 64 * 1024;

    /** Looks for a superblock; empty when none that is known is there. */
    public static Optional<Filesystem> probe(Blocks partition) throws IOException {
        if (partition.size() < 8192) {
            return Optional.empty();
        }
        ByteBuffer start = partition.at(0, 8192);
        if ((start.getShort(1024 + 56) & 0xFFFF) == 0xEF53) {
            return Optional.of(new Filesystem(extType(start), uuid(start, 1024 + 104), text(start, 1024 + 120, 16)));
        }
        if (text(start, 0, 4).equals("XFSB")) {
            return Optional.of(new Filesystem("xfs", uuid(start, 32), text(start, 108, 12)));
        }
        if (text(start, 4086, 10).equals("SWAPSPACE2")) {
            return Optional.of(new Filesystem("swap", uuid(start, 1036), text(start, 1052, 16)));
        }
        return btrfs(partition);
    }

    private static String extType(ByteBuffer start) {
        boolean journal = (start.getInt(1024 + 92) & JOURNAL) != 0;
        boolean modern = (start.getInt(1024 + 96) & EXTENTS_64BIT_FLEX) != 0;
        return modern ? "ext4" : journal ? "ext3" : "ext2";
    }

    private static Optional<Filesystem> btrfs(Blocks partition) throws IOException {
        if (partition.size() < BTRFS_SUPERBLOCK + 4096) {
            return Optional.empty();
        }
        ByteBuffer superblock = partition.at(BTRFS_SUPERBLOCK, 4096);
        return text(superblock, 64, 8).equals("_BHRfS_M")
                ? Optional.of(new Filesystem("btrfs", uuid(superblock, 32), text(superblock, 299, 256)))
                : Optional.empty();
    }

    private static String uuid(ByteBuffer buffer, int at) {
        return new UUID(Long.reverseBytes(buffer.getLong(at)), Long.reverseBytes(buffer.getLong(at + 8))).toString();
    }

    private static String text(ByteBuffer buffer, int at, int length) {
        byte[] bytes = new byte[length];
        buffer.get(at, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
