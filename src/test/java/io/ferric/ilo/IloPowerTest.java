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
import io.ferric.ilo.client.PostState;
import io.ferric.node.BootDevice;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.testkit.ManualClock;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
    void all_five_actions_can_be_asked_for() {
        assertThat(power.supported(task)).containsExactlyInAnyOrder(PowerAction.values());
    }

    @Test
    void a_soft_off_presses_the_button_once_and_waits_with_patience() {
        when(bench.ilo.power()).thenReturn(ON, ON, ON, ON, ON, ON, ON, OFF);
        power.apply(task, PowerAction.SOFT_OFF, Optional.empty());
        verify(bench.ilo, times(1)).pressPowerButton();
        verify(bench.ilo, never()).holdPowerButton();
        assertThat(bench.pauses).hasSize(6);
    }

    @Test
    void a_soft_off_presses_no_button_of_a_server_that_is_off() {
        when(bench.ilo.power()).thenReturn(OFF);
        power.apply(task, PowerAction.SOFT_OFF, Optional.empty());
        verify(bench.ilo, never()).pressPowerButton();
    }

    @Test
    void a_soft_off_presses_no_button_of_a_server_whose_power_is_not_known() {
        when(bench.ilo.power()).thenReturn(ERROR);
        assertThatThrownBy(() -> power.apply(task, PowerAction.SOFT_OFF, Optional.empty()))
                .hasMessageContaining("neither on nor off");
        verify(bench.ilo, never()).pressPowerButton();
    }

    @Test
    void an_operating_system_that_does_not_listen_is_left_alone() {
        when(bench.ilo.power()).thenReturn(ON);
        when(bench.ilo.postState()).thenReturn(Optional.of(PostState.RUNNING));
        assertThatThrownBy(() -> power.apply(task, PowerAction.SOFT_REBOOT, Optional.of(Duration.ofSeconds(20))))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> {
                    assertThat(fault.code()).isEqualTo("PowerStateFailure");
                    assertThat(fault.inPlainWords())
                            .startsWith("Failed to set node power state to soft rebooting: the operating system did not"
                                    + " shut down within 20 s after the power button was pressed (it is still in its"
                                    + " self-test); the server was left on. Look at the server's console");
                });
        verify(bench.ilo, times(1)).pressPowerButton();
        verify(bench.ilo, never()).holdPowerButton();
        verify(bench.ilo, never()).powerOn();
        assertThat(bench.pauses).hasSize(10);
    }

    @Test
    void a_bad_moment_of_the_ilo_does_not_end_a_long_wait() {
        OperationFailed dropped = new OperationFailed("IloOperationError", "dropped", "", new EOFException());
        when(bench.ilo.power()).thenReturn(ON, ON).thenThrow(dropped).thenReturn(OFF);
        power.apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofMinutes(1)));
        verify(bench.ilo, times(1)).pressPowerButton();
    }

    @Test
    void a_soft_reboot_shuts_down_and_switches_on_with_the_boot_iso() {
        FakeTask active = withBootIso().in(ProvisionState.ACTIVE);
        when(bench.ilo.power()).thenReturn(ON, ON, OFF, ON);
        power.apply(active, PowerAction.SOFT_REBOOT, Optional.empty());
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).pressPowerButton();
        order.verify(bench.ilo).insertMedia(any(), any());
        order.verify(bench.ilo).powerOn();
        verify(bench.ilo, never()).reset();
    }

    @Test
    void a_soft_reboot_of_a_server_that_is_off_switches_it_on() {
        when(bench.ilo.power()).thenReturn(OFF, ON);
        power.apply(task, PowerAction.SOFT_REBOOT, Optional.empty());
        verify(bench.ilo, never()).pressPowerButton();
        verify(bench.ilo).powerOn();
    }

    @Test
    void patience_that_is_asked_for_goes_before_the_usual() {
        when(bench.ilo.power()).thenReturn(ON);
        assertThatThrownBy(() -> power.apply(task, PowerAction.OFF, Optional.of(Duration.ofSeconds(10))))
                .hasMessageContaining("still says power on after 10 s");
        verify(bench.ilo, times(1 + 6)).power();
    }

    @Test
    void a_slow_ilo_does_not_make_the_patience_longer() {
        ManualClock clock = new ManualClock(Bench.NOW);
        when(bench.ilo.power()).thenAnswer(call -> {
            clock.advance(Duration.ofSeconds(30));
            return ON;
        });
        PowerInterface slow =
                bench.driver(services -> services.with(Clock.class, clock)).power();
        assertThatThrownBy(() -> slow.apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofMinutes(1))))
                .hasMessageContaining("did not shut down within 60 s");
        verify(bench.ilo, times(1 + 3)).power();
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
