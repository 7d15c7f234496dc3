package io.ferric.iscsi;

import io.ferric.iscsi.Task.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads, and when bytes are read one after the other, asks for more before it is wanted: one command ahead, then two,
 * then four, up to the depth of the pipeline. Not thread safe.
 */
final class ReadAhead {
    private final IscsiSession session;
    private final int blockSize;
    private final int capacity;
    private final long size;
    private final int deepest;
    private final Deque<Task> window = new ArrayDeque<>();
    /** First byte that nobody has asked for yet. */
    private long next = -1;

    private int depth = 1;

    ReadAhead(IscsiSession session, DiskProfile profile, IscsiOptions options) {
        this.session = session;
        blockSize = profile.blockSize();
        capacity = (int) Math.min(options.transferBytes(), profile.maxTransfer() * blockSize);
        size = profile.size();
        deepest = options.inFlight();
    }

    /** Fills {@code target} from {@code position}, as far as the disk reaches; {@code position} lies on the disk. */
    int read(long position, ByteBuffer target) throws IOException {
        int wanted = (int) Math.min(target.remaining(), size - position);
        int done = 0;
        while (done < wanted) {
            long at = position + done;
            Task head = head(at, wanted - done);
            int offset = (int) (at - head.from);
            int count = (int) Math.min(head.to - at, wanted - done);
            target.put(head.data.limit(offset + count).position(offset));
            done += count;
            if (at + count == head.to) {
                session.release(window.remove());
                depth = Math.min(depth * 2, deepest);
            }
        }
        return wanted;
    }

    /** Drops what was read ahead, because the bytes may change. */
    void forget() {
        while (!window.isEmpty()) {
            session.release(window.remove());
        }
        next = -1;
        depth = 1;
    }

    /** The command that brought the byte at {@code position}, with its data. */
    private Task head(long position, int wanted) throws IOException {
        boolean covered = !window.isEmpty() && position >= window.element().from && position < window.element().to;
        if (!covered && (!window.isEmpty() || position != next)) {
            forget();
            next = position - position % blockSize;
        }
        askAhead(position, wanted);
        try {
            session.await(window.element());
        } catch (IOException e) {
            forget();
            throw e;
        }
        return window.element();
    }

    private void askAhead(long position, int wanted) throws IOException {
        int useful = Math.min(Math.max(depth, wanted / capacity), deepest);
        while (next < size && window.size() < useful && (window.isEmpty() || session.hasFree())) {
            long end = Math.min(next + length(position, wanted), size);
            Task task = session.acquire();
            window.add(task);
            ScsiCommand.read(task, next / blockSize, (int) ((end - next) / blockSize), blockSize);
            session.submit(task, Ending.COLLECT);
            next = end;
        }
    }

    /** A jump reads no more than was asked for; whoever reads on gets full commands. */
    private long length(long position, int wanted) {
        if (depth > 1) {
            return capacity;
        }
        long end = position + wanted + blockSize - 1;
        return Math.min(capacity, end - end % blockSize - next);
    }
}
