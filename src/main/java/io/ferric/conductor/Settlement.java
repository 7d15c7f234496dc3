package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Lifecycle.Move;
import io.ferric.node.Maintenance;
import io.ferric.node.Masking;
import io.ferric.node.Node;
import io.ferric.node.NodeStatus;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.store.ReservationStore;
import io.ferric.store.ReservationStore.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that changes a node's provision state. Every change is one transaction with what belongs to it: the visit
 * that is scheduled, the timeout that is armed, the reservation that is given back, the history. So there is no moment at
 * which a dead conductor leaves a node that nobody will work on.
 */
final class Settlement {
    /** The fault that takes a node out of service whose cleaning failed. Source: Ironic's faults. */
    static final String CLEAN_FAILURE = "clean failure";

    private final Context context;
    private final Database database;
    private final ReservationStore reservations;
    private final Agenda agenda;
    private final RebuildOptions rebuildOptions;

    Settlement(Context context, Agenda agenda) {
        this.context = context;
        this.database = context.database();
        this.reservations = database.reservations();
        this.agenda = agenda;
        this.rebuildOptions = new RebuildOptions(database.nodes());
    }

    /**
     * Moves a node that is held, through states in which there is nothing to do, and schedules the visit that goes on with it, which keeps the hold.
     *
     * @param alongside what must be stored in the same transaction
     */
    void begin(Hold hold, Node node, List<Event> events, Visit visit, Runnable alongside) {
        Moves moves = new Moves(node);
        database.inTransaction(() -> {
            assign(hold, visit);
            events.forEach(event -> moves.make(event, Optional.empty()));
            alongside.run();
        });
        moves.tell();
        agenda.wakeUp();
    }

    /** Schedules a visit for a node that is held and stays in its state until the visit is over. */
    void begin(Hold hold, Visit visit) {
        database.inTransaction(() -> assign(hold, visit));
        agenda.wakeUp();
    }

    private void assign(Hold hold, Visit visit) {
        if (!reservations.assign(hold, visit.id())) {
            throw Reservations.lost(hold);
        }
        agenda.schedule(visit, context.now());
    }

    /** Moves a node that is held through states in which there is nothing to do. */
    void move(Hold hold, Node node, Event... events) {
        Moves moves = new Moves(node);
        database.inTransaction(() -> {
            if (!reservations.lock(hold)) {
                throw Reservations.lost(hold);
            }
            for (Event event : events) {
                moves.make(event, Optional.empty());
            }
        });
        moves.tell();
    }

    /** The visit is over and the node waits for its ramdisk. */
    void waiting(NodeTask task, Visit visit) {
        Moves moves = new Moves(task.node());
        database.inTransaction(() -> {
            arm(moves.make(Event.WAIT, Optional.empty()));
            end(task, visit);
        });
        moves.tell();
        agenda.wakeUp();
    }

    /** The visit is over and the node waits for an operator, for as long as it takes. */
    void held(NodeTask task, Visit visit) {
        Moves moves = new Moves(task.node());
        database.inTransaction(() -> {
            moves.make(Event.HOLD, Optional.empty());
            end(task, visit);
        });
        moves.tell();
    }

    /** Sees to it that a node which waits for its ramdisk does not wait for ever; harmless when that is seen to. */
    void arm(Node waiting) {
        Duration timeout = patience(waiting.provisionState());
        if (!timeout.isZero()) {
            Instant since = waiting.status().provisionUpdatedAt().orElseGet(context::now);
            agenda.schedule(Wait.of(waiting.uuid(), since), since.plus(timeout));
        }
    }

    private Duration patience(ProvisionState waiting) {
        return switch (waiting) {
            case CLEAN_WAIT -> context.config().cleanCallbackTimeout();
            case RESCUE_WAIT -> context.config().rescueCallbackTimeout();
            case SERVICE_WAIT -> context.config().serviceCallbackTimeout();
            default -> context.config().deployCallbackTimeout();
        };
    }

