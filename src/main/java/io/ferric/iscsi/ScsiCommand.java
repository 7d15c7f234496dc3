package io.ferric.iscsi;

import io.ferric.iscsi.Task.Direction;

/** The commands we use, as descriptor blocks (SPC-4, SBC-3). Lengths in blocks, addresses as logical blocks. */
final class ScsiCommand {
    private static final int EVPD = 1;
    private static final int READ_CAPACITY_LENGTH = 32;
    private static final int GET_LBA_STATUS_LENGTH = 24;
    private static final int UNMAP_BIT = 0x08;
    private static final int UNMAP_LENGTH = 24;

    private ScsiCommand() {}

    static Task testUnitReady(Task task) {
        return task.command("TEST UNIT READY", 0x00, Direction.NONE, 0);
    }

    static Task inquiry(Task task, int length) {
        task.command("INQUIRY", 0x12, Direction.READ, length).block.putShort(3, (short) length);
        return task;
    }

    static Task vitalProductData(Task task, int page, int length) {
        inquiry(task, length).block.put(1, (byte) EVPD).put(2, (byte) page);
        return task;
    }

    static Task readCapacity(Task task) {
        task.command("READ CAPACITY(16)", 0x9e, Direction.READ, READ_CAPACITY_LENGTH);
        task.block.put(1, (byte) 0x10).putInt(10, READ_CAPACITY_LENGTH);
        return task;
    }

    /** Status of the blocks from {@code block}, one descriptor. */
    static Task getLbaStatus(Task task, long block) {
        task.command("GET LBA STATUS", 0x9e, Direction.READ, GET_LBA_STATUS_LENGTH);
        task.block.put(1, (byte) 0x12).putLong(2, block).putInt(10, GET_LBA_STATUS_LENGTH);
        return task;
    }

    static Task read(Task task, long block, int blocks, int blockSize) {
        task.command("READ(16)", 0x88, Direction.READ, blocks * blockSize);
        task.exact = true;
        return range(task, block, blocks, blockSize);
    }

    static Task write(Task task, long block, int blocks, int blockSize) {
        task.command("WRITE(16)", 0x8a, Direction.WRITE, blocks * blockSize);
        return range(task, block, blocks, blockSize);
    }

    /** Writes the one block that lies in the task's data to all these blocks; they may be deallocated if they read so. */
    static Task writeSame(Task task, long block, int blocks, int blockSize, boolean unmap) {
        task.command("WRITE SAME(16)", 0x93, Direction.WRITE, blockSize);
        task.block.put(1, (byte) (unmap ? UNMAP_BIT : 0));
        return range(task, block, blocks, blockSize);
    }

    static Task unmap(Task task, long block, int blocks, int blockSize) {
        task.command("UNMAP", 0x42, Direction.WRITE, UNMAP_LENGTH);
        task.block.putShort(7, (short) UNMAP_LENGTH);
        task.data
                .putShort(0, (short) (UNMAP_LENGTH - 2))
                .putShort(2, (short) 16)
                .putInt(4, 0);
        task.data.putLong(8, block).putInt(16, blocks).putInt(20, 0);
        return task.touching(block * blockSize, (block + blocks) * blockSize);
    }

    static Task synchronizeCache(Task task) {
        return task.command("SYNCHRONIZE CACHE(16)", 0x91, Direction.NONE, 0);
    }

    /** The older form; zero blocks from block zero are the whole disk, however large. */
    static Task synchronizeCache10(Task task) {
        return task.command("SYNCHRONIZE CACHE(10)", 0x35, Direction.NONE, 0);
    }

    private static Task range(Task task, long block, int blocks, int blockSize) {
        task.block.putLong(2, block).putInt(10, blocks);
        return task.touching(block * blockSize, (block + blocks) * blockSize);
    }
}
