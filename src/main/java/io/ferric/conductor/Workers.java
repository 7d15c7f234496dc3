package io.ferric.conductor;

import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is at work, so that work beyond the limit is refused before anything has changed; runs the brief work. */
final class Workers {
    private final int size;
    private final Set<String> busy = new HashSet<>();
    private final ExecutorService pool;
    private boolean draining;

    Workers(int size) {
        this.size = size;
        AtomicInteger number = new AtomicInteger();
        pool = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "ferric-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a worker for this work until {@link #done}; fails with 503 when all are busy. */
    synchronized void claim(String work) {
        refuseWhenDraining();
        if (busy.size() >= size) {
            throw new Unavailable(
                    FaultCode.NO_FREE_CONDUCTOR_WORKER,
                    "All " + size + " workers of this conductor are busy",
                    "Try again later, or raise conductor.workers_pool_size.");
        }
        busy.add(work);
    }

    /** From now on new work is refused. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean draining() {
        return draining;
    }

    /** Fails with 503 when this conductor is about to stop: another, or its next run, will take the work. */
    synchronized void refuseWhenDraining() {
        if (draining) {
            throw new Unavailable(
                    FaultCode.TEMPORARY_FAILURE,
                    "This conductor is being stopped and begins nothing new",
                    "Try again.");
        }
    }

    /** As {@link #claim} for work that was accepted earlier, perhaps before a restart: never refused. */
    synchronized void adopt(String work) {
        busy.add(work);
    }

    synchronized void done(String work) {
        busy.remove(work);
    }

    /** Runs claimed work and gives its worker back at the end. */
    void run(String work, Runnable body) {
        pool.execute(() -> {
            try {
                body.run();
            } finally {
                done(work);
            }
        });
    }

    void close(Duration wait) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
