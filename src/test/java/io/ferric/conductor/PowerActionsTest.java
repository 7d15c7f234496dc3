package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.driver.fake.FakeStep;
import io.ferric.node.BootDevice;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PowerActionsTest {
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = new Rig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static void power(Node node, PowerAction action) {
        rig.conductor.power(node.uuid().toString(), action);
    }

    @Test
    void switches_on_and_records_it() {
        Node node = rig.enrol(Map.of());
        power(node, PowerAction.ON);
        Node on = rig.settles(node);
        assertThat(on.status().power()).contains(PowerState.ON);
        assertThat(on.status().targetPower()).isEmpty();
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.ON);
    }

    @Test
    void does_nothing_when_the_power_is_so_already_and_clears_the_last_error() {
        Node node = rig.enrol(Map.of());
        rig.database.nodes().saveLastError(node.uuid(), Optional.of("old"));
        power(node, PowerAction.OFF);
        Node off = rig.settles(node);
        assertThat(off.status().power()).contains(PowerState.OFF);
        assertThat(off.status().lastError()).isEmpty();
        assertThat(off.status().targetPower()).isEmpty();
        assertThat(rig.hardware.calls(node.uuid())).containsExactly("power_state");
    }

    @Test
    void reboots_without_looking_first() {
        Node node = rig.enrol(Map.of());
        rig.hardware.power(node.uuid(), PowerState.ON);
        power(node, PowerAction.REBOOT);
        rig.settles(node);
        assertThat(rig.hardware.calls(node.uuid())).containsExactly("power_set rebooting");
    }

    @Test
    void tells_why_it_failed_and_clears_the_target() {
        Node node = rig.enrol(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.POWER_SET, task -> {
            throw new OperationFailed(FaultCode.POWER_STATE_FAILURE, "It stayed off", "");
        });
        power(node, PowerAction.ON);
        Node failed = rig.settles(node);
        assertThat(failed.status().lastError())
                .contains("Failed to change power state to 'power on'. Error: It stayed off");
        assertThat(failed.status().targetPower()).isEmpty();
    }

    @Test
    void an_action_that_dies_leaves_no_target_behind() {
        Node node = rig.enrol(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.POWER_SET, task -> {
            throw new AssertionError("dies");
        });
        power(node, PowerAction.ON);
        await().dontCatchUncaughtExceptions()
                .atMost(Rig.SOON)
                .until(() -> rig.now(node).reservation().isEmpty());
        assertThat(rig.now(node).status().targetPower()).isEmpty();
    }

    @Test
    void a_power_that_cannot_be_read_is_told_as_well() {
        Node node = rig.enrol(Map.of("fake_fail", "power_state"));
        power(node, PowerAction.ON);
        Node failed = rig.settles(node);
        assertThat(failed.status().lastError().orElseThrow()).contains("told to fail in power_state");
        assertThat(failed.status().targetPower()).isEmpty();
    }

    @Test
    void wrong_settings_are_refused_before_anything_changes() {
        Node node = rig.enrol(Map.of("fake_deploy_delay", "soon"));
        assertThatThrownBy(() -> power(node, PowerAction.ON)).isInstanceOf(InvalidRequest.class);
        assertThat(rig.now(node)).isEqualTo(node);
    }

    @Test
    void a_node_at_work_is_locked() throws InterruptedException {
        Node node = rig.enrol(Map.of());
        CountDownLatch go = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.POWER_SET, task -> {
            try {
                go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        power(node, PowerAction.ON);
        assertThat(rig.now(node).status().targetPower()).contains(PowerAction.ON);
        assertThat(rig.now(node).reservation()).contains("rig");
        assertThatThrownBy(() -> power(node, PowerAction.OFF))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NODE_LOCKED));
        go.countDown();
        rig.settles(node);
    }

    @Test
    void boot_devices_are_read_and_set() {
        Node node = rig.enrol(Map.of());
        String id = node.uuid().toString();
        assertThat(rig.conductor.supportedBootDevices(id)).contains(BootDevice.CDROM);
        rig.conductor.setBootDevice(id, BootDevice.CDROM, false);
        assertThat(rig.conductor.bootDevice(id).device()).contains(BootDevice.CDROM);
        assertThat(rig.conductor.bootDevice(id).persistent()).contains(false);
        assertThat(rig.now(node).reservation()).isEmpty();
    }
}
