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
 * by many threads; keeps one small lock for every iLO ever called.
 */
final class BmcLocks {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** What is done when it is one's turn. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** Waits for the turn, first come first served, and makes the call. */
    <T> T inTurn(String bmc, Duration patience, Call<T> call) throws IOException {
        ReentrantLock lock = locks.computeIfAbsent(bmc, key -> new ReentrantLock(true));
        take(lock, patience);
        try {
            return call.run();
        } finally {
            lock.unlock();
        }
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
