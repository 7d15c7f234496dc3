package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Housekeeping;
import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what was left behind: in the database itself, then by every driver that keeps something outside of it. */
final class Housekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);

    private final Context context;
    private final AtomicReference<Set<Leftover>> told = new AtomicReference<>(Set.of());

    Housekeeper(Context context) {
        this.context = context;
    }

    SweepReport sweep() {
        SweepReport report = strayUses();
        for (Driver driver : context.drivers().all()) {
            if (driver.housekeeping().isPresent()) {
                report = report.and(ask(driver.name(), driver.housekeeping().get()));
            }
        }
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

    private SweepReport ask(String driver, Housekeeping housekeeping) {
        try {
            return housekeeping.sweep(
                    node -> context.database().nodes().find(node).isPresent());
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
