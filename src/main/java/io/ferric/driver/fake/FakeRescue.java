package io.ferric.driver.fake;

import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.RescueInterface;
import io.ferric.driver.Task;
import io.ferric.node.PowerAction;
import io.ferric.node.Secret;

/** A rescue that rescues nobody. */
final class FakeRescue implements RescueInterface {
    private final FakeSteps steps;

    FakeRescue(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {
        // there is nothing that could be wrong
    }

    @Override
    public DeployOutcome rescue(Task task, Secret password) {
        steps.go(FakeStep.RESCUE, task);
        task.setPower(PowerAction.REBOOT);
        return new DeployOutcome.Finished();
    }

    @Override
    public void unrescue(Task task) {
        steps.go(FakeStep.UNRESCUE, task);
        task.setPower(PowerAction.REBOOT);
    }
}
