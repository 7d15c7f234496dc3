package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.ENROLL;
import static io.ferric.node.ProvisionState.ERROR;
import static io.ferric.node.ProvisionState.MANAGEABLE;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.Drivers;
import io.ferric.driver.VendorCall;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.FaultCode;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Lifecycle.Move;
import io.ferric.node.Node;
import io.ferric.node.NodeStatus;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the lifecycle, on a conductor that really makes the move. */
class LifecycleOnTheConductorTest {
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = new Rig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void verifies_a_managed_node_by_reading_its_power() {
        Node node = rig.enrol(Map.of());
        rig.hardware.power(node.uuid(), PowerState.ON);
        rig.provision(node, "manage");
        Node managed = rig.reaches(node, MANAGEABLE);
        assertThat(managed.status().power()).contains(PowerState.ON);
        assertThat(managed.status().targetProvision()).isEmpty();
        assertThat(rig.steps(node)).contains("state: enroll -> verifying", "state: verifying -> manageable");
    }

    @Test
    void goes_back_to_enroll_when_the_hardware_does_not_answer() {
        Node node = rig.enrol(Map.of("fake_fail", "power_state"));
        rig.provision(node, "manage");
        Node back = rig.reaches(node, ENROLL);
        assertThat(back.status().lastError().orElseThrow())
                .startsWith("Failed to verify. Error: ")
                .contains("power_state");
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("clean_up");
    }

    @Test
    void passes_through_cleaning_and_back_to_manageable() {
        Node node = rig.available(Map.of());
        assertThat(rig.steps(node)).contains("state: manageable -> cleaning", "state: cleaning -> available");
        rig.provision(node, "manage");
        rig.reaches(node, MANAGEABLE);
    }

    @Test
    void inspects_fails_and_goes_back_to_manageable_or_tries_again() {
        Node node = rig.enrol(Map.of("fake_fail", "inspect"));
        rig.provision(node, "manage");
        rig.reaches(node, MANAGEABLE);
        rig.provision(node, "inspect");
        rig.reaches(node, ProvisionState.INSPECT_FAILED);
        rig.provision(node, "manage");
        rig.reaches(node, MANAGEABLE);
        rig.provision(node, "inspect");
        rig.reaches(node, ProvisionState.INSPECT_FAILED);
        rig.conductor.updateNode(node.uuid().toString(), spec -> spec.withDriverInfo(Map.of()));
        rig.provision(node, "inspect");
        rig.reaches(node, MANAGEABLE);
        assertThat(rig.steps(node)).contains("state: inspecting -> inspect failed", "state: inspecting -> manageable");
    }

    @Test
    void deploys_in_one_visit() {
        Node node = rig.active(Map.of());
        assertThat(node.status().power()).contains(PowerState.ON);
        assertThat(node.status().targetPower()).isEmpty();
        assertThat(node.status().lastError()).isEmpty();
        assertThat(rig.hardware.calls(node.uuid())).containsSubsequence("prepare", "deploy", "power_set rebooting");
        assertThat(rig.steps(node))
                .contains(
                        "deploy: Pretending to deploy", "state: available -> deploying", "state: deploying -> active");
    }

    @Test
    void deploys_in_two_visits() {
        Node node = rig.waiting();
        assertThat(node.status().targetProvision()).contains(ACTIVE);
        VendorReply reply = call(node, "fake-" + node.uuid());
        assertThat(reply.body()).isEmpty();
        Node active = rig.reaches(node, ACTIVE);
        assertThat(active.instanceInfo().has("deploy_key")).isFalse();
        assertThat(rig.steps(node))
                .containsSubsequence(
                        "state: deploying -> wait call-back",
                        "state: wait call-back -> deploying",
                        "state: deploying -> active");
    }

    private static VendorReply call(Node node, String key) {
        return rig.conductor.vendorCall(
                node.uuid().toString(),
                "post",
                new VendorCall("pass_deploy_info", Map.of("key", key, "address", "127.0.0.1", "iqn", "iqn.x")));
    }

