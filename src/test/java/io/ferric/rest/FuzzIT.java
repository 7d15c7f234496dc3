package io.ferric.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Five minutes of fuzzing where the peers are required ({@code -Dferric.fuzz=PT1H} for an hour), else a few seconds, by one client
 * that leaves the machine to other tests. Part of it has the seed of {@link FuzzTest}, the rest a new one each time, which the log tells:
 * {@code -Dferric.fuzz.seed} asks the same again.
 */
class FuzzIT {
    private static final boolean FULL = "required".equals(System.getProperty("ferric.peers"));
    private static final Duration PAUSE = Duration.ofMillis(4);

    @TempDir
    Path folder;

    private static Duration time(int percent) {
        Duration all = Duration.parse(System.getProperty("ferric.fuzz", FULL ? "PT5M" : "PT10S"));
        return all.multipliedBy(percent).dividedBy(100);
    }

    @Test
    void never_fails_with_what_was_sent_last_time() throws IOException {
        FuzzTest.fuzz("noauth", FuzzTest.SEED, time(10), PAUSE, folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noauth", "http_basic", "keystone"})
    void never_fails_with_what_was_never_sent(String strategy) throws IOException {
        long seed = Long.getLong("ferric.fuzz.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));
        FuzzTest.fuzz(strategy, seed, time(30), PAUSE, folder);
    }
}
