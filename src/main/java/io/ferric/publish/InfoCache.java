package io.ferric.publish;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What {@code /info} says, asked again every hour, since Swift may be upgraded while Ferric runs. */
final class InfoCache {
    private static final Duration LIFE = Duration.ofHours(1);

    private final ObjectStore store;
    private final Retries retries;
    private final Clock clock;
    private volatile Optional<Answer> held = Optional.empty();

    private record Answer(Optional<SwiftInfo> info, Instant until) {}

    InfoCache(ObjectStore store, Retries retries, Clock clock) {
        this.store = store;
        this.retries = retries;
        this.clock = clock;
    }

    /** Empty when this Swift has no {@code /info}. */
    Optional<SwiftInfo> info() throws PublishException {
        Instant now = clock.instant();
        Optional<Answer> answer = held.filter(each -> now.isBefore(each.until()));
        if (answer.isEmpty()) {
            answer = Optional.of(
                    new Answer(retries.ask(new Operation("get /info", "the server", ""), store::info), now.plus(LIFE)));
            held = answer;
        }
        return answer.get().info();
    }
}
