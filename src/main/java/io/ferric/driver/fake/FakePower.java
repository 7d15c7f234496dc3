package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.Task;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.Optional;

/** The power button of a server that is not there. */
final class FakePower implements PowerInterface {
    private final FakeSteps steps;

    FakePower(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {
        for (FakeStep step : FakeStep.values()) {
            if (FakeSteps.delayOf(step, task.node().driverInfo()).isEmpty()) {
                findings.invalid("driver_info/" + FakeSteps.delayKey(step), "is not a number of seconds.");
            }
        }
    }

    @Override
    public PowerState state(Task task) {
        steps.go(FakeStep.POWER_STATE, task);
        return steps.hardware().power(task.node().uuid());
    }

    @Override
    public void apply(Task task, PowerAction action, Optional<Duration> patience) {
        steps.go(FakeStep.POWER_SET, task, " " + action.wireName());
        steps.hardware().power(task.node().uuid(), action.goal());
    }
}
