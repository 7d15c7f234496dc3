package io.ferric.ilo;

import static io.ferric.node.PowerState.ERROR;
import static io.ferric.node.PowerState.OFF;
import static io.ferric.node.PowerState.ON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.deploy.InstanceBoot;
import io.ferric.driver.Findings;
import io.ferric.driver.PowerInterface;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.node.BootDevice;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

/** power_retry is 2 here, so the state is read three times at most after the command. */
class IloPowerTest {
    private static final String BOOT_ISO = "http://127.0.0.1:8080/instance.iso";

    private Bench bench;
    private PowerInterface power;
    private final FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        power = bench.driver().power();
    }

    @Test
    void reads_the_state() {
        when(bench.ilo.power()).thenReturn(ON, OFF, ERROR);
        assertThat(power.state(task)).isEqualTo(ON);
        assertThat(power.state(task)).isEqualTo(OFF);
        assertThat(power.state(task)).isEqualTo(ERROR);
    }

    @Test
    void a_failing_ilo_is_not_swallowed() {
        when(bench.ilo.power()).thenThrow(new OperationFailed("IloOperationError", "no answer", ""));
        assertThatThrownBy(() -> power.state(task)).hasMessage("no answer");
    }

    @Test
    void switches_on() {
        when(bench.ilo.power()).thenReturn(OFF, OFF, ON);
        power.apply(task, PowerAction.ON, Optional.empty());
        verify(bench.ilo, times(1)).powerOn();
        assertThat(bench.pauses).hasSize(1);
    }

    @Test
    void does_nothing_to_a_server_that_is_there_already() {
        when(bench.ilo.power()).thenReturn(ON);
        power.apply(task, PowerAction.ON, Optional.empty());
        when(bench.ilo.power()).thenReturn(OFF);
        power.apply(task, PowerAction.OFF, Optional.empty());
        verify(bench.ilo, never()).powerOn();
        verify(bench.ilo, never()).holdPowerButton();
    }

    @Test
    void switches_off_by_holding_the_button() {
        when(bench.ilo.power()).thenReturn(ON, ON, OFF);
        power.apply(task, PowerAction.OFF, Optional.empty());
        verify(bench.ilo, times(1)).holdPowerButton();
        verify(bench.ilo, never()).pressPowerButton();
    }

    @Test
    void a_server_that_stays_on_is_a_power_state_failure() {
        when(bench.ilo.power()).thenReturn(ON);
        assertThatThrownBy(() -> power.apply(task, PowerAction.OFF, Optional.empty()))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> {
                    assertThat(fault.code()).isEqualTo("PowerStateFailure");
                    assertThat(fault.inPlainWords()).contains("power off", "still says power on", "power_retry");
                });
        verify(bench.ilo, times(1)).holdPowerButton();
        verify(bench.ilo, times(1 + 3)).power();
    }

    @Test
    void the_first_look_after_a_reset_does_not_count() {
        when(bench.ilo.power()).thenReturn(ON, ON, OFF, ON);
        power.apply(task, PowerAction.REBOOT, Optional.empty());
        verify(bench.ilo, times(1)).reset();
        verify(bench.ilo, times(4)).power();
    }

    @Test
    void a_failing_reset_climbs() {
        when(bench.ilo.power()).thenReturn(ON);
        doThrow(new OperationFailed("IloOperationError", "reset failed", ""))
                .when(bench.ilo)
                .reset();
        assertThatThrownBy(() -> power.apply(task, PowerAction.REBOOT, Optional.empty()))
                .hasMessage("reset failed");
    }

    @Test
    void reboot_of_a_server_that_is_off_switches_it_on() {
        when(bench.ilo.power()).thenReturn(OFF, ON);
        power.apply(task, PowerAction.REBOOT, Optional.empty());
        verify(bench.ilo).powerOn();
        verify(bench.ilo, never()).reset();
    }

    @Test
    void an_active_node_gets_its_boot_iso_before_it_is_switched_on() {
        FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
        when(bench.ilo.power()).thenReturn(OFF, ON);
        power.apply(active, PowerAction.ON, Optional.empty());
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).insertMedia(MediaDrive.CDROM, java.net.URI.create(BOOT_ISO));
        order.verify(bench.ilo).setOneTimeBoot(BootDevice.CDROM);
        order.verify(bench.ilo).powerOn();
    }

    @Test
    void an_active_node_gets_its_boot_iso_before_it_is_reset() {
        FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
        when(bench.ilo.power()).thenReturn(ON);
        power.apply(active, PowerAction.REBOOT, Optional.empty());
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).insertMedia(any(), any());
        order.verify(bench.ilo).reset();
    }

    @Test
    void an_instance_that_boots_from_its_disk_gets_no_boot_iso() {
        for (InstanceBoot boot : List.of(InstanceBoot.LOCAL, InstanceBoot.WHOLE_DISK)) {
            FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
            boot.remember(active);
            when(bench.ilo.power()).thenReturn(OFF, ON, ON, ON);
            power.apply(active, PowerAction.ON, Optional.empty());
            power.apply(active, PowerAction.REBOOT, Optional.empty());
        }
        verify(bench.ilo, times(2)).powerOn();
        verify(bench.ilo, times(2)).reset();
        verify(bench.ilo, never()).insertMedia(any(), any());
        verify(bench.ilo, never()).setOneTimeBoot(any());
    }

    @Test
    void no_power_action_changes_the_boot_mode() {
        FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
        active.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:uefi")));
        when(bench.ilo.power()).thenReturn(OFF, ON, ON, ON, ON, OFF);
        power.apply(active, PowerAction.ON, Optional.empty());
        power.apply(active, PowerAction.REBOOT, Optional.empty());
        power.apply(active, PowerAction.OFF, Optional.empty());
        verify(bench.ilo, never()).setBootMode(any());
    }

    @Test
    void a_node_that_is_not_active_gets_no_boot_iso() {
        FakeTask rebuilding = withBootIso().in(ProvisionState.DEPLOYING);
        when(bench.ilo.power()).thenReturn(OFF, ON);
        power.apply(rebuilding, PowerAction.ON, Optional.empty());
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @Test
    void switching_off_attaches_nothing() {
        FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
        when(bench.ilo.power()).thenReturn(ON, OFF);
        power.apply(active, PowerAction.OFF, Optional.empty());
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @Test
    void validate_asks_no_hardware() {
        Findings findings = new Findings();
        power.validate(new FakeTask(NodeSpec.ofDriver("ilo").withDriverInfo(Map.of("ilo_address", "a"))), findings);
        assertThat(findings.all()).hasSize(2);
        verify(bench.ilo, never()).power();
    }

    private FakeTask withBootIso() {
        task.setInstanceInfo("ilo_boot_iso", BOOT_ISO);
        return task;
    }
}
