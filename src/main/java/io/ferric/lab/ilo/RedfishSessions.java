package io.ferric.lab.ilo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The few session slots of an iLO; a session that nobody uses for half an hour ends. Thread-safe. */
final class RedfishSessions {
    static final int SLOTS = 10;
    static final Duration IDLE = Duration.ofMinutes(30);

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Open> byToken = new LinkedHashMap<>();
    private int opened;

    private record Open(RedfishSession session, IloUser user, Instant lastUse) {}

    /** A new session and its secret. */
    record Opened(RedfishSession session, String token) {
        @Override
        public String toString() {
            return session.toString();
        }
    }

    RedfishSessions(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Opens a session; empty when all slots are taken. */
    synchronized Optional<Opened> open(IloUser user) {
        expire();
        if (byToken.size() >= SLOTS) {
            return Optional.empty();
        }
        byte[] secret = new byte[16];
        random.nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Instant now = clock.instant();
        RedfishSession session = new RedfishSession(
                "%s%08x".formatted(user.login().toLowerCase(java.util.Locale.ROOT), ++opened), user.login(), now);
        byToken.put(token, new Open(session, user, now));
        return Optional.of(new Opened(session, token));
    }

    /** Whose token it is; using it keeps the session alive. */
    synchronized Optional<IloUser> use(String token) {
        expire();
        return Optional.ofNullable(byToken.computeIfPresent(
                        token, (t, open) -> new Open(open.session(), open.user(), clock.instant())))
                .map(Open::user);
    }

    synchronized List<RedfishSession> all() {
        expire();
        return byToken.values().stream().map(Open::session).toList();
    }

    /** Ends a session; false when there is none of this name. */
    synchronized boolean close(String id) {
        return byToken.values().removeIf(open -> open.session().id().equals(id));
    }

    /** Forgets all, as an iLO does that starts anew. */
    synchronized void clear() {
        byToken.clear();
    }

    private void expire() {
        Instant oldest = clock.instant().minus(IDLE);
        byToken.values().removeIf(open -> open.lastUse().isBefore(oldest));
    }
}
