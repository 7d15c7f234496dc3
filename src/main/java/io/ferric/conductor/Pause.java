package io.ferric.conductor;

import java.time.Duration;

/** Lets time pass; a test may do nothing instead. */
@FunctionalInterface
public interface Pause {
    void pause(Duration duration) throws InterruptedException;

    /** Sleeps. */
    static Pause sleeping() {
        return duration -> Thread.sleep(duration.toMillis());
    }
}
