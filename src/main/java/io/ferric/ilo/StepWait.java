package io.ferric.ilo;

import io.ferric.driver.Task;
import io.ferric.ilo.wire.Pause;
import io.ferric.node.OperationFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Looks again and again whether it is so, while an iLO or a server comes up. Safe for use by many threads. */
final class StepWait {
    private final IloConfig config;
    private final Pause pause;
    private final Clock clock;

    StepWait(IloConfig config, Pause pause, Clock clock) {
        this.config = config;
        this.pause = pause;
        this.clock = clock;
    }

    /** How long a step may wait. */
    Duration patience() {
        return config.stepTimeout();
    }

    /** Until a step may wait no longer; returns whether it is so. An iLO that does not answer has not said no. */
    boolean until(Task task, BooleanSupplier question) {
        return until(task, patience(), question);
    }

    /** As the other, for so long. There is an end to the looks too, should the clock stand still. */
    boolean until(Task task, Duration longest, BooleanSupplier question) {
        Instant end = clock.instant().plus(longest);
        long wait = Math.max(1, config.powerWait().toMillis());
        for (long looks = longest.toMillis() / wait; ; looks--) {
            task.checkCancelled();
            if (answer(question)) {
                return true;
            }
            if (looks <= 0 || clock.instant().isAfter(end)) {
                return false;
            }
            pause.pause(config.powerWait());
        }
    }

    private static boolean answer(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (OperationFailed e) {
            return false;
        }
    }
}
