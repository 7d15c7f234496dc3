package io.ferric.rest.auth;

import io.ferric.node.Unavailable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tries passwords, few at a time, so that strangers who guess do not take all processors; and remembers for a minute which
 * were right and which were wrong, a right one for as long as it is used. Safe for use by many threads.
 */
final class Logins {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private final Bcrypt bcrypt;
    private final Clock clock;
    private final Fingerprint fingerprint;
    private final Together<Boolean> together = new Together<>();
    private final Map<String, Instant> right = new Recent<>(MOST);
    /** Apart, so that many wrong ones drive out no right one. */
    private final Map<String, Instant> wrong = new Recent<>(MOST);

    private final Turns turns;

    Logins(Bcrypt bcrypt, Turns turns, Clock clock, SecureRandom random) {
        this.bcrypt = bcrypt;
        this.turns = turns;
        this.clock = clock;
        this.fingerprint = new Fingerprint(random);
    }

    /** @throws Unavailable when too many are being tried */
    boolean proves(Login login, String hash) {
        // with the hash in it: a password that was changed is not remembered
        String key = fingerprint.of(login.user(), login.password(), hash);
        try {
            Optional<Boolean> known = remembered(key);
            return known.isPresent() ? known.get() : together.once(key, () -> tries(key, login, hash));
        } catch (IOException tooSlow) {
            throw turns.busy();
        }
    }

    private boolean tries(String key, Login login, String hash) throws IOException {
        // perhaps somebody tried it since we looked
        Optional<Boolean> known = remembered(key);
        return known.isPresent()
                ? known.get()
                : turns.take(() -> remember(key, bcrypt.matches(hash, login.password())));
    }

    private synchronized Optional<Boolean> remembered(String key) {
        if (stands(right.get(key))) {
            remember(key, true);
            return Optional.of(true);
        }
        return stands(wrong.get(key)) ? Optional.of(false) : Optional.empty();
    }

    private boolean stands(Instant until) {
        return until != null && clock.instant().isBefore(until);
    }

    private synchronized boolean remember(String key, boolean proven) {
        (proven ? right : wrong).put(key, clock.instant().plus(REMEMBERED));
        return proven;
    }
}
