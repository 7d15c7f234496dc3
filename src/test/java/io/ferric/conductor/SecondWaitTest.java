package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.Task;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Node;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A deploy that waits for its ramdisk twice: for the disk, and for the boot loader on it. */
class SecondWaitTest {
    private static final Map<String, Object> TWICE = Map.of("fake_callback", true, "fake_boot_loader", true);

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Node firstWait() {
        Node node = rig.available(TWICE);
        rig.provision(node, "active");
        return rig.reaches(node, WAIT_CALL_BACK);
    }

    /** Waits for the state to be left first, which the end of the visit brings back. */
    private Node secondWait() {
        Node first = firstWait();
        rig.callBack(first, "pass_deploy_info");
        Node second = rig.reaches(first, WAIT_CALL_BACK);
        assertThat(second.status().provisionUpdatedAt())
                .isNotEqualTo(first.status().provisionUpdatedAt());
        return second;
    }

    private void forward(Duration time) {
        rig.clock.forward(time);
        rig.conductor.wakeUp();
    }

    @Test
    void goes_from_wait_to_deploying_to_wait_to_active() {
        Node node = secondWait();
        assertThat(node.status().targetProvision()).contains(ACTIVE);
        rig.callBack(node, "pass_bootloader_install_info");
        Node active = rig.reaches(node, ACTIVE);
        assertThat(active.status().lastError()).isEmpty();
        assertThat(active.instanceInfo().has("deploy_key")).isFalse();
    }

    @Test
    void the_second_wait_has_the_whole_time_again_and_its_own_end() {
        Node node = firstWait();
        forward(Duration.ofMinutes(29));
        rig.callBack(node, "pass_deploy_info");
        rig.reaches(node, WAIT_CALL_BACK);
        forward(Duration.ofMinutes(29));
        assertThat(rig.now(node).provisionState()).isEqualTo(WAIT_CALL_BACK);
        forward(Duration.ofMinutes(2));
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("Timeout reached while waiting");
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
    }

    @Test
    void a_conductor_started_in_the_second_wait_knows_when_it_ends() {
        Node node = secondWait();
        rig.restart(rig.config);
        assertThat(rig.now(node).provisionState()).isEqualTo(WAIT_CALL_BACK);
        forward(Duration.ofMinutes(31));
        rig.reaches(node, DEPLOY_FAILED);
    }

    @Test
    void a_conductor_stopped_after_either_call_goes_on_where_it_was() throws InterruptedException {
        Node node = firstWait();
        interrupted(node, "pass_deploy_info");
        rig.reaches(node, WAIT_CALL_BACK);
        interrupted(node, "pass_bootloader_install_info");
        rig.reaches(node, ACTIVE);
        assertThat(rig.hardware.calls(node.uuid()).stream().filter("prepare"::equals))
                .as("nothing is prepared anew")
                .hasSize(1);
    }

    private void interrupted(Node node, String method) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.RESUME, hangsOnce(begun));
        rig.callBack(node, method);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        rig.restart(rig.config);
    }

    private static Consumer<Task> hangsOnce(CountDownLatch begun) {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        return task -> {
            attempts.add(task.attempt());
            if (attempts.size() == 1) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted", e);
                }
            }
        };
    }

    @Test
    void the_second_wait_can_be_aborted_or_torn_down() {
        Node aborted = secondWait();
        rig.provision(aborted, "abort");
        rig.reaches(aborted, DEPLOY_FAILED);
        Node tornDown = secondWait();
        rig.provision(tornDown, "deleted");
        rig.reaches(tornDown, AVAILABLE);
    }
}
