package io.ferric.deploy;

import io.ferric.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Where an XFS file system has its log. Source: XFS Algorithms and Data Structures, "Superblocks": big-endian
 * sb_blocksize at 4, sb_logstart at 48, sb_agblocks at 84, sb_logblocks at 96, sb_agblklog at 124.
 */
final class XfsLog {
    private XfsLog() {}

    static Extent of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer superblock = DiskIo.read(channel, 0, 512).order(ByteOrder.BIG_ENDIAN);
            long blockSize = superblock.getInt(4);
            long start = superblock.getLong(48);
            int bits = superblock.get(124);
            // a block's address has the number of its allocation group in the high bits
            long block = (start >>> bits) * superblock.getInt(84) + (start & (1L << bits) - 1);
            return new Extent(block * blockSize, superblock.getInt(96) * blockSize);
        }
    }
}
