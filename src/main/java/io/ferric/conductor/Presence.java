package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.store.ConductorStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other conductors from time to time that this one lives, and what each has told. */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /** Source: Ironic's {@code conductor.heartbeat_interval} and {@code heartbeat_timeout}. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Context context;
    private final ConductorStore store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ferric-presence");
        thread.setDaemon(true);
        return thread;
    });

    Presence(Context context) {
        this.context = context;
        this.store = context.database().conductors();
    }

    /** Is told of by the time this returns. */
    void start() {
        tell();
        timer.scheduleAtFixedRate(this::tell, INTERVAL.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    private void tell() {
        Set<String> drivers = new TreeSet<>();
        context.drivers().all().stream().map(Driver::name).forEach(drivers::add);
        try {
            store.alive(context.host(), drivers);
        } catch (RuntimeException e) {
            LOG.warn("cannot tell that conductor {} lives: {}", context.host(), e.getMessage());
        }
    }

    void close() {
        timer.shutdownNow();
        try {
            store.leave(context.host());
        } catch (RuntimeException e) {
            LOG.warn("cannot tell that conductor {} stops: {}", context.host(), e.getMessage());
        }
    }

    List<ConductorInfo> all() {
        return store.all().stream()
                .map(each -> new ConductorInfo(
                        each.host(),
                        each.online()
                                && each.heartbeatAt()
                                        .isAfter(context.clock().instant().minus(TIMEOUT)),
                        each.drivers(),
                        each.heartbeatAt(),
                        each.createdAt()))
                .toList();
    }
}
