package io.ferric.ilo;

import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.Pause;
import io.ferric.node.PowerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks again and again at the power of a server that changes it. One bad moment of the iLO in a long wait does no harm.
 * Safe for use by many threads.
 */
final class PowerWatch {
    private final IloConfig config;
    private final Pause pause;
    private final Clock clock;
    private final Insistence insistence;

    PowerWatch(IloConfig config, Pause pause, Clock clock) {
        this.config = config;
        this.pause = pause;
        this.clock = clock;
        this.insistence = new Insistence(config, pause);
    }

    /** How long a server may take where nobody said how long. */
    Duration usual() {
        return config.powerWait().multipliedBy(config.powerRetry());
    }

    /**
     * Waits until the power is so.
     *
     * @param unbelieved how many of the first looks do not count
     * @return empty when it is so, else what it was last
     */
    Optional<PowerState> waitFor(Task task, IloClient ilo, PowerState goal, Duration patience, int unbelieved) {
        Instant end = clock.instant().plus(patience);
        long looks = looks(patience);
        for (long look = 0; ; look++) {
            PowerState seen = insistence.get(ilo::power);
            if (seen == goal && look >= unbelieved) {
                return Optional.empty();
            }
            if (look >= looks || look > unbelieved && clock.instant().isAfter(end)) {
                return Optional.of(seen);
            }
            task.checkCancelled();
            pause.pause(config.powerWait());
        }
    }

    /** A slow iLO ends the wait by the clock, before there were as many looks as this. */
    private long looks(Duration patience) {
        long wait = config.powerWait().toMillis();
        return wait == 0 || patience.equals(usual()) ? config.powerRetry() : Math.max(1, patience.toMillis() / wait);
    }
}
