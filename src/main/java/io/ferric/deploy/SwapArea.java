package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The header that makes a partition a Linux swap area, version 1: one page of 4096 bytes that begins with 1024 bytes left
 * alone for boot code and ends with {@code SWAPSPACE2}; between stand version, last page, count of bad pages, UUID and
 * label. Source: {@code union swap_header} in Linux' include/linux/swap.h, and what mkswap(8) writes.
 */
record SwapArea(UUID uuid, String label) {
    /** The label of the swap partition of every instance. */
    static final String LABEL = "swap1";

    private static final int PAGE = 4096;
    private static final int VERSION_AT = 1024;
    private static final int LAST_PAGE_AT = 1028;
    private static final int UUID_AT = 1036;
    private static final int LABEL_AT = 1052;
    private static final int LABEL_SIZE = 16;
    private static final byte[] MAGIC = "SWAPSPACE2".getBytes(StandardCharsets.US_ASCII);

    void writeTo(Disk disk, Partition partition) throws IOException {
        DiskIo.write(disk, partition.startBytes(), header(partition.sizeBytes()));
    }

    private ByteBuffer header(long areaBytes) {
        ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        long lastPage = Math.min(areaBytes / PAGE, 0xFFFF_FFFFL) - 1;
        page.putInt(VERSION_AT, 1).putInt(LAST_PAGE_AT, (int) lastPage);
        page.order(ByteOrder.BIG_ENDIAN)
                .putLong(UUID_AT, uuid.getMostSignificantBits())
                .putLong(UUID_AT + 8, uuid.getLeastSignificantBits());
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        page.put(LABEL_AT, name, 0, Math.min(name.length, LABEL_SIZE));
        page.put(PAGE - MAGIC.length, MAGIC);
        return page;
    }
}
