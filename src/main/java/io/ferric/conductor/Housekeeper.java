package io.ferric.conductor;

import io.ferric.driver.Housekeeping;
import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what was left behind: in the database itself and in stores, by one conductor for all; on its own machine, by
 * each. Asks every driver that keeps something outside of the database.
 */
final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    private final Context context;
    private final Reservations reservations;
    private final AtomicReference<Set<Leftover>> told = new AtomicReference<>(Set.of());
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("ferric-tidy"));

    Housekeeper(Context context, Reservations reservations) {
        this.context = context;
        this.reservations = reservations;
    }

    /** Looks at this machine now and then, beginning now, in the interval of the sweeps. */
    void start() {
        long interval = context.config().orphanSweepInterval().toMillis();
        if (interval > 0) {
            timer.scheduleWithFixedDelay(this::tidy, 0, interval, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Clears what lies on this machine of nodes whose work has ended elsewhere. */
    void tidy() {
        askAll(housekeeping -> housekeeping.tidy(this::ifAtRest)).leftovers().forEach(Housekeeper::log);
    }

    private boolean ifAtRest(UUID uuid, Runnable work) {
        if (!isNode(uuid)) {
            work.run();
            return true;
        }
        Optional<Reservations.Held> hold = reservations.tryHold(uuid);
        if (hold.isEmpty()) {
            return false;
        }
        try (Reservations.Held held = hold.get()) {
            boolean atRest = context.database()
                    .nodes()
                    .find(held.hold().node())
                    .filter(node -> node.provisionState().underWay())
                    .isEmpty();
            if (atRest) {
                work.run();
            }
            return atRest;
        }
    }

    SweepReport sweep() {
        SweepReport report = strayUses().and(askAll(housekeeping -> housekeeping.sweep(this::isNode)));
        news(report.leftovers()).forEach(Housekeeper::log);
        return report;
    }

    /** What was told by the sweep before, and is as it was, is not told again. */
    List<Leftover> news(List<Leftover> found) {
        Set<Leftover> before = told.getAndSet(Set.copyOf(found));
        return found.stream().filter(each -> !before.contains(each)).toList();
    }

    /** Nodes give back what they use when they are deleted; this is for what a database was repaired by hand. */
    private SweepReport strayUses() {
        int uses = context.database().sharedObjects().removeUsersWithoutNode();
        return uses == 0
                ? SweepReport.CLEAN
                : one(Fate.DELETED, uses + " uses of shared objects", "by nodes that are no more");
    }

    private boolean isNode(UUID uuid) {
        return context.database().nodes().find(uuid).isPresent();
    }

    private SweepReport askAll(Function<Housekeeping, SweepReport> question) {
        return context.drivers().all().stream()
                .flatMap(driver -> driver.housekeeping().stream().map(asked -> ask(driver.name(), asked, question)))
                .reduce(SweepReport.CLEAN, SweepReport::and);
    }

    private static SweepReport ask(
            String driver, Housekeeping housekeeping, Function<Housekeeping, SweepReport> question) {
        try {
            return question.apply(housekeeping);
        } catch (RuntimeException | LinkageError e) {
            return one(Fate.FAILED, "driver " + driver, String.valueOf(e.getMessage()));
        }
    }

    private static SweepReport one(Fate fate, String name, String why) {
        return new SweepReport(List.of(new Leftover(fate, name, why)));
    }

    private static void log(Leftover leftover) {
        if (leftover.fate() == Fate.DELETED) {
            LOG.info("sweep: deleted {}: {}", leftover.name(), leftover.why());
        } else {
            LOG.warn("sweep: {} ({}): {}", leftover.name(), leftover.fate(), leftover.why());
        }
    }
}
