package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.Task;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        steps.go(FakeStep.SET_BOOT_MODE, task, " " + mode);
        steps.hardware().bootMode(task.node().uuid(), mode);
    }

    @Override
    public Optional<Boolean> secureBoot(Task task) {
        return Optional.of(false);
    }

    @Override
    public Map<String, Map<String, Object>> sensors(Task task) {
        steps.go(FakeStep.SENSORS, task);
        return Map.of(
                "Temperature", Map.of("Ambient", Map.of("reading", 21, "unit", "Celsius", "health", "OK")),
                "Fan", Map.of("Fan 1", Map.of("reading", 30, "unit", "Percent", "health", "OK")));
    }

    @Override
    public List<IndicatorLight> indicators(Task task) {
        return List.of(
                new IndicatorLight("chassis", "led", EnumSet.allOf(IndicatorState.class)),
                new IndicatorLight("system", "health", Set.of()));
    }

    @Override
    public IndicatorState indicator(Task task, IndicatorLight light) {
        steps.go(FakeStep.GET_INDICATOR, task, " " + light.name());
        return light.name().equals("led") ? steps.hardware().light(task.node().uuid()) : IndicatorState.ON;
    }

    @Override
    public void setIndicator(Task task, IndicatorLight light, IndicatorState state) {
        steps.go(FakeStep.SET_INDICATOR, task, " " + light.name() + " " + state);
        steps.hardware().light(task.node().uuid(), state);
    }

    @Override
    public void injectNmi(Task task) {
        steps.go(FakeStep.NMI, task);
    }
}
