package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;

/**
 * Makes clients that speak Redfish. Clients of one connector share sessions, so use one for a process, and close it: an
 * iLO has few slots for sessions. Safe for use by many threads.
 */
public final class RedfishConnector implements AutoCloseable {
    private final RedfishSessions sessions;
    private final RedfishSettings settings;

    public RedfishConnector(HttpsExchange https, IloTrace trace, RedfishSettings settings) {
        this(Turns.of(https), trace, settings);
    }

    RedfishConnector(Turns turns, IloTrace trace, RedfishSettings settings) {
        this.sessions = new RedfishSessions(turns, trace, settings);
        this.settings = settings;
    }

    /**
     * Opens nothing yet: the first call does.
     *
     * @param identity what is known of it; {@link Identity#UNKNOWN} does for an iLO that keeps to the standard
     */
    public IloClient connect(IloAccess access, Identity identity) {
        return new RedfishClient(new RedfishIlo(access, identity, sessions.of(access), settings));
    }

    /** Logs out of all sessions, for 10 seconds at most. */
    @Override
    public void close() {
        sessions.close();
    }
}
