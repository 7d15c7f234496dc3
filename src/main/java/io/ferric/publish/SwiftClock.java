package io.ferric.publish;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time as Swift sees it, which is what it compares the expiry of a TempURL with: our clock, put right by the {@code Date}
 * of its last answer.
 */
final class SwiftClock {
    private static final Logger LOG = LoggerFactory.getLogger(SwiftClock.class);
    /** A Date has whole seconds, and an answer takes its time. */
    private static final Duration UNSURE = Duration.ofSeconds(2);

    private static final Duration REMARKABLE = Duration.ofSeconds(60);

    private final Clock ours;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile Duration ahead = Duration.ZERO;

    SwiftClock(Clock ours) {
        this.ours = ours;
    }

    /** Learns from the headers of an answer, names in lower case. */
    Map<String, String> heard(Map<String, String> headers) {
        Optional.ofNullable(headers.get("date")).flatMap(SwiftClock::date).ifPresent(this::heard);
        return headers;
    }

    private void heard(Instant theirs) {
        Duration difference = Duration.between(ours.instant(), theirs);
        ahead = difference.abs().compareTo(UNSURE) <= 0 ? Duration.ZERO : difference;
        if (difference.abs().compareTo(REMARKABLE) > 0 && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "The clocks of Swift and of this machine differ by {} s; Swift's is {}. URLs are signed by Swift's"
                            + " clock. Tokens and certificates may suffer: let both follow a time server.",
                    difference.abs().toSeconds(),
                    difference.isNegative() ? "slow" : "fast");
        }
    }

    /** How far Swift's clock is ahead of ours; negative when it is behind. */
    Duration ahead() {
        return ahead;
    }

    boolean warned() {
        return warned.get();
    }

    static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
