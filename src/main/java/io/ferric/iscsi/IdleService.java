package io.ferric.iscsi;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * Answers a target's pings while nobody uses the disk: targets such as LIO drop an initiator that is silent for half a
 * minute. A daemon thread that wakes now and then and does nothing when the disk is in use.
 */
final class IdleService implements Runnable {
    private final IscsiSession session;
    private final Lock lock;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);

    IdleService(IscsiSession session, Lock lock, Duration interval) {
        this.session = session;
        this.lock = lock;
        this.interval = interval;
    }

    void start(String name) {
        Thread thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                if (lock.tryLock()) {
                    try {
                        session.serve();
                    } finally {
                        lock.unlock();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