    /** The visit is over and did what it should. */
    void done(NodeTask task, Visit visit) {
        Moves moves = new Moves(task.node());
        database.inTransaction(() -> {
            moves.make(ending(task.node()), Optional.empty());
            rebuildOptions.drop(task.node());
            noteInspected(task.node(), visit, Optional.of(context.now()));
            end(task, visit);
        });
        moves.tell();
    }

    /** Who asked for cleaning keeps the node, and a retired one is given to nobody. */
    private static Event ending(Node node) {
        boolean kept = node.provisionState() == ProvisionState.CLEANING
                && (node.details().guard().retired()
                        || node.status().targetProvision().equals(Optional.of(ProvisionState.MANAGEABLE)));
        return kept ? Event.KEPT : Event.DONE;
    }

    private void noteInspected(Node node, Visit visit, Optional<Instant> well) {
        if (visit.kind() == Visit.Kind.INSPECT) {
            database.nodes().saveObserved(node.uuid(), node.status().observed().inspected(well));
        }
    }

    /** The instance is gone; the node is cleaned by a visit of its own, if there is anything to do. */
    void tornDown(NodeTask task, Visit visit) {
        Node node = task.node();
        List<StepCall> steps = new StepBook(context).automatic(node);
        Moves moves = new Moves(node);
        database.inTransaction(() -> {
            Node cleaning = moves.make(Event.TORN_DOWN, Optional.empty());
            node.allocation().ifPresent(database.allocations()::delete);
            database.nodes().saveInstanceInfo(node.uuid(), Map.of());
            if (steps.isEmpty()) {
                database.nodes().saveInternalInfo(node.uuid(), Map.of());
                moves.make(ending(cleaning), Optional.empty());
                end(task, visit);
            } else {
                database.nodes()
                        .saveInternalInfo(
                                node.uuid(), StepPlan.of(Use.CLEAN, steps).kept());
                assign(task.hold(), Visit.of(node.uuid(), Visit.Kind.CLEAN));
            }
        });
        moves.tell();
        agenda.wakeUp();
    }

    /**
     * The visit failed. The reason is stored first, so that a conductor that dies here is followed by one that goes on
     * here; then the server is cleaned up and, when the deploy had touched it, switched off, whatever of that is possible;
     * the state comes last, together with {@code last_error}, when nothing can overwrite it any more.
     */
    void failed(NodeTask task, Visit visit, String why) {
        fail(task, visit, why, Optional.of(CLEAN_FAILURE));
    }

    /** As {@link #failed}, but an operator wanted it: that a cleaning ends is then no fault of the server. */
    void aborted(NodeTask task, Visit visit, String why) {
        fail(task, visit, why, Optional.empty());
    }

    /** @param fault that takes the node out of service when it was being cleaned */
    private void fail(NodeTask task, Visit visit, String why, Optional<String> fault) {
        String reason = Masking.text(why);
        Node node = task.node();
        if (!reservations.noteFailure(task.hold(), visit.id(), reason)) {
            throw Reservations.lost(task.hold());
        }
        task.note(visit.kind().words(), reason, Level.ERROR);
        cleanUp(task);
        if (task.finish()) {
            giveUp(task, visit, reason, fault);
        }
    }

    /** Takes away what the work that failed may have left at the server. */
    private void cleanUp(NodeTask task) {
        switch (task.node().provisionState()) {
            case DEPLOYING, WAIT_CALL_BACK, DEPLOY_HOLD -> {
                boolean touched = touched(task);
                if (StepPlan.of(task.node(), Use.DEPLOY).isPresent()) {
                    cleanUpSteps(task);
                }
                attempt(task, "clean up", () -> task.driver().deploy().cleanUp(task));
                if (touched) {
                    attempt(task, "power off", () -> task.setPower(PowerAction.OFF));
                }
            }
            case CLEANING, CLEAN_WAIT, CLEAN_HOLD, SERVICING, SERVICE_WAIT, SERVICE_HOLD -> cleanUpSteps(task);
            case RESCUING, RESCUE_WAIT ->
                attempt(task, "clean up", () -> task.driver().rescue().ifPresent(rescue -> rescue.cleanUp(task)));
            default -> {
                // nothing was at the server
            }
        }
        forgetPlans(task);
    }

