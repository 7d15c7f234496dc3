package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.Unsupported;
import io.ferric.driver.VendorCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has a driver do the steps of a node's plan, one after the other. Can be begun again at any time: steps that are done are
 * not done again, the one that was under way is.
 */
final class StepWork {
    /** How far it came. */
    enum End {
        DONE,
        AWAITS_RAMDISK,
        HELD,
        /** A step that could not be left in the middle is done, and an operator wants nothing to follow it. */
        ABORTED
    }

    private final NodeTask task;
    private final Use use;

    StepWork(NodeTask task, Use use) {
        this.task = task;
        this.use = use;
    }

    /**
     * Does what is left of the plan.
     *
     * @param visit which visit does it
     * @param call of the ramdisk that the step under way waited for
     */
    End perform(String visit, Optional<VendorCall> call) {
        Optional<VendorCall> ramdisk = call.filter(unused -> !wentOn(visit));
        for (Optional<StepPlan> plan = plan(); plan.isPresent(); plan = plan()) {
            Optional<StepCall> step = plan.get().current();
            if (step.isEmpty()) {
                break;
            }
            End end = perform(plan.get(), step.get(), ramdisk, visit);
            if (end != End.DONE) {
                return end;
            }
            ramdisk = Optional.empty();
        }
        task.driver().steps().ifPresent(steps -> steps.cleanUp(task));
        task.change(Map.of(), StepPlan.keys(use));
        return End.DONE;
    }

    private End perform(StepPlan plan, StepCall step, Optional<VendorCall> ramdisk, String visit) {
        task.checkCancelled();
        if (step.name().equals(StepBook.HOLD)) {
            task.note(step.toString(), "Waiting for an operator to ask for 'unhold'", Level.INFO);
            // still the step under way: a visit that runs again must hold again, and only the operator goes past it
            return End.HELD;
        }
        StepsInterface steps = task.driver().steps().orElseThrow(() -> Unsupported.because("the step " + step));
        task.note(step.toString(), ramdisk.isPresent() ? "Going on with the ramdisk" : "Begins", Level.INFO);
        DeployOutcome outcome = ramdisk.isPresent() ? steps.resume(task, step, ramdisk.get()) : steps.run(task, step);
        if (outcome instanceof DeployOutcome.AwaitingRamdisk) {
            return End.AWAITS_RAMDISK;
        }
        task.note(step.toString(), "Done", Level.INFO);
        Map<String, Object> after = new LinkedHashMap<>(plan.next().kept());
        ramdisk.ifPresent(unused -> after.put(plan.resumedBy(), visit));
        task.change(after, Set.of());
        if (task.node().status().internalInfo().containsKey(plan.abort())) {
            return End.ABORTED;
        }
        return End.DONE;
    }

    /** Whether an earlier run of this visit has gone on with the ramdisk's step already. */
    private boolean wentOn(String visit) {
        return plan().map(
                        plan -> visit.equals(task.node().status().internalInfo().get(plan.resumedBy())))
                .orElse(false);
    }

    private Optional<StepPlan> plan() {
        return StepPlan.of(task.node(), use);
    }
}
