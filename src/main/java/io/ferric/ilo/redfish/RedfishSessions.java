package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TlsAge;
import io.ferric.node.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session an iLO, user and password. Safe for use by many threads; keeps a small entry for each ever used. */
final class RedfishSessions {
    private static final Logger LOG = LoggerFactory.getLogger(RedfishSessions.class);
    private static final long CLOSING_SECONDS = 10;

    /** Another password is another session: whether it is right must show. So is another TLS. */
    private record Key(String authority, String username, Secret password, IloTrust trust, TlsAge tls) {}

    private final Turns turns;
    private final IloTrace trace;
    private final RedfishSettings settings;
    private final Map<Key, RedfishSession> sessions = new ConcurrentHashMap<>();

    RedfishSessions(Turns turns, IloTrace trace, RedfishSettings settings) {
        this.turns = turns;
        this.trace = trace;
        this.settings = settings;
    }

    RedfishSession of(IloAccess access) {
        Key key = new Key(access.authority(), access.username(), access.password(), access.trust(), access.tls());
        RedfishSession session =
                sessions.computeIfAbsent(key, each -> new RedfishSession(access, turns, trace, settings));
        session.reachBy(access);
        return session;
    }

    /** Ends all, several at a time, and gives up on those that do not end in time. */
    void close() {
        List<Callable<Object>> farewells = sessions.values().stream()
                .map(each -> Executors.callable(each::end))
                .toList();
        try {
            settings.logouts().invokeAll(farewells, CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            LOG.warn(
                    "sessions at {} iLOs are left to end by themselves: the log-outs were shut down first",
                    sessions.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
