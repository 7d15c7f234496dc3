package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.ferric.driver.VendorCall;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbackWatchTest {
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private void forward(Duration time) {
        rig.clock.forward(time);
        rig.conductor.wakeUp();
    }

    @Test
    void a_silent_ramdisk_fails_the_deploy_cleans_up_and_powers_off() {
        Node node = rig.waiting();
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.ON);
        forward(Duration.ofMinutes(31));
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError())
                .contains("Timeout reached while waiting for callback for node " + node.uuid());
        assertThat(failed.status().targetProvision()).isEmpty();
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
        assertThat(rig.hardware.calls(node.uuid())).contains("clean_up");
        assertThat(failed.instanceInfo().has("deploy_key")).isFalse();
    }

    @Test
    void the_timeout_repeats_why_a_call_was_refused() {
        Node node = rig.waiting();
        VendorCall wrong = new VendorCall("pass_deploy_info", Map.of("key", "x", "address", "127.0.0.1", "iqn", "i"));
        assertThatThrownBy(() -> rig.conductor.vendorCall(node.uuid().toString(), "POST", wrong));
        forward(Duration.ofMinutes(31));
        assertThat(rig.reaches(node, DEPLOY_FAILED).status().lastError().orElseThrow())
                .contains("Timeout reached while waiting", "A call was refused at 2", ": Deploy key does not match");
        rig.provision(node, "rebuild");
        rig.reaches(node, WAIT_CALL_BACK);
        forward(Duration.ofMinutes(31));
        assertThat(rig.reaches(node, DEPLOY_FAILED).status().lastError().orElseThrow())
                .contains("Timeout reached while waiting")
                .doesNotContain("refused");
    }

    @Test
    void a_ramdisk_in_time_is_not_disturbed_by_the_old_wait() {
        Node node = rig.waiting();
        forward(Duration.ofMinutes(29));
        assertThat(rig.now(node).provisionState()).isEqualTo(WAIT_CALL_BACK);
        rig.conductor.vendorCall(
                node.uuid().toString(),
                "POST",
                new VendorCall(
                        "pass_deploy_info", Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "i")));
        rig.reaches(node, ACTIVE);
        rig.provision(node, "rebuild");
        Node again = rig.reaches(node, WAIT_CALL_BACK);
        CallbackWatch watch =
                new CallbackWatch(new Context(rig.config, rig.database, null, null, rig.clock, null), null, null, null);
        assertThat(watch.timeIsUp(
                        Wait.of(node.uuid(), node.status().provisionUpdatedAt().orElseThrow())))
                .isEmpty();
        assertThat(rig.now(again).provisionState()).isEqualTo(WAIT_CALL_BACK);
    }

    @Test
    void time_stands_still_in_maintenance() {
        Node node = rig.waiting();
        rig.conductor.maintenance(node.uuid().toString(), Maintenance.because(Optional.of("swapping a disk")));
        CallbackWatch watch =
                new CallbackWatch(new Context(rig.config, rig.database, null, null, rig.clock, null), null, null, null);
        assertThat(watch.timeIsUp(
                        Wait.of(node.uuid(), node.status().provisionUpdatedAt().orElseThrow())))
                .isPresent();
        assertThat(rig.now(node).provisionState()).isEqualTo(WAIT_CALL_BACK);
    }

    @Test
    void gives_node_and_worker_back_when_the_visit_cannot_be_written_down() {
        Node node = rig.waiting();
        Context context = new Context(rig.config, rig.database, null, null, rig.clock, null);
        Settlement settlement = mock(Settlement.class);
        doThrow(new IllegalStateException("disk full")).when(settlement).begin(any(), any());
        Workers workers = new Workers(1);
        CallbackWatch watch = new CallbackWatch(context, new Reservations(context), settlement, workers);
        Wait wait = Wait.of(node.uuid(), node.status().provisionUpdatedAt().orElseThrow());
        assertThatThrownBy(() -> watch.timeIsUp(wait)).hasMessage("disk full");
        assertThat(rig.now(node).reservation()).isEmpty();
        workers.claim("the only worker is free again");
    }

    @Test
    void zero_waits_for_ever_and_a_restart_with_a_limit_ends_that() {
        rig.close();
        rig = new Rig(Rig.config(4, Duration.ZERO, true));
        Node node = rig.waiting();
        forward(Duration.ofDays(365));
        assertThat(rig.database
                        .reservations()
                        .scheduled(
                                "callback-timeout",
                                Wait.of(
                                                node.uuid(),
                                                node.status()
                                                        .provisionUpdatedAt()
                                                        .orElseThrow())
                                        .id()))
                .isFalse();
        rig.restart(Rig.config(4, Duration.ofMinutes(30), true));
        rig.reaches(node, DEPLOY_FAILED);
    }

    @Test
    void a_silent_ramdisk_is_noticed_after_a_restart() {
        Node node = rig.waiting();
        rig.restart(rig.config);
        assertThat(rig.now(node).provisionState()).isEqualTo(WAIT_CALL_BACK);
        forward(Duration.ofMinutes(31));
        rig.reaches(node, DEPLOY_FAILED);
    }
}
