package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few seconds of fuzzing for each way of authentication; {@code -Dferric.fuzz=PT5M} for as long each. The seed is
 * {@code -Dferric.fuzz.seed}, the same each time unless set; {@link FuzzIT} takes others.
 */
class FuzzTest {
    static final long SEED = Long.getLong("ferric.fuzz.seed", 20261123L);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"noauth", "http_basic", "keystone"})
    void never_fails_whatever_is_sent(String strategy) throws IOException {
        Duration time = Duration.parse(System.getProperty("ferric.fuzz", "PT1.5S"));
        fuzz(strategy, SEED, time, Duration.ZERO, folder);
    }

    static void fuzz(String strategy, long seed, Duration time, Duration pause, Path folder) throws IOException {
        System.out.println("[fuzz] " + strategy + " for " + time + " with -Dferric.fuzz.seed=" + seed);
        try (Fuzz fuzz = new Fuzz(FuzzCallers.of(strategy, folder), seed)) {
            assertThat(fuzz.run(time, pause)).as("seed " + seed).isEmpty();
            System.out.println("[fuzz] " + strategy + " heard " + fuzz.statuses());
        }
    }
}
