package io.ferric.ilo.client;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

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

    /** One with a watchdog of its own: a single daemon thread for all iLOs, which ends with the process. */
    public static RibclConnector create(IloTrace trace) {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ilo-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        return new RibclConnector(watchdog, trace);
    }

    @Override
    public IloClient connect(IloAccess access) {
        return new RibclClient(new RibclSession(access, https, trace));
    }
}
