package io.ferric.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How often a request is sent again that the server cannot take at this moment: after 503, and after 409 where a node is
 * locked by work under way. Any other conflict stays one however often it is asked, and is told at once.
 *
 * @param times how often again, none to 100
 * @param pause how long to wait before each
 */
public record Retries(int times, Duration pause) {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public Retries {
        if (times < 0 || times > 100) {
            throw new IllegalArgumentException("retries: " + times + " must be from 0 to 100");
        }
        if (pause.isNegative() || pause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the pause between retries must be from 0 s to 5 min");
        }
    }

    /** Five times, two seconds apart, as Ironic's own client. */
    public static Retries usual() {
        return new Retries(5, Duration.ofSeconds(2));
    }

    /** Every refusal is told at once. */
    public static Retries none() {
        return new Retries(0, Duration.ZERO);
    }

    /** How long to wait before this attempt (1 is the first retry) is made; empty when it should not be. */
    Optional<Duration> before(int attempt, int status, String sentence) {
        boolean passing = status == 503
                || status == 409 && sentence.toLowerCase(Locale.ROOT).contains("locked");
        return passing && attempt <= times ? Optional.of(pause) : Optional.empty();
    }
}
