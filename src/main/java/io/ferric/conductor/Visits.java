package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.CallerToken;
import io.ferric.driver.DeployInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Driver;
import io.ferric.driver.Findings;
import io.ferric.driver.Step.Use;
import io.ferric.driver.VendorInterface;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.node.Secret;
import io.ferric.store.ReservationStore;
import io.ferric.store.ReservationStore.Hold;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work of visits. A visit can be begun again at any time until Settlement has ended it. */
final class Visits {
    private static final Logger LOG = LoggerFactory.getLogger(Visits.class);

    /** In {@code instance_info}, while a server is being rescued. */
    static final String RESCUE_PASSWORD = "rescue_password";

    private final Context context;
    private final Settlement settlement;
    private final Workers workers;
    private final Map<Hold, NodeTask> running = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Visits(Context context, Settlement settlement, Workers workers) {
        this.context = context;
        this.settlement = settlement;
        this.workers = workers;
    }

    /** How the work of a visit ended: well, or with a reason. */
    private sealed interface Result {
        record Awaiting() implements Result {}

        record Held() implements Result {}

        record Done() implements Result {}

        record TornDown() implements Result {}

        /** @param wanted whether that is what an operator asked for */
        record Failed(String reason, boolean wanted) implements Result {
            Failed(String reason) {
                this(reason, false);
            }
        }
    }

    /** Returns whether the visit is over; false when it was cancelled and must be run again by the next start. */
    boolean run(Visit visit) {
        if (closing) {
            return false;
        }
        workers.adopt(visit.id());
        try {
            Hold hold = Hold.of(visit.node());
            Optional<ReservationStore.Visit> record =
                    context.database().reservations().begin(hold, visit.id(), context.host());
            Optional<Node> node = context.database().nodes().find(visit.node());
            // neither means that the visit was settled just before a crash, or the node was deleted
            return record.isEmpty() || node.isEmpty() || run(hold, visit, record.get(), node.get());
        } finally {
            workers.done(visit.id());
        }
    }

    private boolean run(Hold hold, Visit visit, ReservationStore.Visit record, Node node) {
        NodeTask task = NodeTask.working(context, hold, visit.kind().words(), node, record.attempts());
        running.put(hold, task);
        try {
            if (closing) {
                task.cancel();
            }
            settle(visit, task, work(visit, record, task));
            return task.finish();
        } catch (RuntimeException e) {
            if (task.cancelled()) {
                tellLetGo(visit);
                return false;
            }
            throw e;
        } finally {
            task.finish();
            running.remove(hold);
        }
    }

    private void tellLetGo(Visit visit) {
        if (closing) {
            LOG.info("node {}: let go of {}, to be run again", visit.node(), visit.kind());
        } else {
            LOG.warn(
                    "node {}: let go of {}: another conductor has taken it over, or the database cannot tell",
                    visit.node(),
                    visit.kind());
        }
    }

    private void settle(Visit visit, NodeTask task, Result result) {
        // the visit that hands it on is over; had it to run again it would need it
        task.forget(CallerToken.REMEMBERED);
        if (result instanceof Result.Failed failed) {
            settle(visit, task, failed);
        } else if (!task.finish()) {
            LOG.info("node {}: {} is done but not settled, to be run again", visit.node(), visit.kind());
        } else if (result instanceof Result.Awaiting) {
            settlement.waiting(task, visit);
        } else if (result instanceof Result.Held) {
            settlement.held(task, visit);
        } else if (result instanceof Result.TornDown) {
            settlement.tornDown(task, visit);
        } else {
            settlement.done(task, visit);
        }
    }

    private void settle(Visit visit, NodeTask task, Result.Failed failed) {
        if (failed.wanted()) {
            settlement.aborted(task, visit, failed.reason());
        } else {
            settlement.failed(task, visit, failed.reason());
        }
    }

    private Result work(Visit visit, ReservationStore.Visit record, NodeTask task) {
        if (record.failure().isPresent()) {
            return new Result.Failed(record.failure().get());
        }
        if (record.attempts() > context.config().visitAttempts()) {
            return new Result.Failed("Failed to " + visit.kind().words() + ". Error: the conductor was stopped in the"
                    + " middle of the work " + (record.attempts() - 1) + " times and gives up.");
        }
        if (record.attempts() > 1) {
            task.note(
                    visit.kind().words(),
                    "Taking up the work again after the conductor was stopped in it (attempt " + record.attempts()
                            + ")",
                    Level.WARNING);
        }
        try {
            return perform(visit, task);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError | OutOfMemoryError e) {
            if (task.cancelled() || !task.stillHeld()) {
                throw new Cancelled(e);
            }
            return new Result.Failed(
                    "Failed to " + visit.kind().words() + ". Error: " + Failures.inPlainWords(visit.node(), e));
        }
    }

    private Result perform(Visit visit, NodeTask task) {
        return switch (visit.kind()) {
            case VERIFY -> verify(task);
            case INSPECT -> inspect(task);
            case DEPLOY -> deploy(task, visit);
            case RESUME -> resume(task, visit);
            case TEAR_DOWN -> tearDown(task);
            case CLEAN -> steps(task, visit, Use.CLEAN);
            case SERVICE -> steps(task, visit, Use.SERVICE);
            case ADOPT -> adopt(task);
            case RESCUE -> rescue(task);
            case UNRESCUE -> unrescue(task);
            case TIMEOUT -> new Result.Failed(silence(task));
            case ABORT ->
                new Result.Failed(
                        "The " + work(task.node().provisionState()) + " was aborted because an operator asked for it.",
                        true);
            case STRANDED ->
                new Result.Failed("The conductor was stopped while the node was "
                        + task.node().provisionState() + ", and nothing tells how to go on. "
                        + "Look at the server, then begin anew.");
        };
    }

