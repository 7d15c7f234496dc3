package io.ferric.driver.fake;

import io.ferric.driver.Findings;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.Task;
import io.ferric.node.BootMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds the same in every server that is not there, but for its network interfaces. */
final class FakeInspect implements InspectInterface {
    static final String MACS = "fake_macs";

    private final FakeSteps steps;

    FakeInspect(FakeSteps steps) {
        this.steps = steps;
    }

    @Override
    public void validate(Task task, Findings findings) {}

    @Override
    public Inspected inspect(Task task) {
        steps.go(FakeStep.INSPECT, task);
        List<String> macs = task.node()
                .driverInfo()
                .text(MACS)
                .map(text -> Arrays.asList(text.strip().split("\\s*,\\s*")))
                .orElse(List.of());
        BootMode mode = steps.hardware().bootMode(task.node().uuid());
        return new Inspected(
                Map.of("memory_mb", 16384, "cpus", 8, "local_gb", 99, "cpu_arch", "x86_64"),
                Map.of("boot_mode", mode.wireName(), "server_model", "Fake"),
                macs,
                Map.of("system_vendor", Map.of("manufacturer", "Nobody", "product_name", "Fake"), "interfaces", macs));
    }
}
