package io.ferric.publish;

import java.time.Duration;

/** Waiting between two tries, so that tests need not. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;

    /** Really waits. */
    static Pause sleeping() {
        return time -> Thread.sleep(time.toMillis());
    }
}
