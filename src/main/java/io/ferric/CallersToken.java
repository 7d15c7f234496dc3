package io.ferric;

import io.ferric.driver.CallerToken;
import io.ferric.driver.Task;
import io.ferric.ilo.TokenSource;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ramdisk shows the token of whoever asked for the deploy. */
final class CallersToken implements TokenSource {
    private static final String CURE =
            "Deploy again with a fresh token, or set rest.keystone.ramdisk_token to ferric or service.";

    private final Duration callback;
    private final Clock clock;

    /** @param callback how long the ramdisk has to call back */
    CallersToken(Duration callback, Clock clock) {
        this.callback = callback;
        this.clock = clock;
    }

    @Override
    public Optional<Secret> token(Task task) {
        CallerToken kept = CallerToken.of(task.node())
                .orElseThrow(() -> failure("The deploy was asked for without a token that the ramdisk could show"));
        Instant now = clock.instant();
        if (!now.isBefore(kept.expires())) {
            throw failure("The token of whoever asked for the deploy has ended at " + kept.expires());
        }
        if (now.plus(callback).isAfter(kept.expires())) {
            task.event("media", "The ramdisk must call back before " + kept.expires() + ": then its token ends");
        }
        return Optional.of(kept.token());
    }

    private static OperationFailed failure(String message) {
        return new OperationFailed(FaultCode.INSTANCE_DEPLOY_FAILURE, message, CURE);
    }
}
