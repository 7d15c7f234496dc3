package io.ferric.rest.auth;

import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tries passwords, few at a time, so that strangers who guess do not take all processors; and remembers for a minute which
 * were right. Safe for use by many threads.
 */
final class Logins {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MOST = 1_000;
    /** Together with those that are tried, fewer than REST has threads. */
    private static final int MAY_WAIT = 4;

    private static final long PATIENCE_SECONDS = 10;

    private final Bcrypt bcrypt;
    private final Clock clock;
    private final Fingerprint fingerprint;
    private final Together<Boolean> together = new Together<>();
    private final Map<String, Instant> right = new Recent<>(MOST);
    private final Semaphore turns;

    /** @param atOnce how many passwords are tried at once */
    Logins(Bcrypt bcrypt, int atOnce, Clock clock, SecureRandom random) {
        this.bcrypt = bcrypt;
        this.clock = clock;
        this.fingerprint = new Fingerprint(random);
        this.turns = new Semaphore(atOnce, true);
    }

    /** @throws Unavailable when too many are being tried */
    boolean proves(Login login, String hash) {
        // with the hash in it: a password that was changed is not remembered
        String key = fingerprint.of(login.user(), login.password(), hash);
        try {
            return remembered(key) || together.once(key, () -> tries(key, login, hash));
        } catch (IOException interrupted) {
            throw busy();
        }
    }

    private boolean tries(String key, Login login, String hash) {
        if (remembered(key)) {
            return true;
        }
        takeTurn();
        try {
            boolean proven = bcrypt.matches(hash, login.password());
            if (proven) {
                remember(key);
            }
            return proven;
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.getQueueLength() >= MAY_WAIT || !turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static Unavailable busy() {
        return new Unavailable(
                FaultCode.TEMPORARY_FAILURE, "Too many passwords are being tried at this moment.", "Try again.");
    }

    private synchronized boolean remembered(String key) {
        Instant until = right.get(key);
        return until != null && clock.instant().isBefore(until);
    }

    private synchronized void remember(String key) {
        right.put(key, clock.instant().plus(REMEMBERED));
    }
}
