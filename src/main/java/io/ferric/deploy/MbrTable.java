package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A master boot record: 446 bytes of boot code, of which the last six hold the disk signature, four entries of 16 bytes,
 * and {@code 55 AA}. Places are counted in blocks of the disk, 32 bits of them, so that disks of 512-byte blocks end at
 * 2 TiB. The old cylinder fields hold what says "look at the block numbers". Immutable.
 *
 * @param signature what tells this disk from others; PARTUUIDs begin with it
 */
record MbrTable(int signature, List<Entry> entries) implements PartitionTable {
    private static final int SECTOR = 512;
    private static final int SIGNATURE_AT = 440;
    private static final int ENTRIES_AT = 446;
    private static final int ENTRY_SIZE = 16;
    private static final int MAX_ENTRIES = 4;
    private static final int MAGIC_AT = 510;
    private static final short MAGIC = (short) 0xAA55;
    private static final byte[] CHS_BEYOND = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF};
    private static final long MAX_BLOCKS = 0xFFFF_FFFFL;

    MbrTable {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("an MBR has room for four partitions, not " + entries.size());
        }
    }

    static MbrTable of(PartitionPlan plan, int signature) {
        return new MbrTable(
                signature,
                plan.partitions().stream()
                        .map(each ->
                                new Entry(each.number(), each.role().mbrType(), each.startBytes(), each.sizeBytes()))
                        .toList());
    }

    /** Bytes that an MBR on a disk of this block size can speak of. */
    static long reach(int blockSize) {
        return MAX_BLOCKS * blockSize;
    }

    /** The table on a disk; empty when there is none. */
    static Optional<MbrTable> read(Disk disk) throws IOException {
        ByteBuffer sector = DiskIo.read(disk, 0, SECTOR);
        if (sector.getShort(MAGIC_AT) != MAGIC) {
            return Optional.empty();
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < MAX_ENTRIES; i++) {
            int at = ENTRIES_AT + i * ENTRY_SIZE;
            int type = sector.get(at + 4) & 0xff;
            long start = sector.getInt(at + 8) & MAX_BLOCKS;
            long size = sector.getInt(at + 12) & MAX_BLOCKS;
            if (type != 0) {
                entries.add(new Entry(i + 1, type, start * disk.blockSize(), size * disk.blockSize()));
            }
        }
        return Optional.of(new MbrTable(sector.getInt(SIGNATURE_AT), entries));
    }

    @Override
    public void writeTo(Disk disk) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(disk.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(SIGNATURE_AT, signature);
        for (Entry entry : entries) {
            int at = ENTRIES_AT + (entry.number() - 1) * ENTRY_SIZE;
            block.put(at + 1, CHS_BEYOND);
            block.put(at + 4, (byte) entry.type());
            block.put(at + 5, CHS_BEYOND);
            block.putInt(at + 8, blocks(entry.startBytes(), disk.blockSize()));
            block.putInt(at + 12, blocks(entry.sizeBytes(), disk.blockSize()));
        }
        block.putShort(MAGIC_AT, MAGIC);
        DiskIo.write(disk, 0, block);
    }

    private static int blocks(long bytes, int blockSize) {
        long blocks = bytes / blockSize;
        if (blocks > MAX_BLOCKS || bytes % blockSize != 0) {
            throw new IllegalArgumentException(bytes + " bytes cannot be said in an MBR");
        }
        return (int) blocks;
    }
}