    @Test
    void cleans_up_and_powers_off_after_a_failed_deploy_and_keeps_the_reason() {
        Node node = rig.available(Map.of());
        rig.hardware.power(node.uuid(), PowerState.ON);
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            rig.hardware.power(node.uuid(), PowerState.ON);
            throw new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "The iLO said no", "Ask it again.");
        });
        rig.provision(node, "active");
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError()).contains("Failed to deploy. Error: The iLO said no. Ask it again.");
        assertThat(failed.status().targetProvision()).isEmpty();
        assertThat(failed.status().power()).contains(PowerState.OFF);
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
        assertThat(rig.hardware.calls(node.uuid())).endsWith("clean_up", "power_state", "power_set power off");
        rig.hardware.behave(FakeStep.DEPLOY);
        rig.provision(node, "active");
        assertThat(rig.reaches(node, ACTIVE).status().lastError()).isEmpty();
    }

    @Test
    void fails_a_deploy_that_the_ramdisk_reports_as_failed() {
        Node node = rig.waiting();
        rig.conductor.vendorCall(
                node.uuid().toString(),
                "POST",
                new VendorCall(
                        "pass_deploy_info",
                        Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "i", "error", "no disk")));
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("Failure in deploy ramdisk: no disk");
        assertThat(failed.instanceInfo().has("deploy_key")).isFalse();
        rig.provision(node, "rebuild");
        rig.reaches(node, WAIT_CALL_BACK);
    }

    @Test
    void a_failing_clean_up_neither_hides_the_reason_nor_keeps_the_power_on() {
        Node node = rig.available(Map.of("fake_fail", "deploy,clean_up"));
        rig.hardware.power(node.uuid(), PowerState.ON);
        rig.provision(node, "active");
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("told to fail in deploy");
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
        assertThat(rig.steps(node)).anyMatch(step -> step.startsWith("clean up: Failed to clean up: "));
    }

    @Test
    void what_nobody_foresaw_becomes_an_internal_error_without_its_details() {
        Node node = rig.available(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            throw new NullPointerException("hunter2");
        });
        rig.provision(node, "active");
        assertThat(rig.reaches(node, DEPLOY_FAILED).status().lastError().orElseThrow())
                .contains("InternalError", "NullPointerException")
                .doesNotContain("hunter2", "\n", "at io.");
    }

    @Test
    void an_error_of_the_virtual_machine_fails_the_deploy_too() {
        Node node = rig.available(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            throw new NoClassDefFoundError("gone");
        });
        rig.provision(node, "active");
        rig.reaches(node, DEPLOY_FAILED);
    }

    @Test
    void aborts_a_wait() {
        Node node = rig.waiting();
        rig.provision(node, "abort");
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("aborted");
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
        assertThat(rig.hardware.calls(node.uuid())).contains("clean_up");
    }

    @Test
    void tears_down_an_active_node_and_forgets_the_instance() {
        Node node = rig.available(Map.of());
        rig.conductor.updateNode(
                node.uuid().toString(), spec -> spec.withInstanceInfo(Map.of("image_source", "file:///x")));
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> task.remember("disk", "written"));
        rig.provision(node, "active");
        assertThat(rig.reaches(node, ACTIVE).status().internalInfo()).containsEntry("disk", "written");
        rig.provision(node, "deleted");
        Node gone = rig.reaches(node, AVAILABLE);
        assertThat(gone.instanceInfo().values()).isEmpty();
        assertThat(gone.status().internalInfo()).isEmpty();
        assertThat(gone.status().power()).contains(PowerState.OFF);
        assertThat(rig.hardware.calls(node.uuid())).containsSubsequence("clean_up", "tear_down");
        assertThat(rig.steps(node))
                .containsSubsequence(
                        "state: active -> deleting", "state: deleting -> cleaning", "state: cleaning -> available");
    }

    @Test
    void tears_down_a_node_that_waits_or_has_failed() {
        Node waiting = rig.waiting();
        rig.provision(waiting, "deleted");
        rig.reaches(waiting, AVAILABLE);
        Node failed = rig.available(Map.of("fake_fail", "deploy"));
        rig.provision(failed, "active");
        rig.reaches(failed, DEPLOY_FAILED);
        rig.provision(failed, "deleted");
        rig.reaches(failed, AVAILABLE);
    }

    @Test
    void a_failed_tear_down_ends_in_error_forgets_the_instance_and_can_be_tried_again() {
        Node node = rig.available(Map.of());
        rig.conductor.updateNode(
                node.uuid().toString(), spec -> spec.withInstanceInfo(Map.of("image_source", "file:///x")));
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> task.remember("shared", "iso"));
        rig.provision(node, "active");
        rig.reaches(node, ACTIVE);
        rig.hardware.on(node.uuid(), FakeStep.TEAR_DOWN, task -> {
            throw new OperationFailed(FaultCode.POWER_STATE_FAILURE, "It stays on", "Pull the plug.");
        });
        rig.provision(node, "deleted");
        Node broken = rig.reaches(node, ERROR);
        assertThat(broken.status().lastError()).contains("Failed to tear down. Error: It stays on. Pull the plug.");
        assertThat(broken.instanceInfo().values()).isEmpty();
        assertThat(broken.status().internalInfo()).containsEntry("shared", "iso");
        rig.hardware.behave(FakeStep.TEAR_DOWN);
        rig.provision(node, "deleted");
        assertThat(rig.reaches(node, AVAILABLE).status().lastError()).isEmpty();
    }

    @Test
    void a_tear_down_powers_off_even_when_it_cannot_clean_up_and_tells_the_first_failure() {
        Node node = rig.active(Map.of("fake_fail", "clean_up,tear_down"));
        rig.provision(node, "deleted");
        assertThat(rig.reaches(node, ERROR).status().lastError().orElseThrow()).contains("told to fail in clean_up");
        assertThat(rig.hardware.calls(node.uuid())).containsSubsequence("clean_up", "tear_down");

        Node other = rig.active(Map.of("fake_fail", "clean_up"));
        rig.provision(other, "deleted");
        rig.reaches(other, ERROR);
        assertThat(rig.hardware.power(other.uuid())).isEqualTo(PowerState.OFF);
    }

    @Test
    void rebuilds_from_active_and_from_error() {
        Node node = rig.active(Map.of());
        rig.provision(node, "rebuild");
        rig.reaches(node, ACTIVE);
        assertThat(rig.hardware.calls(node.uuid()).stream().filter("deploy"::equals))
                .hasSize(2);
        rig.hardware.on(node.uuid(), FakeStep.TEAR_DOWN, task -> {
            throw new IllegalStateException();
        });
        rig.provision(node, "deleted");
        rig.reaches(node, ERROR);
        rig.provision(node, "rebuild");
        rig.reaches(node, ACTIVE);
    }

    @Test
    void an_option_of_a_rebuild_is_for_that_rebuild_only() {
        Node node = rig.active(Map.of());
        List<Object> seen = new CopyOnWriteArrayList<>();
        rig.hardware.on(
                node.uuid(),
                FakeStep.DEPLOY,
                task -> seen.add(
                        String.valueOf(task.node().instanceInfo().values().get("preserve_ephemeral"))));
        String id = node.uuid().toString();
        rig.conductor.provision(id, "rebuild", Map.of("preserve_ephemeral", "True"));
        assertThat(rig.reaches(node, ACTIVE).instanceInfo().has("preserve_ephemeral"))
                .isFalse();
        rig.provision(node, "rebuild");
        assertThat(rig.reaches(node, ACTIVE).status().internalInfo()).isEmpty();
        rig.conductor.updateNode(id, spec -> spec.withInstanceInfo(Map.of("preserve_ephemeral", "yes")));
        rig.conductor.provision(id, "rebuild", Map.of("preserve_ephemeral", false));
        rig.reaches(node, ACTIVE);
        rig.provision(node, "rebuild");
        rig.reaches(node, ACTIVE);
        assertThat(seen).containsExactly("true", "null", "false", "yes");
    }

    @Test
    void an_option_of_a_rebuild_that_fails_does_not_stay_either() {
        Node node = rig.active(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            throw new IllegalStateException("no");
        });
        rig.conductor.provision(node.uuid().toString(), "rebuild", Map.of("preserve_ephemeral", "True"));
        assertThat(rig.reaches(node, DEPLOY_FAILED).instanceInfo().has("preserve_ephemeral"))
                .isFalse();
    }

    @Test
    void a_config_drive_belongs_to_the_instance_and_stays() {
        Node node = rig.active(Map.of());
        String id = node.uuid().toString();
        rig.conductor.provision(id, "rebuild", Map.of("configdrive", "H4s", "preserve_ephemeral", "True"));
        Node after = rig.reaches(node, ACTIVE);

        assertThat(after.instanceInfo().text("configdrive")).contains("H4s");
        assertThat(after.instanceInfo().has("preserve_ephemeral")).isFalse();
        assertThat(after.status().internalInfo().toString()).doesNotContain("H4s");
        assertThat(rig.conductor.history(id).toString()).doesNotContain("H4s");
        rig.provision(node, "deleted");
        assertThat(rig.reaches(node, AVAILABLE).instanceInfo().has("configdrive"))
                .isFalse();
    }

    static List<Move> rows() {
        return Lifecycle.table();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_row_of_the_table_is_a_move_the_settlement_makes(Move row) {
        Node node = rig.enrol(Map.of());
        NodeStatus there = node.status()
                .after(new Move(ENROLL, Event.MANAGE, row.from(), Optional.of(ACTIVE), false), rig.clock.instant());
        rig.database.nodes().move(node.uuid(), ENROLL, there);
        Context context = new Context(
                rig.config,
                rig.database,
                Drivers.of(List.of()),
                new Journal(rig.database.history(), new Listeners(), rig.clock, rig.config),
                rig.clock,
                Pause.sleeping());

        new Settlement(context, new Agenda(rig.database)).move(rig.hold(node, "rig"), rig.now(node), row.event());

        Node after = rig.now(node);
        assertThat(after.provisionState()).isEqualTo(row.to());
        assertThat(after.status().targetProvision()).isEqualTo(row.keepsTarget() ? Optional.of(ACTIVE) : row.target());
        assertThat(rig.steps(node)).last().isEqualTo("state: " + row.from() + " -> " + row.to());
    }
}
