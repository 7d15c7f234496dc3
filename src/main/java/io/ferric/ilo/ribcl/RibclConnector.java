package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes clients that speak RIBCL. Clients of one connector share the rule that one call at a time goes to one iLO, so
 * use one connector for a process.
 */
public final class RibclConnector implements IloConnector {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final HttpsExchange https;
    private final IloTrace trace;

    /** @param watchdog runs the very short tasks that end calls whose time is up */
    public RibclConnector(ScheduledExecutorService watchdog, IloTrace trace) {
        this.https = new HttpsExchange(watchdog);
        this.trace = trace;
    }

    /** One with a watchdog of its own: a single daemon thread for all iLOs, which ends when it has been idle for 10 s. */
    public static RibclConnector create(IloTrace trace) {
        return new RibclConnector(watchdog(), trace);
    }

    static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ilo-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        watchdog.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        return watchdog;
    }

    @Override
    public IloClient connect(IloAccess access) {
        return new RibclClient(new RibclSession(access, https, trace));
    }
}
