package io.ferric.ilo.wire;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * HTTPS to iLOs, one turn at a time for each. The time-out bounds each request, also for an iLO that sends a byte now
 * and then: a watchdog closes the connection. (Only looking up a host name is left to the resolver's own limits.) TLS
 * sessions are taken up again, and no more than a number of connections are open at once, to all iLOs together: use one
 * for a process. Safe for use by many threads.
 */
public final class HttpsExchange {
    /** How many connections are open at most when nothing else is said. */
    public static final int CONNECTIONS = 200;

    private final BmcLocks locks = new BmcLocks();
    private final TlsLine.Shared shared;

    /** @param watchdog runs the very short tasks that end requests whose time is up */
    public HttpsExchange(ScheduledExecutorService watchdog) {
        this(watchdog, CONNECTIONS);
    }

    /**
     * @param watchdog runs the very short tasks that end requests whose time is up
     * @param connections how many may be open at once; whoever needs another waits, first come first served
     */
    public HttpsExchange(ScheduledExecutorService watchdog, int connections) {
        this.shared = new TlsLine.Shared(watchdog, new Semaphore(connections, true), new TlsContexts());
    }

    /** One with a watchdog of its own: a single daemon thread for all iLOs, which ends when it has been idle for 10 s. */
    public static HttpsExchange create() {
        return new HttpsExchange(IdleThreads.timer("ilo-watchdog", 1));
    }

    /** What is said in one turn. */
    public interface Talk<T> {
        T on(IloLine line) throws IOException;
    }

    /**
     * Waits until nobody else speaks to this iLO, and then has the talk; its connection is closed at the end.
     *
     * @throws IOException what the talk throws, or when others' talks do not end within the time-out
     */
    public <T> T inTurn(IloAccess access, Talk<T> talk) throws IOException {
        return locks.inTurn(access.authority().toLowerCase(Locale.ROOT), access.timeout(), () -> {
            try (TlsLine line = new TlsLine(access, shared)) {
                return talk.on(line);
            }
        });
    }
}
