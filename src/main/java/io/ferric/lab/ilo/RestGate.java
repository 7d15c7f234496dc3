package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lets in who has a session or says the right password. After the second wrong password in a row it keeps everybody
 * out for a while, longer each time (ilo-protocols a.4). Thread-safe.
 */
final class RestGate {
    private static final List<Duration> DELAYS =
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private final IloState state;
    private final RedfishKind kind;
    private final RedfishSessions sessions;
    private final Clock clock;
    private int failures;
    private Instant closedUntil = Instant.MIN;

    RestGate(IloState state, RedfishKind kind, RedfishSessions sessions, Clock clock) {
        this.state = state;
        this.kind = kind;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Who asks, by token or Basic; empty when the request says nothing about it. */
    Optional<IloUser> enter(HttpRequest request) throws RestFault {
        String token = request.headers().get("x-auth-token");
        if (token != null) {
            return Optional.of(sessions.use(token).orElseThrow(RestGate::noSession));
        }
        String basic = request.headers().getOrDefault("authorization", "");
        if (!basic.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        String[] parts = decode(basic.substring(6).trim()).split(":", 2);
        return Optional.of(check(parts[0], parts.length > 1 ? parts[1] : "", 401));
    }

    static RestFault noSession() {
        return new RestFault(401, "Base", "NoValidSession", List.of());
    }

    /** The account with this name and password. Wrong ones are written in the log and slow the next. */
    IloUser logIn(String login, String password) throws RestFault {
        return check(login, password, kind.generation() == 5 ? 400 : 401);
    }

    private synchronized IloUser check(String login, String password, int status) throws RestFault {
        Instant now = clock.instant();
        if (now.isBefore(closedUntil)) {
            state.log(Kind.LOGIN_REJECTED, login);
            String seconds = Long.toString(Duration.between(now, closedUntil).toSeconds() + 1);
            throw new RestFault(status, "iLO", "LoginAttemptDelayedSeconds", List.of(seconds));
        }
        Optional<IloUser> user = state.accounts().check(login, password);
        if (state.struck(IloFault.LOGIN_FAILED) || user.isEmpty()) {
            closedUntil = now.plus(DELAYS.get(Math.min(failures, DELAYS.size() - 1)));
            failures++;
            state.log(Kind.LOGIN_REJECTED, login);
            throw new RestFault(status, "iLO", "UnauthorizedLoginAttempt", List.of());
        }
        failures = 0;
        return user.get();
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
