package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.Findings;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore.Hold;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Power actions that callers ask for. Source: Ironic's node_power_action. */
final class PowerActions {
    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Workers workers;
    private final Map<String, NodeTask> running = new ConcurrentHashMap<>();
    private static final Set<ProvisionState> BEING_CLEANED =
            EnumSet.of(ProvisionState.CLEANING, ProvisionState.CLEAN_WAIT);

    private volatile boolean closing;

    PowerActions(Context context, NodeRegistry nodes, Reservations reservations, Workers workers) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
        this.workers = workers;
    }

    /** What is asked of the power, and how long it may take; empty for what is configured. */
    private record Order(PowerAction action, Optional<Duration> timeout) {}

    /**
     * Begins the action; fails at once when the node's settings are wrong, its driver does not do this, it is held, or no
     * worker is free.
     */
    void begin(String id, PowerAction action, Optional<Duration> timeout) {
        UUID uuid = nodes.node(id).uuid();
        try (Reservations.Held held = reservations.hold(uuid)) {
            Node node = nodes.node(uuid);
            refuseDuringCleaning(node);
            NodeTask looking = NodeTask.looking(context, node);
            Findings findings = new Findings();
            looking.driver().power().validate(looking, findings);
            findings.throwIfAny();
            refuseUnsupported(looking, action);
            String work = "power/" + UUID.randomUUID();
            workers.claim(work);
            announce(work, held.hold(), node, action);
            held.handOver();
            workers.run(work, () -> work(work, held.hold(), new Order(action, timeout)));
        }
    }

    /** Source: Ironic; a server that is being erased would stay so, half erased, until its time is over. */
    private static void refuseDuringCleaning(Node node) {
        if (BEING_CLEANED.contains(node.provisionState())) {
            throw new InvalidRequest(
                    FaultCode.INVALID_STATE_REQUESTED,
                    "The power of node " + node.uuid() + " can not be changed while it is " + node.provisionState(),
                    "Wait until it is clean, or abort the cleaning.");
        }
    }

    private static void refuseUnsupported(NodeTask task, PowerAction action) {
        Set<PowerAction> supported = task.driver().power().supported(task);
        if (!supported.contains(action)) {
            String others =
                    supported.stream().sorted().map(PowerAction::wireName).collect(Collectors.joining(", "));
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "'target' is '" + action.wireName() + "', which driver "
                            + task.node().spec().driver() + " does not support",
                    "It supports " + others + ".");
        }
    }

    private void announce(String work, Hold hold, Node node, PowerAction action) {
        NodeStore store = context.database().nodes();
        try {
            reservations.storing(hold, () -> {
                store.savePower(node.uuid(), node.status().power(), Optional.of(action));
                store.saveLastError(node.uuid(), Optional.empty());
                return true;
            });
        } catch (RuntimeException | Error e) {
            workers.done(work);
            throw e;
        }
    }

    private void work(String work, Hold hold, Order order) {
        boolean over = true;
        try {
            over = act(work, NodeTask.working(context, hold, nodes.node(hold.node())), order);
        } finally {
            // a cancelled action keeps target and hold: whoever takes it up tells the operator and lets go of both
            if (over) {
                letGo(hold);
            } else if (!closing) {
                reservations.owe(hold);
            }
        }
    }

    /** However the action ended, the node does not go on saying that its power is being changed. */
    private void letGo(Hold hold) {
        NodeStore store = context.database().nodes();
        try {
            reservations.storing(hold, () -> store.find(hold.node())
                    .filter(node -> node.status().targetPower().isPresent())
                    .map(node -> {
                        store.savePower(node.uuid(), node.status().power(), Optional.empty());
                        return node;
                    }));
        } finally {
            reservations.release(hold);
        }
    }

    /** Returns false when the action was cancelled. */
    private boolean act(String work, NodeTask task, Order order) {
        running.put(work, task);
        try {
            if (closing) {
                task.cancel();
            }
            act(task, order);
            return task.finish();
        } finally {
            running.remove(work);
            task.finish();
        }
    }

    private static void act(NodeTask task, Order order) {
        PowerAction action = order.action();
        try {
            if (task.changePower(action, order.timeout())) {
                task.note("power", "The power action '" + action.wireName() + "' is done", Level.INFO);
            } else {
                task.note(
                        "power",
                        "Nothing to do for '" + action.wireName() + "': the server is so already",
                        Level.WARNING);
            }
        } catch (RuntimeException | LinkageError e) {
            if (task.cancelled()) {
                return;
            }
            String error = "Failed to change power state to '" + action.wireName() + "'. Error: "
                    + Failures.inPlainWords(task.node().uuid(), e);
            task.savePower(task.node().status().power(), Optional.empty());
            task.saveLastError(Optional.of(error));
            task.note("power", error, Level.ERROR);
        }
    }

    /** Whether one is being done. */
    boolean busy() {
        return !running.isEmpty();
    }

    /** Makes actions that run let go. */
    void close() {
        closing = true;
        running.values().forEach(NodeTask::cancel);
    }
}
