package io.ferric.lab;

import java.time.Duration;

/**
 * How long the steps of a simulated server take and wait.
 *
 * @param selfTest from the reset vector to the first boot device
 * @param callTries how often the deploy ramdisk tries to call the conductor
 * @param callPause between two tries
 * @param callPatience for one answer of the conductor
 * @param donePatience for the word that the conductor is done
 */
public record ServerTimes(
        Duration selfTest, int callTries, Duration callPause, Duration callPatience, Duration donePatience) {

    /** No self-test, five calls a second apart, a minute for an answer, half an hour for the deploy. */
    public static ServerTimes defaults() {
        return new ServerTimes(Duration.ZERO, 5, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(30));
    }

    /** Retries without a pause worth mentioning, for tests. */
    public static ServerTimes hurried() {
        return new ServerTimes(Duration.ZERO, 3, Duration.ofMillis(50), Duration.ofSeconds(20), Duration.ofMinutes(2));
    }
}
