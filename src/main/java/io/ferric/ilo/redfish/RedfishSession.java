package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one iLO knows us by, and what we know of it: opened by the first call that needs it, used by all, ended when nobody
 * used it for a while, for an iLO has few slots. All state is guarded by the turn at the iLO.
 */
final class RedfishSession {
    private static final Logger LOG = LoggerFactory.getLogger(RedfishSession.class);
    private static final int UNAUTHORIZED = 401;

    private volatile IloAccess access;
    private final Turns turns;
    private final IloTrace trace;
    private final RedfishSettings settings;
    private final RedfishPaths paths = new RedfishPaths();
    private Optional<RedfishLogin> login = Optional.empty();
    private Instant used = Instant.MIN;
    private volatile boolean watched;

    RedfishSession(IloAccess access, Turns turns, IloTrace trace, RedfishSettings settings) {
        this.access = access;
        this.turns = turns;
        this.trace = trace;
        this.settings = settings;
    }

    /** From the next turn on with this time-out. */
    void reachBy(IloAccess latest) {
        access = latest;
    }

    /** What is said in one turn. */
    interface Talk<T> {
        T on(RedfishLine line) throws IOException;
    }

    <T> T inTurn(Talk<T> talk) throws IOException {
        return turns.take(access, raw -> {
            try {
                return talk.on(new RedfishLine(trace.over(raw, access)));
            } finally {
                used = settings.clock().instant();
                watch(settings.idle());
            }
        });
    }

    /** Where things are on this iLO; only within a turn. */
    RedfishPaths paths() {
        return paths;
    }

    /** Sends as the one who is logged in; a session the iLO has lost is opened anew, once. Only within a turn. */
    HttpAnswer exchange(RedfishLine line, HttpCall call) throws IOException {
        HttpAnswer answer = line.exchange(login(line).on(call));
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        if (!login(line).isSession()) {
            login = Optional.empty();
            throw RedfishRefusal.ofLogin(answer);
        }
        login = Optional.empty();
        HttpAnswer second = line.exchange(login(line).on(call));
        if (second.status() == UNAUTHORIZED) {
            logOut(line);
        }
        return second;
    }

    private RedfishLogin login(RedfishLine line) throws IOException {
        if (login.isEmpty()) {
            login = Optional.of(RedfishLogin.at(line, access));
        }
        return login.get();
    }

    private void watch(Duration wait) {
        boolean open = login.flatMap(RedfishLogin::location).isPresent();
        if (open && !watched) {
            try {
                settings.logouts().schedule(this::endWhenIdle, wait.toMillis(), TimeUnit.MILLISECONDS);
                watched = true;
            } catch (RejectedExecutionException e) {
                LOG.debug("iLO {}: the session is left to end by itself", access.authority());
            }
        }
    }

    private void endWhenIdle() {
        // before the turn, which may not come: the next call shall watch again
        watched = false;
        quietly(line -> {
            Duration rest = settings.idle()
                    .minus(Duration.between(used, settings.clock().instant()));
            if (rest.isZero() || rest.isNegative()) {
                logOut(line);
            } else {
                watch(rest);
            }
        });
    }

    /** Logs out now, if there is anything to. Never fails: a session that cannot be ended ends by itself some day. */
    void end() {
        quietly(this::logOut);
    }

    private interface Farewell {
        void on(RedfishLine line) throws IOException;
    }

    private void quietly(Farewell farewell) {
        try {
            turns.take(access, raw -> {
                farewell.on(new RedfishLine(trace.over(raw, access)));
                return null;
            });
        } catch (IOException e) {
            LOG.debug("iLO {}: the session could not be ended: {}", access.authority(), e.toString());
        }
    }

    private void logOut(RedfishLine line) throws IOException {
        Optional<RedfishLogin> old = login;
        login = Optional.empty();
        Optional<String> location = old.flatMap(RedfishLogin::location);
        if (location.isPresent()) {
            line.exchange(old.get().on(HttpCall.delete(location.get())));
        }
    }
}
