package io.ferric.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Swift answered with a status that is no success. The message is that status, and what finds the request in Swift's log. */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<String> retryAfter;

    /** @param headers of the answer, names in lower case */
    Refusal(int status, Map<String, String> headers) {
        super("HTTP " + status
                + Optional.ofNullable(headers.get("x-trans-id"))
                        .map(id -> " (" + id.replaceAll("[^A-Za-z0-9._-]", "?") + ")")
                        .orElse(""));
        this.status = status;
        this.retryAfter = Optional.ofNullable(headers.get("retry-after"));
    }

    int status() {
        return status;
    }

    /** How long Swift wants to be left alone, from seconds or a date; empty when it does not say. */
    Optional<Duration> retryAfter(Clock clock) {
        return retryAfter.flatMap(text -> text.strip().matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())))
                : SwiftClock.date(text).map(time -> Duration.between(clock.instant(), time)));
    }
}
