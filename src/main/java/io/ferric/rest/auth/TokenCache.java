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

    /** @param key names it without telling the token */
    private record Question(String key, String token, boolean allowExpired) {}

    /** Keystone's word, and when it must be asked again. */
    private record Answer(Optional<TokenOwner> owner, Instant until, boolean allowExpired) {
        boolean ended(Instant now) {
            return !allowExpired
                    && owner.isPresent()
                    && !now.isBefore(owner.get().expires());
        }

        /** A token that has ended by itself does not come back, so nobody need be asked. */
        boolean stands(Instant now) {
            return now.isBefore(until) || ended(now);
        }
    }

    /**
     * Whose token it is; empty when it is of no use.
     *
     * @param allowExpired whether it may have expired; what was said of a token with and without that is remembered apart
     */
    Optional<TokenOwner> owner(String token, boolean allowExpired) throws IOException {
        Question question = new Question(fingerprint.of(token, String.valueOf(allowExpired)), token, allowExpired);
        String key = question.key();
        Optional<Answer> known = known(key);
        Answer answer = known.isPresent() ? known.get() : together.once(key, () -> ask(question));
        return answer.ended(clock.instant()) ? Optional.empty() : answer.owner();
    }

    private synchronized Optional<Answer> known(String key) {
        Instant now = clock.instant();
        return Optional.ofNullable(good.get(key))
                .or(() -> Optional.ofNullable(bad.get(key)))
                .filter(answer -> answer.stands(now));
    }

    private Answer ask(Question question) throws IOException {
        // perhaps somebody was answered since we looked
        Optional<Answer> known = known(question.key());
        return known.isPresent()
                ? known.get()
                : keep(question, turns.take(() -> keystone.validate(question.token(), question.allowExpired())));
    }

    private synchronized Answer keep(Question question, Optional<TokenOwner> owner) {
        String key = question.key();
        Duration lasting = owner.isPresent() || time.compareTo(BAD_TIME) < 0 ? time : BAD_TIME;
        Answer answer = new Answer(owner, clock.instant().plus(lasting), question.allowExpired());
        good.remove(key);
        (owner.isPresent() ? good : bad).put(key, answer);
        return answer;
    }
}
