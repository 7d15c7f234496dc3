package io.ferric.driver.fake;

import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Step;
import io.ferric.driver.Step.Argument;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Steps that do nothing: one of each sort. Which of them automatic cleaning does, {@code driver_info} says. */
final class FakeStepsInterface implements StepsInterface {
    static final String AUTOMATIC = "fake_automatic_steps";
    private static final Set<Use> ANY = EnumSet.allOf(Use.class);
    private static final int FIRST = 100;

    private final FakeSteps steps;

    FakeStepsInterface(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public List<Step> steps(Task task) {
        List<String> automatic = Arrays.asList(
                task.node().driverInfo().text(AUTOMATIC).orElse("").split("\\s*,\\s*"));
        return List.of(
                step(automatic, "management", "check_fans", "Does nothing at once.", false),
                step(automatic, "deploy", "erase_devices", "Waits for the ramdisk's call.", true),
                new Step(
                        "bios",
                        "apply_configuration",
                        "Takes settings and drops them.",
                        0,
                        ANY,
                        false,
                        false,
                        Map.of("settings", new Argument("A list of settings.", true))),
                new Step(
                        "deploy",
                        "burn_in",
                        "Waits for the ramdisk's call and cannot be left before.",
                        0,
                        EnumSet.of(Use.CLEAN, Use.SERVICE),
                        false,
                        true,
                        Map.of()));
    }

    private static Step step(List<String> automatic, String kind, String name, String description, boolean ramdisk) {
        int priority = automatic.contains(name) ? FIRST - automatic.indexOf(name) : 0;
        Set<Use> uses = ramdisk ? EnumSet.of(Use.CLEAN, Use.SERVICE) : ANY;
        return new Step(kind, name, description, priority, uses, true, ramdisk, Map.of());
    }

    @Override
    public DeployOutcome run(Task task, StepCall call) {
        steps.go(FakeStep.STEP, task, " " + call);
        if (call.kind().equals("deploy")) {
            task.setInstanceInfo(FakeDeploy.DEPLOY_KEY, "fake-" + task.node().uuid());
            task.setPower(PowerAction.REBOOT);
            return new DeployOutcome.AwaitingRamdisk();
        }
        return new DeployOutcome.Finished();
    }

    @Override
    public DeployOutcome resume(Task task, StepCall step, VendorCall call) {
        Object error = call.parameters().get("error");
        if (error != null && !String.valueOf(error).isBlank()) {
            throw new OperationFailed(
                    FaultCode.INSTANCE_DEPLOY_FAILURE,
                    "Failure in deploy ramdisk: " + error,
                    "Look at the server's console.");
        }
        steps.go(FakeStep.STEP_RESUME, task, " " + step);
        return new DeployOutcome.Finished();
    }

    @Override
    public void cleanUp(Task task) {
        steps.go(FakeStep.STEP_CLEAN_UP, task);
        task.removeInstanceInfo(FakeDeploy.DEPLOY_KEY);
        task.setPower(PowerAction.OFF);
    }
}
