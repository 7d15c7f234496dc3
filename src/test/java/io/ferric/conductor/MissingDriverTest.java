package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ENROLL;
import static io.ferric.node.ProvisionState.ERROR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes whose driver this conductor has no more. */
class MissingDriverTest {
    private static final String NO_DRIVER = "No conductor service registered which supports driver fake-hardware";

    private final Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_can_be_asked_for_later_is_refused_before_the_node_moves() {
        Node enrolled = rig.enrol(Map.of());
        Node available = rig.available(Map.of());
        rig.restartWithoutDrivers();
        refused(enrolled, "manage");
        refused(available, "active");
        assertThat(rig.now(enrolled).provisionState()).isEqualTo(ENROLL);
        assertThat(rig.now(available).reservation()).isEmpty();
    }

    private void refused(Node node, String verb) {
        assertThatThrownBy(() -> rig.provision(node, verb))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.code()).isEqualTo(FaultCode.DRIVER_NOT_FOUND));
    }

    @Test
    void a_node_can_be_torn_down_and_ends_in_error_with_the_reason() {
        Node node = rig.active(Map.of());
        rig.restartWithoutDrivers();
        rig.provision(node, "deleted");
        assertThat(rig.reaches(node, ERROR).status().lastError().orElseThrow())
                .contains("Failed to tear down. Error: ", NO_DRIVER);
    }

    @Test
    void a_ramdisk_that_is_waited_for_times_out() {
        Node node = rig.waiting();
        rig.restartWithoutDrivers();
        rig.clock.forward(Duration.ofMinutes(31));
        rig.conductor.wakeUp();
        rig.reaches(node, ProvisionState.DEPLOY_FAILED);
        assertThat(rig.steps(node)).anyMatch(step -> step.startsWith("clean up: ") && step.contains(NO_DRIVER));
    }
}
