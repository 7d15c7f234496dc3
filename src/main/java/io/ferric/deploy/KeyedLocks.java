package io.ferric.deploy;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock for each key, there only as long as somebody wants it. */
final class KeyedLocks {
    private final ConcurrentMap<Object, Entry> entries = new ConcurrentHashMap<>();

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /**
     * Does the work while nobody else works under the same key.
     *
     * @param waiting runs every second of the wait and may end it by throwing
     */
    <T> T with(Object key, Runnable waiting, Supplier<T> work) {
        Entry entry = entries.compute(key, (k, found) -> join(found));
        try {
            await(entry.lock, waiting);
            try {
                return work.get();
            } finally {
                entry.lock.unlock();
            }
        } finally {
            entries.computeIfPresent(key, (k, found) -> --found.users == 0 ? null : found);
        }
    }

    private static Entry join(Entry found) {
        Entry entry = found == null ? new Entry() : found;
        entry.users++;
        return entry;
    }

    private static void await(ReentrantLock lock, Runnable waiting) {
        try {
            while (!lock.tryLock(1, TimeUnit.SECONDS)) {
                waiting.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.deploy("Interrupted while waiting for another deploy's download", "Deploy again.", e);
        }
    }
}
