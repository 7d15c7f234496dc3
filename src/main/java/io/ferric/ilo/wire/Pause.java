package io.ferric.ilo.wire;

import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import java.time.Duration;

/** Lets time pass; in tests it does not. */
@FunctionalInterface
public interface Pause {
    /** Sleeps. An interrupt ends the work: another conductor, or this one later, runs it again. */
    Pause SLEEP = duration -> {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(FaultCode.TEMPORARY_FAILURE, "The work was interrupted", "It will be run again.", e);
        }
    };

    void pause(Duration duration);
}
