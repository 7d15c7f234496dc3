package io.ferric.iscsi;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a session needs of the world: randomness for ISIDs and challenges, a clock in nanoseconds for deadlines, and how
 * often an idle session looks for pings of the target.
 */
record Environment(SecureRandom random, LongSupplier nanoTime, Duration idleInterval) {
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(3);

    static Environment system() {
        return new Environment(new SecureRandom(), System::nanoTime, IDLE_INTERVAL);
    }
}
