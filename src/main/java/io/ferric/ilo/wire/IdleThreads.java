package io.ferric.ilo.wire;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers whose daemon threads end when they have been idle for 10 s, so that nobody has to shut them down. */
public final class IdleThreads {
    private static final int IDLE_SECONDS = 10;

    private IdleThreads() {}

    /** @param threads how many tasks may run at once */
    public static ScheduledThreadPoolExecutor timer(String name, int threads) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
