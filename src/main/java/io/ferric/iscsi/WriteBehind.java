package io.ferric.iscsi;

import io.ferric.iscsi.Task.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Collects bytes written one after the other into commands of full size and sends these off without waiting for them.
 * Where a run of bytes begins or ends inside a block, the rest of that block is read first. Not thread safe.
 */
final class WriteBehind {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 * 1024).asReadOnlyBuffer();

    private final IscsiSession session;
    private final int blockSize;
    private final int capacity;
    private final ByteBuffer zeros = ZEROS.duplicate();
    private boolean collecting;
    private Task task;
    /** Where on the disk the task's data begins, at a block; how much of it is collected. */
    private long start;

    private int filled;

    WriteBehind(IscsiSession session, DiskProfile profile, int transferBytes) {
        this.session = session;
        blockSize = profile.blockSize();
        capacity = (int) Math.min(transferBytes, profile.maxTransfer() * blockSize);
        task = session.control();
    }

    /** Takes all of {@code source} for the bytes from {@code position}. */
    void write(long position, ByteBuffer source) throws IOException {
        long at = position;
        int end = source.limit();
        while (source.position() < end) {
            prepare(at);
            int count = Math.min(end - source.position(), capacity - filled);
            source.limit(source.position() + count);
            task.data.limit(filled + count).position(filled).put(source);
            source.limit(end);
            at += count;
            collected(count);
        }
    }

    /** Takes {@code length} zeros for the bytes from {@code position}. */
    void zero(long position, long length) throws IOException {
        long left = length;
        while (left > 0) {
            zeros.clear().limit((int) Math.min(left, zeros.capacity()));
            int count = zeros.remaining();
            write(position + length - left, zeros);
            left -= count;
        }
    }

    /** Sends off what is collected. */
    void send() throws IOException {
        if (!collecting) {
            return;
        }
        completeLastBlock();
        session.awaitChanges(start, start + filled);
        collecting = false;
        ScsiCommand.write(task, start / blockSize, filled / blockSize, blockSize);
        session.submit(task, Ending.UNATTENDED);
    }

    /** Sends off what is collected and waits until all that was ever sent is written. */
    void finish() throws IOException {
        send();
        session.awaitChanges(0, Long.MAX_VALUE);
    }

    private void prepare(long position) throws IOException {
        if (collecting && position == start + filled) {
            return;
        }
        send();
        start = position - position % blockSize;
        int before = (int) (position - start);
        if (before > 0) {
            readBlock(start);
        }
        task = session.acquire();
        task.data.put(0, session.control().data, 0, before);
        filled = before;
        collecting = true;
    }

    private void collected(int count) throws IOException {
        filled += count;
        if (filled == capacity) {
            send();
        }
    }

    private void completeLastBlock() throws IOException {
        int inside = filled % blockSize;
        if (inside > 0) {
            readBlock(start + filled - inside);
            task.data.clear().put(filled, session.control().data, inside, blockSize - inside);
            filled += blockSize - inside;
        }
    }

    private void readBlock(long at) throws IOException {
        session.awaitChanges(at, at + blockSize);
        session.run(ScsiCommand.read(session.control(), at / blockSize, 1, blockSize));
        session.control().data.clear();
    }
}
