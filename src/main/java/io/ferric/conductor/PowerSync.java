package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.Findings;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is recorded of every server's power with what its BMC says. Source: Ironic's power sync; unlike there a
 * failed look never forgets the power that was seen last, and a slow BMC does not keep the others waiting.
 */
final class PowerSync {
    /** What a node's {@code fault} says when its power could not be read or set. */
    static final String FAULT = "power failure";

    private static final Logger LOG = LoggerFactory.getLogger(PowerSync.class);
    private static final String STEP = "power sync";

    private final Context context;
    private final NodeStore nodes;
    private final Reservations reservations;
    private final Map<UUID, Integer> failures = new ConcurrentHashMap<>();

    PowerSync(Context context, Reservations reservations) {
        this.context = context;
        this.nodes = context.database().nodes();
        this.reservations = reservations;
    }

    /** Looks at every node once; returns when all have been looked at or the thread is interrupted. */
    void run() {
        List<Callable<Void>> looks = new ArrayList<>();
        for (Node node : nodes.list(NodeQuery.unlimited().withoutDocuments())) {
            if (wanted(node)) {
                looks.add(() -> look(node.uuid()));
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(
                Math.max(1, Math.min(looks.size(), context.config().periodicMaxWorkers())));
        try {
            pool.invokeAll(looks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
        }
    }

    private static boolean wanted(Node node) {
        ProvisionState state = node.provisionState();
        boolean atRest = !state.underWay() && state != ProvisionState.ENROLL;
        return atRest && node.reservation().isEmpty() && (!node.maintenance().on() || ours(node.maintenance()));
    }

    /** Maintenance that this class has set it may also end. */
    private static boolean ours(Maintenance maintenance) {
        return maintenance.fault().filter(FAULT::equals).isPresent();
    }

    private Void look(UUID uuid) {
        Optional<Reservations.Held> hold = reservations.tryHold(uuid);
        if (hold.isEmpty()) {
            return null;
        }
        try {
            nodes.find(uuid)
                    .filter(this::stillWanted)
                    .ifPresent(node -> sync(hold.get().hold(), node));
        } catch (RuntimeException e) {
            LOG.error("power sync of node {} failed", uuid, e);
        } finally {
            hold.get().close();
        }
        return null;
    }

    private boolean stillWanted(Node node) {
        return wanted(new Node(
                node.uuid(),
                node.spec(),
                node.status(),
                node.maintenance(),
                Optional.empty(),
                node.allocation(),
                node.createdAt(),
                node.updatedAt()));
    }

    private void sync(Hold hold, Node node) {
        NodeTask task = NodeTask.working(context, hold, "power sync", node, 1);
        Findings findings = new Findings();
        task.driver().power().validate(task, findings);
        if (!findings.isEmpty() && node.status().power().isEmpty()) {
            return;
        }
        try {
            findings.throwIfAny();
            PowerState seen = task.driver().power().state(task);
            if (seen == PowerState.ERROR) {
                unreadable(task, "the BMC gives no usable power state");
            } else {
                readable(task, seen);
            }
        } catch (RuntimeException e) {
            unreadable(task, Failures.inPlainWords(node.uuid(), e));
        }
    }

    private void unreadable(NodeTask task, String why) {
        int count = failures.merge(task.node().uuid(), 1, Integer::sum);
        LOG.warn("node {}: power cannot be read ({} times): {}", task.node().uuid(), count, why);
        if (count >= context.config().powerStateSyncMaxRetries()
                && !task.node().maintenance().on()) {
            takeOut(task, "The power state could not be read " + count + " times: " + why);
        }
    }

    private void readable(NodeTask task, PowerState seen) {
        if (ours(task.node().maintenance())) {
            failures.remove(task.node().uuid());
            if (nodes.bringBackFrom(task.node().uuid(), FAULT)) {
                task.note(STEP, "The BMC answers again: out of maintenance", Level.INFO);
            }
            task.savePower(Optional.of(seen), Optional.empty());
            return;
        }
        Optional<PowerState> recorded = task.node().status().power().filter(state -> state != PowerState.ERROR);
        if (recorded.isEmpty() || recorded.get() == seen) {
            failures.remove(task.node().uuid());
            if (recorded.isEmpty()) {
                task.savePower(Optional.of(seen), Optional.empty());
            }
        } else if (!context.config().forcePowerStateDuringSync()) {
            task.note(STEP, "The server is found " + seen + " instead of " + recorded.get(), Level.WARNING);
            task.savePower(Optional.of(seen), Optional.empty());
        } else {
            putBack(task, seen, recorded.get());
        }
    }

    private void putBack(NodeTask task, PowerState seen, PowerState recorded) {
        UUID uuid = task.node().uuid();
        if (failures.getOrDefault(uuid, 0) >= context.config().powerStateSyncMaxRetries()) {
            task.savePower(Optional.of(seen), Optional.empty());
            takeOut(task, "The server is " + seen + " and could not be brought to " + recorded);
            return;
        }
        failures.merge(uuid, 1, Integer::sum);
        task.note(STEP, "The server is found " + seen + " and is put back to " + recorded, Level.WARNING);
        try {
            task.changePower(recorded == PowerState.ON ? PowerAction.ON : PowerAction.OFF, Optional.empty());
        } catch (RuntimeException e) {
            task.note(STEP, "It could not be put back: " + Failures.inPlainWords(uuid, e), Level.WARNING);
        }
    }

    private void takeOut(NodeTask task, String why) {
        String reason = "During the power sync: " + why + ". The node is out of service until the power works.";
        Maintenance ours = new Maintenance(true, Optional.of(reason), Optional.of(FAULT));
        if (!nodes.takeOutOfService(task.node().uuid(), ours)) {
            return; // an operator was quicker, and may have reasons of their own
        }
        task.saveLastError(Optional.of(reason));
        task.note(STEP, reason, Level.ERROR);
    }
}
