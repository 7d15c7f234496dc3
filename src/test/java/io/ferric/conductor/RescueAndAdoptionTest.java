package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.Node;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RescueAndAdoptionTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_server_is_rescued_and_goes_back_to_its_instance_and_the_password_is_gone() {
        Node node = rig.active(Map.of());

        assertThatThrownBy(() -> rig.provision(node, "rescue")).hasMessageContaining("'rescue_password' is missing");
        rescue(node);
        Node rescued = rig.reaches(node, ProvisionState.RESCUE);
        assertThat(rescued.toString()).doesNotContain("s3cret");
        rig.provision(node, "unrescue");

        Node back = rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(back.instanceInfo().values()).doesNotContainKey("rescue_password");
        assertThat(rig.hardware.calls(node.uuid())).contains("rescue", "unrescue");
    }

    @Test
    void a_rescue_that_fails_can_be_tried_again_or_left() {
        Node node = rig.active(Map.of("fake_fail", "rescue"));

        rescue(node);
        Node failed = rig.reaches(node, ProvisionState.RESCUE_FAILED);
        assertThat(failed.status().lastError().orElse("")).startsWith("Failed to rescue. Error: ");
        assertThat(failed.instanceInfo().values()).doesNotContainKey("rescue_password");
        rig.provision(node, "unrescue");

        rig.reaches(node, ProvisionState.ACTIVE);
    }

    @Test
    void a_server_that_carries_an_instance_is_taken_over_as_it_is() {
        Node node = rig.enrol(Map.of());
        rig.provision(node, "manage");
        rig.reaches(node, ProvisionState.MANAGEABLE);
        int before = rig.hardware.calls(node.uuid()).size();

        rig.provision(node, "adopt");

        Node adopted = rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(adopted.status().power()).contains(PowerState.OFF);
        assertThat(rig.hardware
                        .calls(node.uuid())
                        .subList(before, rig.hardware.calls(node.uuid()).size()))
                .containsOnly("power_state");
    }

    @Test
    void a_server_that_does_not_answer_is_not_adopted_and_can_be_managed_again() {
        Node node = rig.enrol(Map.of());
        rig.provision(node, "manage");
        rig.reaches(node, ProvisionState.MANAGEABLE);
        rig.conductor.updateNode(
                node.uuid().toString(), spec -> spec.withDriverInfo(Map.of("fake_fail", "power_state")));

        rig.provision(node, "adopt");

        Node failed = rig.reaches(node, ProvisionState.ADOPT_FAILED);
        assertThat(failed.status().lastError().orElse("")).startsWith("Failed to adopt. Error: ");
        rig.provision(node, "manage");
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.MANAGEABLE);
    }

    private void rescue(Node node) {
        rig.conductor.provision(node.uuid().toString(), "rescue", Map.of("rescue_password", "s3cret"));
    }
}