    /** What is under way in a state, in a word. */
    private static String work(ProvisionState state) {
        return switch (state) {
            case CLEANING, CLEAN_WAIT, CLEAN_HOLD -> "cleaning";
            case SERVICING, SERVICE_WAIT, SERVICE_HOLD -> "service";
            case RESCUING, RESCUE_WAIT -> "rescue";
            case INSPECTING, INSPECT_WAIT -> "inspection";
            default -> "deploy";
        };
    }

    private static Result steps(NodeTask task, Visit visit, Use use) {
        Findings findings = new Findings();
        task.driver().power().validate(task, findings);
        findings.throwIfAny();
        return switch (new StepWork(task, use).perform(visit.id(), visit.call())) {
            case DONE -> new Result.Done();
            case AWAITS_RAMDISK -> new Result.Awaiting();
            case HELD -> new Result.Held();
            case ABORTED ->
                new Result.Failed(
                        "The " + work(task.node().provisionState())
                                + " was aborted because an operator asked for it, after the step under way was done.",
                        true);
        };
    }

    /** Looks whether the server can be managed and its instance torn down one day; does not touch it. */
    private static Result adopt(NodeTask task) {
        Findings findings = new Findings();
        task.driver().deploy().validate(task, findings);
        findings.throwIfAny();
        return verify(task);
    }

    private static Result rescue(NodeTask task) {
        Secret password = task.node()
                .instanceInfo()
                .secret(RESCUE_PASSWORD)
                .orElseThrow(() -> new OperationFailed(
                        FaultCode.INTERNAL_ERROR, "The rescue password is gone", "Ask for the rescue again."));
        return result(Rescues.of(task.driver()).rescue(task, password));
    }

    private static Result unrescue(NodeTask task) {
        Rescues.of(task.driver()).unrescue(task);
        task.removeInstanceInfo(RESCUE_PASSWORD);
        return new Result.Done();
    }

    private static Result verify(NodeTask task) {
        Driver driver = task.driver();
        Findings findings = new Findings();
        driver.power().validate(task, findings);
        driver.management().validate(task, findings);
        findings.throwIfAny();
        PowerState state = driver.power().state(task);
        if (state == PowerState.ERROR) {
            throw new OperationFailed(
                    FaultCode.POWER_STATE_FAILURE,
                    "The BMC answers, but the server's power is neither on nor off",
                    "Look at the server's console.");
        }
        task.savePower(Optional.of(state), Optional.empty());
        BootLook.at(task);
        return new Result.Done();
    }

    private Result inspect(NodeTask task) {
        Inspector inspector = new Inspector(context);
        inspector.inspect(task);
        BootLook.at(task);
        return new Result.Done();
    }

    private static Result deploy(NodeTask task, Visit visit) {
        boolean toBeDone = StepPlan.of(task.node(), Use.DEPLOY).isPresent();
        if (toBeDone && new StepWork(task, Use.DEPLOY).perform(visit.id(), Optional.empty()) == StepWork.End.HELD) {
            return new Result.Held();
        }
        task.driver().deploy().prepare(task);
        return result(task.driver().deploy().deploy(task));
    }

    private Result resume(NodeTask task, Visit visit) {
        VendorInterface vendor = context.vendorOf(task.node());
        return result(vendor.resume(task, visit.call().orElseThrow()));
    }

    private static Result result(DeployOutcome outcome) {
        return outcome instanceof DeployOutcome.AwaitingRamdisk ? new Result.Awaiting() : new Result.Done();
    }

    private static Result tearDown(NodeTask task) {
        DeployInterface deploy = task.driver().deploy();
        try {
            deploy.cleanUp(task);
        } catch (RuntimeException | Error e) {
            powerOffAnyway(deploy, task, e);
            throw e;
        }
        deploy.tearDown(task);
        return new Result.TornDown();
    }

    /** Whatever could not be removed: a server that is given back must not run on. */
    private static void powerOffAnyway(DeployInterface deploy, NodeTask task, Throwable first) {
        if (task.cancelled()) {
            return;
        }
        try {
            deploy.tearDown(task);
        } catch (RuntimeException | Error e) {
            first.addSuppressed(e);
        }
    }

    private String silence(NodeTask task) {
        Node node = task.node();
        StringBuilder reason = new StringBuilder("Timeout reached while waiting for callback for node " + node.uuid());
        context.journal().lastRefusal(node.uuid()).ifPresent(refusal -> reason.append(". ")
                .append(refusal));
        explanation(task)
                .ifPresent(explanation -> reason.append(reason.toString().endsWith(".") ? " " : ". ")
                        .append(explanation));
        return reason.toString();
    }

    private static Optional<String> explanation(NodeTask task) {
        try {
            return task.driver().deploy().explainSilence(task);
        } catch (RuntimeException e) {
            task.checkCancelled();
            Failures.inPlainWords(task.node().uuid(), e);
            return Optional.empty();
        }
    }

    /** Whether one is being worked on. */
    boolean busy() {
        return !running.isEmpty();
    }

    /** Begins no more visits and makes those that run let go. */
    void close() {
        closing = true;
        running.values().forEach(NodeTask::cancel);
    }

    /** The driver has let go of its work because it was told to. */
    private static final class Cancelled extends RuntimeException {
        Cancelled(Throwable cause) {
            super(cause);
        }
    }
}
