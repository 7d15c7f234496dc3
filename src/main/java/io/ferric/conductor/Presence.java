package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.store.ConductorStore;
import io.ferric.store.ConductorStore.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other conductors from time to time that this one lives, and takes up the work of those that tell nothing any
 * more. How long one has been silent is told by this conductor's own clock alone.
 */
final class Presence {
    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

    /** Source: Ironic's {@code conductor.heartbeat_timeout}. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Context context;
    private final ConductorStore store;
    private final Runnable payBack;
    private final Consumer<String> takeover;
    private final Map<String, Sign> lastSigns = new HashMap<>();
    private volatile Instant toldAt = Instant.MIN;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("ferric-presence"));

    /** A sign of life, and since when it is the last one; what its conductor left is taken up once. */
    private record Sign(Instant sign, Instant since, boolean takenUp) {}

    /**
     * @param payBack gives back what this conductor could not give back earlier
     * @param takeover takes up what the conductor of this name left
     */
    Presence(Context context, Runnable payBack, Consumer<String> takeover) {
        this.context = context;
        this.payBack = payBack;
        this.takeover = takeover;
        this.store = context.database().conductors();
    }

    /** Is told of by the time this returns. */
    void start() {
        tell();
        long interval = context.config().heartbeatInterval().toMillis();
        timer.scheduleWithFixedDelay(this::beat, interval, interval, TimeUnit.MILLISECONDS);
    }

    /** When the database last took note that this conductor lives. */
    Instant toldAt() {
        return toldAt;
    }

    /** One beat; whatever fails is tried again at the next. */
    void beat() {
        tell();
        try {
            payBack.run();
            store.all().stream()
                    .filter(other -> !other.host().equals(context.host()))
                    .filter(this::silent)
                    .forEach(this::takeUp);
        } catch (RuntimeException e) {
            LOG.warn("cannot take up what was left: {}", e.getMessage());
        }
    }

    /** Whether the conductor said that it stops, or has told nothing for so long that it counts as dead. */
    private boolean silent(Member other) {
        Instant now = context.clock().instant();
        Sign last = lastSigns.compute(
                other.host(),
                (host, seen) -> seen != null && seen.sign().equals(other.heartbeatAt())
                        ? seen
                        : new Sign(other.heartbeatAt(), now, false));
        boolean dead = !other.online()
                || !now.isBefore(last.since().plus(context.config().silenceOfTheDead()));
        return dead && !last.takenUp();
    }

    private void takeUp(Member dead) {
        takeover.accept(dead.host());
        lastSigns.computeIfPresent(dead.host(), (host, last) -> new Sign(last.sign(), last.since(), true));
    }

    private void tell() {
        Set<String> drivers = new TreeSet<>();
        context.drivers().all().stream().map(Driver::name).forEach(drivers::add);
        Instant now = context.clock().instant();
        try {
            store.alive(context.host(), drivers);
            toldAt = now;
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
