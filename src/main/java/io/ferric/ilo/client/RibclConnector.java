package io.ferric.ilo.client;

import java.util.concurrent.ScheduledExecutorService;

/**
 * Makes clients that speak RIBCL. Clients of one connector share the rule that one call at a time goes to one iLO, so
 * use one connector for a process.
 */
public final class RibclConnector implements IloConnector {
    private final HttpsExchange https;
    private final IloTrace trace;

    /** @param watchdog runs the very short tasks that end calls whose time is up */
    public RibclConnector(ScheduledExecutorService watchdog, IloTrace trace) {
        this.https = new HttpsExchange(watchdog, new BmcLocks());
        this.trace = trace;
    }

    @Override
    public IloClient connect(IloAccess access) {
        return new RibclClient(new RibclSession(access, https, trace));
    }
}
