package io.ferric.ilo.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one call at a time go to one iLO: its processor is slow, and calls that overlap disturb each other. Safe for use
 * by many threads; keeps a lock only for iLOs that are being called.
 */
final class BmcLocks {
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();

    /** Of one iLO. The count is changed only within the map's own lock. */
    private static final class Queue {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int callers;
    }

    /** What is done when it is one's turn. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** Waits for the turn, first come first served, and makes the call. */
    <T> T inTurn(String bmc, Duration patience, Call<T> call) throws IOException {
        ReentrantLock lock = queues.compute(bmc, (key, queue) -> joined(queue)).lock;
        try {
            take(lock, patience);
            try {
                return call.run();
            } finally {
                lock.unlock();
            }
        } finally {
            queues.computeIfPresent(bmc, (key, queue) -> --queue.callers == 0 ? null : queue);
        }
    }

    /** How many iLOs are being called or waited for. */
    int size() {
        return queues.size();
    }

    private static Queue joined(Queue known) {
        Queue queue = known == null ? new Queue() : known;
        queue.callers++;
        return queue;
    }

    private static void take(ReentrantLock lock, Duration patience) throws IOException {
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("other calls to it did not end within " + patience.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another call to end");
        }
    }
}
