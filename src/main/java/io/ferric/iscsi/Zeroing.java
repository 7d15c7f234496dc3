package io.ferric.iscsi;

import io.ferric.iscsi.DiskProfile.ZeroMethod;
import io.ferric.iscsi.Task.Ending;
import java.io.IOException;

/**
 * Makes ranges read as zeros by the cheapest way the disk promises, and by sending zeros where it promises none or does
 * not keep it. Not thread safe.
 */
final class Zeroing {
    /** Shorter ranges are cheaper sent than asked for. */
    private static final long WORTH_A_COMMAND = 64 * 1024;

    /** Much for one command, yet little enough to show progress within any deadline. */
    private static final long MOST_BYTES = 64L << 20;

    private static final int MAPPED = 0;
    private static final int LBA_STATUS_LENGTH = 24;

    private final IscsiSession session;
    private final WriteBehind writes;
    private final int blockSize;
    private final int most;
    private ZeroMethod method;
    private boolean proven;

    Zeroing(IscsiSession session, WriteBehind writes, DiskProfile profile) {
        this.session = session;
        this.writes = writes;
        blockSize = profile.blockSize();
        most = (int) Math.min(profile.maxZero(), MOST_BYTES / blockSize);
        method = profile.zeroMethod();
    }

    boolean isNative() {
        return method != ZeroMethod.NONE;
    }

    void zero(long position, long length) throws IOException {
        long end = position + length;
        long first = Math.min(end, (position + blockSize - 1) / blockSize * blockSize);
        long last = Math.max(first, end - end % blockSize);
        if (method == ZeroMethod.NONE || last - first < WORTH_A_COMMAND) {
            writes.zero(position, length);
            return;
        }
        writes.zero(position, first - position);
        writes.send();
        for (long at = first; at < last; ) {
            int blocks = (int) Math.min(most, (last - at) / blockSize);
            blocks(at, blocks);
            at += (long) blocks * blockSize;
        }
        writes.zero(last, end - last);
    }

    private void blocks(long at, int blocks) throws IOException {
        long bytes = (long) blocks * blockSize;
        session.awaitChanges(at, at + bytes);
        boolean done =
                switch (method) {
                    case WRITE_SAME, WRITE_SAME_UNMAP -> writeSame(at / blockSize, blocks);
                    case UNMAP -> unmap(at / blockSize, blocks);
                    case NONE -> false;
                };
        if (!done) {
            writes.zero(at, bytes);
        }
    }

    /** The first time we wait for the answer, to learn whether the disk really can; after that it is pipelined. */
    private boolean writeSame(long block, int blocks) throws IOException {
        Task task = session.acquire();
        for (int i = 0; i < blockSize; i += Long.BYTES) {
            task.data.putLong(i, 0);
        }
        ScsiCommand.writeSame(task, block, blocks, blockSize, method == ZeroMethod.WRITE_SAME_UNMAP);
        if (proven) {
            session.submit(task, Ending.UNATTENDED);
            return true;
        }
        try {
            proven = tried(task);
        } finally {
            session.release(task);
        }
        return proven;
    }

    private boolean unmap(long block, int blocks) throws IOException {
        Task task = session.control();
        return tried(ScsiCommand.unmap(task, block, blocks, blockSize)) && isUnmapped(block, blocks);
    }

    /** Whether one descriptor says that all these blocks hold no data; otherwise zeros are sent. */
    private boolean isUnmapped(long block, int blocks) throws IOException {
        Task task = session.control();
        if (!tried(ScsiCommand.getLbaStatus(task, block)) || task.received < LBA_STATUS_LENGTH) {
            return false;
        }
        long from = task.data.getLong(8);
        long count = task.data.getInt(16) & 0xffffffffL;
        return (task.data.get(20) & 0xf) != MAPPED && from <= block && from + count >= block + blocks;
    }

    private boolean tried(Task task) throws IOException {
        try {
            session.run(task);
            return true;
        } catch (ScsiException e) {
            if (!e.isUnsupported()) {
                throw e;
            }
            method = ZeroMethod.NONE;
            return false;
        }
    }
}
