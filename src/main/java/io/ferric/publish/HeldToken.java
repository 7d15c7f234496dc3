package io.ferric.publish;

import java.time.Duration;
import java.time.Instant;

/**
 * A token of our own.
 *
 * @param lifetime as Keystone gave it, by its own clock
 * @param goodUntil by this machine's clock, counted from when it was asked for: so a skewed clock neither uses dead tokens
 *     nor logs in at each call
 */
record HeldToken(String id, Duration lifetime, Instant goodUntil, Catalogue catalogue) {
    private static final Duration MARGIN = Duration.ofMinutes(2);

    /** How long before its end it is renewed; less for tokens that live a few minutes only. */
    private Duration margin() {
        Duration part = lifetime.dividedBy(4);
        return part.compareTo(MARGIN) < 0 ? part : MARGIN;
    }

    /** What a token of this lifetime can promise at most, when it is not renewed at every call. */
    Duration longest() {
        return lifetime.minus(margin());
    }

    /** Whether it is good for so long, or as fresh as it can be. */
    boolean lasts(Duration asked, Instant now) {
        Duration least = asked.compareTo(margin()) < 0 ? margin() : asked;
        Duration possible = least.compareTo(longest()) > 0 ? longest() : least;
        return !goodUntil.minus(possible).isBefore(now);
    }

    @Override
    public String toString() {
        return "HeldToken[id=***, goodUntil=" + goodUntil + "]";
    }
}
