package io.ferric.deploy;

import java.time.Duration;

/** Waiting, so that tests need not. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;

    /** Really waits. */
    static Pause sleeping() {
        return time -> Thread.sleep(time.toMillis());
    }
}
