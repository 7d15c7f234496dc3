package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The power button of a server that is not there. */
final class FakePower implements PowerInterface {
    static final String WARNING = "fake_warning";
    static final String IGNORES_SOFT = "fake_ignores_soft_power";

    private final FakeSteps steps;

    FakePower(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {
        if (task.node().driverInfo().has(WARNING)) {
            findings.warn(
                    "driver_info/" + WARNING,
                    task.node().driverInfo().text(WARNING).orElseThrow());
        }
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
    public Set<PowerAction> supported(Task task) {
        return EnumSet.allOf(PowerAction.class);
    }

    @Override
    public void apply(Task task, PowerAction action, Optional<Duration> patience) {
        steps.go(
                FakeStep.POWER_SET,
                task,
                " " + action.wireName()
                        + patience.map(limit -> " within " + limit.toSeconds() + " s")
                                .orElse(""));
        boolean on = steps.hardware().power(task.node().uuid()) == PowerState.ON;
        if (action.soft() && on && ignores(task)) {
            throw new OperationFailed(
                    FaultCode.POWER_STATE_FAILURE,
                    "The operating system did not switch the server off"
                            + patience.map(limit -> " within " + limit.toSeconds() + " s")
                                    .orElse(""),
                    "Look at the server's console, or switch it off with 'power off'.");
        }
        steps.hardware().power(task.node().uuid(), action.goal());
    }

    private static boolean ignores(Task task) {
        return task.node()
                .driverInfo()
                .text(IGNORES_SOFT)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }
}
