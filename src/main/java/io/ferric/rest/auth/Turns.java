package io.ferric.rest.auth;

import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets few work at a time and few more wait, so that strangers' requests take neither all processors nor all threads of
 * REST. Safe for use by many threads.
 */
final class Turns {
    private static final long PATIENCE_SECONDS = 10;

    private final Semaphore free;
    private final int mayWait;
    private final String what;

    /** @param what there is too much of, for the refusal */
    Turns(int atOnce, int mayWait, String what) {
        this.free = new Semaphore(atOnce, true);
        this.mayWait = mayWait;
        this.what = what;
    }

    /** Of REST's threads a quarter may work and a quarter may wait. */
    static Turns ofThreads(int threads, String what) {
        return new Turns(Math.max(1, threads / 4), threads / 4, what);
    }

    /** @throws Unavailable when too many wait already, or it takes too long */
    <T> T take(Together.Work<T> work) throws IOException {
        await();
        try {
            return work.run();
        } finally {
            free.release();
        }
    }

    private void await() {
        try {
            if (free.tryAcquire()
                    || free.getQueueLength() < mayWait && free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    Unavailable busy() {
        return new Unavailable(
                FaultCode.TEMPORARY_FAILURE, "Too many " + what + " at this moment.", "Try again in a few seconds.");
    }
}
