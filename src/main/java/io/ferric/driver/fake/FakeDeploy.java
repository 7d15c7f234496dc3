package io.ferric.driver.fake;

import io.ferric.driver.DeployInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.PowerAction;

/** A deploy that leaves nothing on no disk. */
final class FakeDeploy implements DeployInterface {
    static final String CALLBACK = "fake_callback";
    static final String BOOT_LOADER = "fake_boot_loader";
    static final String DEPLOY_KEY = "deploy_key";
    private static final long PRETENDED_BYTES = 1 << 20;

    private final FakeSteps steps;

    FakeDeploy(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {
        if (steps.mustFail(FakeStep.VALIDATE, task)) {
            findings.invalid("driver_info/" + FakeSteps.FAIL, "tells the fake driver to fail in validate.");
        }
        steps.hardware().play(FakeStep.VALIDATE, task);
    }

    @Override
    public void prepare(Task task) {
        steps.go(FakeStep.PREPARE, task);
    }

    @Override
    public DeployOutcome deploy(Task task) {
        task.event("deploy", "Pretending to deploy");
        task.setPower(PowerAction.OFF);
        steps.go(FakeStep.DEPLOY, task);
        if (task.node().driverInfo().text(CALLBACK).map(Boolean::parseBoolean).orElse(false)) {
            task.setInstanceInfo(DEPLOY_KEY, "fake-" + task.node().uuid());
            task.setPower(PowerAction.REBOOT);
            return new DeployOutcome.AwaitingRamdisk();
        }
        return finish(task);
    }

    /** Writes nothing and boots it. */
    DeployOutcome finish(Task task) {
        task.progress("write", PRETENDED_BYTES, PRETENDED_BYTES);
        task.setPower(PowerAction.REBOOT);
        task.removeInstanceInfo(DEPLOY_KEY);
        task.event("deploy", "Pretended to deploy");
        return new DeployOutcome.Finished();
    }

    @Override
    public void tearDown(Task task) {
        steps.go(FakeStep.TEAR_DOWN, task);
        task.setPower(PowerAction.OFF);
    }

    @Override
    public void cleanUp(Task task) {
        steps.go(FakeStep.CLEAN_UP, task);
        task.removeInstanceInfo(DEPLOY_KEY);
    }
}
