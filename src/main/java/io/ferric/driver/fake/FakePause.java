package io.ferric.driver.fake;

import java.time.Duration;

/** Lets time pass; a test may do nothing instead. */
@FunctionalInterface
public interface FakePause {
    void pause(Duration duration) throws InterruptedException;
}
