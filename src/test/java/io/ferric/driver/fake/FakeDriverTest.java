package io.ferric.driver.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.driver.DriverServices;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FakeDriverTest {
    private final FakeHardware hardware = new FakeHardware();
    private final List<Duration> pauses = new ArrayList<>();
    private final FakeDriver driver = (FakeDriver) new FakeDriverProvider()
            .create(DriverServices.none().with(FakeHardware.class, hardware).with(FakePause.class, pauses::add));

    private static Task task(Map<String, Object> driverInfo) {
        Task task = mock(Task.class);
        NodeSpec spec = NodeSpec.ofDriver(FakeDriver.NAME).withDriverInfo(driverInfo);
        when(task.node()).thenReturn(Node.enrolled(UUID.randomUUID(), spec, Instant.EPOCH));
        return task;
    }

    @Test
    void remembers_power_and_boot_settings() {
        Task task = task(Map.of());
        assertThat(driver.power().state(task)).isEqualTo(PowerState.OFF);
        driver.power().apply(task, PowerAction.REBOOT, Optional.empty());
        assertThat(driver.power().state(task)).isEqualTo(PowerState.ON);
        driver.management().setBootDevice(task, BootDevice.PXE, false);
        assertThat(driver.management().bootDevice(task).device()).contains(BootDevice.PXE);
        driver.management().setBootMode(task, BootMode.UEFI);
        assertThat(driver.management().bootMode(task)).contains(BootMode.UEFI);
        assertThat(hardware.calls(task.node().uuid())).contains("power_set rebooting", "set_boot_device pxe");
    }

    @Test
    void takes_as_long_as_it_is_told_without_really_waiting() {
        driver.deploy().tearDown(task(Map.of("fake_tear_down_delay", "2.5")));
        assertThat(pauses).containsExactly(Duration.ofMillis(2500));
    }

    @Test
    void fails_where_it_is_told_and_says_what_to_do_about_it() {
        Task task = task(Map.of("fake_fail", "clean_up, deploy"));
        assertThatThrownBy(() -> driver.deploy().cleanUp(task))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("clean_up");
        assertThatThrownBy(() -> driver.deploy().deploy(task)).isInstanceOf(OperationFailed.class);
        driver.deploy().tearDown(task);
    }

    @Test
    void a_script_replaces_what_was_said_for_all_nodes() {
        Task task = task(Map.of());
        List<String> played = new ArrayList<>();
        hardware.on(FakeStep.TEAR_DOWN, any -> played.add("all"));
        driver.deploy().tearDown(task);
        hardware.on(task.node().uuid(), FakeStep.TEAR_DOWN, one -> played.add("one"));
        driver.deploy().tearDown(task);
        hardware.behave(FakeStep.TEAR_DOWN);
        driver.deploy().tearDown(task);
        assertThat(played).containsExactly("all", "one");
    }

    @Test
    void tells_all_that_is_wrong_with_its_settings() {
        Task task = task(Map.of("fake_deploy_delay", "long", "fake_resume_delay", -1));
        Findings findings = new Findings();
        driver.power().validate(task, findings);
        assertThat(findings.text()).contains("fake_deploy_delay", "fake_resume_delay");
    }

    @Test
    void is_found_by_name_and_alias() {
        assertThat(new FakeDriverProvider().name()).isEqualTo(driver.name());
        assertThat(driver.aliases()).contains("fake");
        assertThat(driver.properties()).isNotEmpty();
    }
}
