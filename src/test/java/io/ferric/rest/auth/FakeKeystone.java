package io.ferric.rest.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows some tokens and counts how often it was asked. */
public final class FakeKeystone implements TokenValidator {
    public static final String PROJECT = "p-service";

    private final Map<String, TokenOwner> owners = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Clock clock;
    private volatile boolean away;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public FakeKeystone(Clock clock) {
        this.clock = clock;
    }

    /** A token of the project {@link #PROJECT} that is good for an hour. */
    public FakeKeystone knows(String token, String... roles) {
        return knows(token, Optional.of(PROJECT), false, roles);
    }

    public FakeKeystone knows(String token, Optional<String> project, boolean system, String... roles) {
        owners.put(
                token,
                new TokenOwner(
                        "id-" + token,
                        "user of " + token,
                        project,
                        system,
                        Set.of(roles),
                        clock.instant().plus(Duration.ofHours(1))));
        return this;
    }

    /** As {@link #knows}; the user's name and id say nothing of the token. */
    public FakeKeystone keeps(String token, Optional<String> project, boolean system, String... roles) {
        Instant end = clock.instant().plus(Duration.ofHours(1));
        owners.put(token, new TokenOwner("1d", "somebody", project, system, Set.of(roles), end));
        return this;
    }

    public void revoke(String token) {
        owners.remove(token);
    }

    public void goAway(boolean now) {
        away = now;
    }

    /** Answers wait until the returned latch is counted down. */
    CountDownLatch hesitate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    public int asked() {
        return asked.get();
    }

    @Override
    public Optional<TokenOwner> validate(String token, boolean allowExpired) throws IOException {
        asked.incrementAndGet();
        try {
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the test forgot to open the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (away) {
            throw new IOException("Keystone at http://k:5000/v3: HTTP 503.");
        }
        return Optional.ofNullable(owners.get(token))
                .filter(owner -> allowExpired || clock.instant().isBefore(owner.expires()));
    }
}
