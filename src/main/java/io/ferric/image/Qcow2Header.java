package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The part of a qcow2 header that says where data lie. Everything that makes an image unfit, such as a backing file, is
 * the matter of {@link QcowProbe}; here only the numbers are checked. Source: QEMU {@code docs/interop/qcow2.txt}.
 *
 * @param size bytes of the disk
 * @param clusterBits the size of a cluster as a power of two
 * @param l1Offset where the first table lies, whose entries lead to the second tables
 * @param extended whether clusters are divided into 32 subclusters each
 * @param zstd whether compressed clusters are compressed by zstd and not by deflate
 */
record Qcow2Header(int version, long size, int clusterBits, long l1Offset, boolean extended, boolean zstd) {
    private static final int SHORT = 72;
    private static final int LONG = 104;
    private static final int COMPRESSION_TYPE = 104;
    private static final int COMPRESSION = 0x08;
    private static final int EXTENDED_L2 = 0x10;
    /** The smallest cluster whose subclusters are whole sectors. */
    private static final int LEAST_EXTENDED = 14;
    /** As much as QEMU takes: enough for 2 PiB in clusters of 64 KiB. */
    private static final long LARGEST_L1 = 32L << 20;

    static Qcow2Header read(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONG + 8);
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            continue;
        }
        int version = bytes.getInt(4);
        require(bytes.position() >= (version == 2 ? SHORT : LONG), "its header is cut off");
        int length = version == 2 ? SHORT : bytes.getInt(100);
        int features = version == 2 ? 0 : bytes.getInt(76);
        require(version == 2 || length >= LONG && length % 8 == 0, "its header has an impossible length: " + length);
        Qcow2Header header = new Qcow2Header(
                version,
                bytes.getLong(24),
                bytes.getInt(20),
                bytes.getLong(40),
                (features & EXTENDED_L2) != 0,
                zstd((features & COMPRESSION) != 0, length > COMPRESSION_TYPE ? bytes.get(COMPRESSION_TYPE) : 0));
        header.check(Integer.toUnsignedLong(bytes.getInt(36)), file.size());
        return header;
    }

    private static boolean zstd(boolean stated, int type) throws IOException {
        require(stated == (type != 0), "its header contradicts itself about the way it is compressed");
        require(type == 0 || type == 1, "its clusters are compressed in an unknown way: " + type);
        return type == 1;
    }

    private void check(long l1Size, long fileSize) throws IOException {
        require(
                clusterBits >= 9 && clusterBits <= 21 && (!extended || clusterBits >= LEAST_EXTENDED),
                "its cluster size 2^" + clusterBits + " is impossible");
        require(size >= 0, "its disk would have more than 2^63 bytes");
        long entries = (size - 1 >> l2RangeBits()) + 1;
        require(entries <= l1Size, "its L1 table has " + l1Size + " entries, but the disk needs " + entries);
        long bytes = l1Size * Long.BYTES;
        require(bytes <= LARGEST_L1, "its L1 table of " + bytes + " bytes is larger than any that QEMU makes");
        require(size == 0 || aligned(l1Offset), "its L1 table does not begin at a cluster: byte " + l1Offset);
        require(l1Offset >= 0 && bytes <= fileSize - l1Offset, "its L1 table lies beyond the end of the file");
    }

    long clusterSize() {
        return 1L << clusterBits;
    }

    boolean aligned(long offset) {
        return (offset & clusterSize() - 1) == 0;
    }

    /** Bytes of an entry of a second table. */
    int l2EntrySize() {
        return extended ? 16 : 8;
    }

    /** How many clusters a second table is for, as a power of two. */
    int l2Bits() {
        return clusterBits - (extended ? 4 : 3);
    }

    /** How many bytes of the disk a second table is for, as a power of two. */
    int l2RangeBits() {
        return clusterBits + l2Bits();
    }

    /** The smallest stretch that has a state of its own. */
    long unitSize() {
        return extended ? clusterSize() / 32 : clusterSize();
    }

    private static void require(boolean condition, String complaint) throws UnreadableImageException {
        if (!condition) {
            throw new UnreadableImageException(complaint);
        }
    }
}
