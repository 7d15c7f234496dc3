package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The header of a GPT, 92 bytes in a block of its own; there are two, and each tells where the other is. All places are
 * block numbers. Source: UEFI specification 2.10, section 5.3.2.
 *
 * @param entriesAt where the table of partitions begins that belongs to this header
 * @param entriesCrc CRC32 over all of that table
 */
record GptHeader(
        long place,
        long otherPlace,
        long firstUsable,
        long lastUsable,
        UUID diskId,
        long entriesAt,
        int entryCount,
        int entriesCrc) {
    private static final byte[] SIGNATURE = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int REVISION = 0x0001_0000;
    private static final int SIZE = 92;
    private static final int SIZE_AT = 12;
    private static final int CRC_AT = 16;
    private static final int ENTRY_SIZE_AT = 84;
    /** Far more than anybody uses; what is read stays below a mebibyte. */
    private static final int MOST_ENTRIES = 4096;

    /**
     * The header in a block; empty when there is none.
     *
     * @throws BadTable when there is one that is damaged, or unlike any that tools make
     */
    static Optional<GptHeader> read(SeekableByteChannel disk, long place, int blockSize) throws IOException {
        if (disk.size() < (place + 1) * blockSize) {
            return Optional.empty();
        }
        ByteBuffer block = DiskIo.read(disk, place * blockSize, blockSize);
        if (!block.slice(0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))) {
            return Optional.empty();
        }
        int size = block.getInt(SIZE_AT);
        require(size >= SIZE && size <= blockSize, "its header claims to have " + size + " bytes");
        int crc = block.getInt(CRC_AT);
        block.putInt(CRC_AT, 0);
        require(crc == crc(block.slice(0, size)), "the checksum of its header is wrong");
        GptHeader header = decode(block);
        require(block.getInt(8) == REVISION, "its revision is unknown");
        require(header.place == place, "its header says it stands elsewhere");
        require(
                block.getInt(ENTRY_SIZE_AT) == GptEntry.SIZE,
                "its entries have " + block.getInt(ENTRY_SIZE_AT) + " bytes, not " + GptEntry.SIZE);
        require(
                header.entryCount >= 1 && header.entryCount <= MOST_ENTRIES,
                "it claims to have " + header.entryCount + " entries");
        return Optional.of(header);
    }

    private static GptHeader decode(ByteBuffer block) {
        return new GptHeader(
                block.getLong(24),
                block.getLong(32),
                block.getLong(40),
                block.getLong(48),
                GptEntry.guid(block, 56),
                block.getLong(72),
                block.getInt(80),
                block.getInt(88));
    }

    static void require(boolean condition, String otherwise) throws BadTable {
        if (!condition) {
            throw new BadTable(otherwise);
        }
    }

    static int crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** One block with this header. */
    ByteBuffer encode(int blockSize) {
        ByteBuffer block = ByteBuffer.allocate(blockSize).order(ByteOrder.LITTLE_ENDIAN);
        block.put(0, SIGNATURE).putInt(8, REVISION).putInt(SIZE_AT, SIZE);
        block.putLong(24, place)
                .putLong(32, otherPlace)
                .putLong(40, firstUsable)
                .putLong(48, lastUsable);
        GptEntry.putGuid(block, 56, diskId);
        block.putLong(72, entriesAt).putInt(80, entryCount).putInt(ENTRY_SIZE_AT, GptEntry.SIZE);
        block.putInt(88, entriesCrc);
        return block.putInt(CRC_AT, crc(block.slice(0, SIZE)));
    }
}