    private void cleanUpSteps(NodeTask task) {
        attempt(task, "clean up", () -> task.driver().steps().ifPresent(steps -> steps.cleanUp(task)));
    }

    private static void forgetPlans(NodeTask task) {
        StepPlan.of(task.node()).ifPresent(plan -> task.change(Map.of(), StepPlan.keys(plan.use())));
        task.removeInstanceInfo(Visits.RESCUE_PASSWORD);
    }

    /** A driver that cannot tell is taken to have touched it. */
    private static boolean touched(NodeTask task) {
        try {
            return task.driver().deploy().touched(task);
        } catch (RuntimeException | LinkageError e) {
            return true;
        }
    }

    private void giveUp(NodeTask task, Visit visit, String reason, Optional<String> fault) {
        Event event = visit.kind() == Visit.Kind.ABORT ? Event.ABORT : Event.FAIL;
        Node node = task.node();
        Moves moves = new Moves(node);
        database.inTransaction(() -> {
            Node failed = moves.make(event, Optional.of(reason));
            rebuildOptions.drop(node);
            noteInspected(node, visit, Optional.empty());
            if (failed.provisionState() == ProvisionState.CLEAN_FAILED && fault.isPresent()) {
                // nobody may be given a server that is half clean; manage brings it back
                database.nodes().takeOutOfService(node.uuid(), new Maintenance(true, Optional.of(reason), fault));
            }
            if (visit.kind() == Visit.Kind.TEAR_DOWN) {
                // what the driver remembers stays: the next tear-down needs it to remove what this one could not
                database.nodes().saveInstanceInfo(node.uuid(), Map.of());
            }
            end(task, visit);
        });
        moves.tell();
    }

    /** What fails here is told and else passed over, so that one thing that cannot be undone does not stop the next. */
    private void attempt(NodeTask task, String step, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            if (task.cancelled()) {
                throw e;
            }
            task.note(
                    step,
                    "Failed to " + step + ": "
                            + Failures.inPlainWords(task.node().uuid(), e) + " The server may need a look.",
                    Level.WARNING);
        }
    }

    private void end(NodeTask task, Visit visit) {
        Node node = task.node();
        if (node.status().targetPower().isPresent()) {
            database.nodes().savePower(node.uuid(), node.status().power(), Optional.empty());
        }
        if (!reservations.end(task.hold(), visit.id())) {
            throw Reservations.lost(task.hold());
        }
    }

    /** Moves of one node in one transaction. */
    private final class Moves {
        private final List<Node> stations = new ArrayList<>();

        Moves(Node start) {
            stations.add(start);
        }

        Node make(Event event, Optional<String> error) {
            Node from = stations.get(stations.size() - 1);
            Move move = Lifecycle.move(from.provisionState(), event)
                    .orElseThrow(
                            () -> new IllegalStateException("no move from " + from.provisionState() + " on " + event));
            NodeStatus after = from.status().after(move, context.now());
            NodeStatus to = error.isPresent() ? after.withLastError(error) : after;
            if (!database.nodes().move(from.uuid(), move.from(), to)) {
                throw new IllegalStateException("node " + from.uuid() + " is no longer " + move.from());
            }
            context.journal().keepMove(from.uuid(), move.from(), move.to());
            Node moved = from.with(to);
            stations.add(moved);
            return moved;
        }

        void tell() {
            for (int i = 1; i < stations.size(); i++) {
                Node from = stations.get(i - 1);
                context.journal()
                        .tellMove(
                                from.uuid(),
                                from.provisionState(),
                                stations.get(i).provisionState());
            }
        }
    }
}
