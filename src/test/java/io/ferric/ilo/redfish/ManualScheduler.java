package io.ferric.ilo.redfish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps what is scheduled until a test runs it; what is to be run at once is. */
final class ManualScheduler extends ScheduledThreadPoolExecutor {
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

    ManualScheduler() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (delay == 0) {
            return super.schedule(task, 0, unit);
        }
        waiting.add(task);
        return super.schedule(() -> {}, 0, unit);
    }

    /** Runs what waits by now, in the caller's thread. */
    void runAll() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.removeAll(now);
        now.forEach(Runnable::run);
    }

    int waiting() {
        return waiting.size();
    }
}
