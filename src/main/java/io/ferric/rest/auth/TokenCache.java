package io.ferric.rest.auth;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers for a while what Keystone said about tokens, good or bad, and asks once for those who ask at the same time.
 * Of a token its fingerprint is kept. A failure to ask is not remembered. Safe for use by many threads.
 */
final class TokenCache {
    private static final int GOOD = 10_000;
    private static final int BAD = 1_000;
    private static final Duration BAD_TIME = Duration.ofSeconds(10);

    private final TokenValidator keystone;
    private final Duration time;
    private final Clock clock;
    private final Fingerprint fingerprint;
    private final Turns turns;
    private final Together<Answer> together = new Together<>();
    private final Map<String, Answer> good = new Recent<>(GOOD);
    /** Apart, so that many bad ones drive out no good one. */
    private final Map<String, Answer> bad = new Recent<>(BAD);

    TokenCache(TokenValidator keystone, Duration time, Turns turns, Clock clock, SecureRandom random) {
        this.keystone = keystone;
        this.turns = turns;
        this.time = time;
        this.clock = clock;
        this.fingerprint = new Fingerprint(random);
    }

    /** Keystone's word, and when it must be asked again. */
    private record Answer(Optional<TokenOwner> owner, Instant until) {
        boolean ended(Instant now) {
            return owner.isPresent() && !now.isBefore(owner.get().expires());
        }

        /** A token that has ended by itself does not come back, so nobody need be asked. */
        boolean stands(Instant now) {
            return now.isBefore(until) || ended(now);
        }
    }

    /** Whose token it is; empty when it is of no use. */
    Optional<TokenOwner> owner(String token) throws IOException {
        String key = fingerprint.of(token);
        Optional<Answer> known = known(key);
        Answer answer = known.isPresent() ? known.get() : together.once(key, () -> ask(key, token));
        return answer.ended(clock.instant()) ? Optional.empty() : answer.owner();
    }

    private synchronized Optional<Answer> known(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(good.get(key))
                .or(() -> Optional.ofNullable(bad.get(key)))
                .filter(answer -> answer.stands(now));
    }

    private Answer ask(String key, String token) throws IOException {
        // perhaps somebody was answered since we looked
        Optional<Answer> known = known(key);
        return known.isPresent() ? known.get() : keep(key, turns.take(() -> keystone.validate(token)));
    }

    private synchronized Answer keep(String key, Optional<TokenOwner> owner) {
        Duration lasting = owner.isPresent() || time.compareTo(BAD_TIME) < 0 ? time : BAD_TIME;
        Answer answer = new Answer(owner, clock.instant().plus(lasting));
        good.remove(key);
        (owner.isPresent() ? good : bad).put(key, answer);
        return answer;
    }
}
