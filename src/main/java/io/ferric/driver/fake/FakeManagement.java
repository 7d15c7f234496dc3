package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.Task;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.util.List;
import java.util.Optional;

/** The boot settings of a server that is not there. */
final class FakeManagement implements ManagementInterface {
    private final FakeSteps steps;

    FakeManagement(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {}

    @Override
    public List<BootDevice> supportedBootDevices(Task task) {
        return List.of(BootDevice.values());
    }

    @Override
    public BootChoice bootDevice(Task task) {
        steps.go(FakeStep.GET_BOOT_DEVICE, task);
        return steps.hardware().boot(task.node().uuid());
    }

    @Override
    public void setBootDevice(Task task, BootDevice device, boolean persistent) {
        steps.go(FakeStep.SET_BOOT_DEVICE, task, " " + device.wireName());
        steps.hardware().boot(task.node().uuid(), device, persistent);
    }

    @Override
    public Optional<BootMode> bootMode(Task task) {
        return Optional.of(steps.hardware().bootMode(task.node().uuid()));
    }

    @Override
    public void setBootMode(Task task, BootMode mode) {
        steps.hardware().bootMode(task.node().uuid(), mode);
    }
}
