package io.ferric.publish;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Lets time pass before a request is tried again; in tests it does not. */
@FunctionalInterface
public interface Pause {
    /** Sleeps. An interrupt ends the request that was to be tried again. */
    Pause SLEEP = duration -> {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    };

    void pause(Duration duration) throws IOException;
}
