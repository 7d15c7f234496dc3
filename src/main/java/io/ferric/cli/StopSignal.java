package io.ferric.cli;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C or SIGTERM, which from {@link #arm} on end what runs in good order. For one command. */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    void arm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::awaitClosed, "stop"));
    }

    void await() throws InterruptedException {
        stop.await();
    }

    /** Lets the process end; to be called when all else is closed. */
    @Override
    public void close() {
        stopped.countDown();
    }

    /** The JVM halts when its hooks have ended, so this one waits until everything is closed. */
    private void awaitClosed() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
