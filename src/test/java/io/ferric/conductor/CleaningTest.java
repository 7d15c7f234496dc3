package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.driver.VendorCall;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.AccessDenied;
import io.ferric.node.DeployTemplate;
import io.ferric.node.Guard;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeDetails;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steps of cleaning, service and deploy, on the fake driver. */
class CleaningTest {
    private static final StepCall FANS = call("management", "check_fans");
    private static final StepCall ERASE = call("deploy", "erase_devices");
    private static final StepCall BURN_IN = call("deploy", "burn_in");
    private static final StepCall HOLD = call("management", "hold");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void providing_cleans_by_the_automatic_steps_in_their_order() {
        Node node = manageable(Map.of("fake_automatic_steps", "check_fans,erase_devices"));

        rig.provision(node, "provide");
        Node waiting = rig.reaches(node, ProvisionState.CLEAN_WAIT);

        assertThat(steps(node)).containsExactly("step management.check_fans", "step deploy.erase_devices");
        assertThat(StepPlan.of(waiting, Use.CLEAN).orElseThrow().current()).contains(ERASE);
        assertThat(waiting.status().targetProvision()).contains(ProvisionState.AVAILABLE);

        rig.callBack(node, "pass_deploy_info");
        Node clean = rig.reaches(node, ProvisionState.AVAILABLE);

        assertThat(steps(node)).endsWith("step_resume deploy.erase_devices", "step_clean_up");
        assertThat(clean.status().internalInfo()).doesNotContainKeys("clean_steps", "clean_step_index");
        assertThat(clean.reservation()).isEmpty();
    }

    @Test
    void a_node_may_be_left_uncleaned_and_a_retired_one_is_not_given_away() {
        Node node = manageable(Map.of("fake_automatic_steps", "check_fans"));
        guard(node, new Guard(false, Optional.empty(), false, Optional.empty(), Optional.of(false)));

        rig.provision(node, "provide");
        rig.reaches(node, ProvisionState.AVAILABLE);
        assertThat(steps(node)).isEmpty();

        rig.provision(node, "active");
        rig.reaches(node, ProvisionState.ACTIVE);
        guard(node, new Guard(false, Optional.empty(), true, Optional.of("old"), Optional.empty()));
        rig.provision(node, "deleted");

        Node kept = rig.reaches(node, ProvisionState.MANAGEABLE);
        assertThat(steps(node)).contains("step management.check_fans");
        assertThat(kept.instanceInfo().values()).isEmpty();
        assertThatThrownBy(() -> rig.provision(node, "provide"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("retired");
    }

    @Test
    void a_protected_node_keeps_its_instance() {
        Node node = rig.active(Map.of());
        guard(node, new Guard(true, Optional.of("mine"), false, Optional.empty(), Optional.empty()));

        for (String verb : List.of("deleted", "rebuild")) {
            assertThatThrownBy(() -> rig.provision(node, verb))
                    .isInstanceOf(AccessDenied.class)
                    .hasMessageContaining("protected");
        }
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.ACTIVE);
    }

    @Test
    void tearing_down_cleans_before_the_node_is_given_away_again() {
        Node node = rig.active(Map.of("fake_automatic_steps", "check_fans"));
        int before = steps(node).size();

        rig.provision(node, "deleted");
        Node clean = rig.reaches(node, ProvisionState.AVAILABLE);

        assertThat(steps(node)).hasSizeGreaterThan(before).contains("step management.check_fans");
        assertThat(clean.status().internalInfo()).isEmpty();
        assertThat(clean.status().lastError()).isEmpty();
    }

    @Test
    void steps_asked_for_leave_the_node_manageable() {
        Node node = manageable(Map.of());

        clean(node, List.of(FANS, new StepCall("bios", "apply_configuration", Map.of("settings", List.of()))));

        rig.settles(node);
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.MANAGEABLE);
        assertThat(steps(node))
                .containsExactly("step management.check_fans", "step bios.apply_configuration", "step_clean_up");
    }

    @Test
    void what_cannot_be_done_is_refused_by_name_and_changes_nothing() {
        Node node = manageable(Map.of());

        assertThatThrownBy(() -> clean(node, List.of(FANS, call("deploy", "levitate"))))
                .hasMessageContaining("deploy.levitate")
                .satisfies(
                        e -> assertThat(((InvalidRequest) e).hint().orElse("")).contains("management.check_fans"));
        assertThatThrownBy(() -> clean(node, List.of(call("bios", "apply_configuration"))))
                .hasMessageContaining("'settings'");
        assertThatThrownBy(() -> clean(node, List.of(new StepCall("management", "check_fans", Map.of("speed", 1)))))
                .hasMessageContaining("'speed'");
        assertThatThrownBy(() -> clean(node, List.of())).hasMessageContaining("'clean_steps' is empty");
        assertThatThrownBy(() -> rig.provision(node, "clean")).hasMessageContaining("'clean_steps' is missing");
        assertThatThrownBy(
                        () -> provision(node, "clean", Map.of("clean_steps", List.of(ERASE), "disable_ramdisk", true)))
                .hasMessageContaining("ramdisk");
        assertThatThrownBy(() -> provision(node, "clean", Map.of("clean_steps", List.of(FANS), "configdrive", "x")))
                .hasMessageContaining("'configdrive'");

        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.MANAGEABLE);
        assertThat(rig.now(node).reservation()).isEmpty();
        assertThat(steps(node)).isEmpty();
    }

    @Test
    void a_step_that_fails_takes_the_node_out_of_service_until_it_is_managed() {
        Node node = manageable(Map.of("fake_fail", "step"));

        clean(node, List.of(FANS));
        Node failed = rig.reaches(node, ProvisionState.CLEAN_FAILED);

        assertThat(failed.status().lastError().orElse("")).startsWith("Failed to clean. Error: ");
        assertThat(failed.maintenance().on()).isTrue();
        assertThat(failed.maintenance().fault()).contains("clean failure");
        assertThat(failed.status().internalInfo()).isEmpty();
        assertThat(steps(node)).contains("step_clean_up");

        rig.provision(node, "manage");
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.MANAGEABLE);
        assertThat(rig.now(node).maintenance().on()).isFalse();
    }

    @Test
    void a_hold_waits_for_an_operator_and_the_step_after_it_is_next() {
        Node node = manageable(Map.of());

        clean(node, List.of(FANS, HOLD, FANS));
        Node held = rig.reaches(node, ProvisionState.CLEAN_HOLD);
        assertThat(held.reservation()).isEmpty();
        assertThat(held.status().targetProvision()).contains(ProvisionState.MANAGEABLE);
        // a conductor that dies on the way into the hold finds the hold, not what follows it
        assertThat(StepPlan.of(held, Use.CLEAN).orElseThrow().current()).contains(HOLD);

        rig.provision(node, "unhold");
        rig.reaches(node, ProvisionState.MANAGEABLE);
        assertThat(steps(node)).filteredOn("step management.check_fans"::equals).hasSize(2);
    }

    @Test
    void a_step_may_be_aborted_while_it_waits_and_another_only_when_it_is_over() {
        Node node = manageable(Map.of());
        clean(node, List.of(ERASE));
        rig.reaches(node, ProvisionState.CLEAN_WAIT);
        assertThatThrownBy(() -> rig.conductor.power(
                        node.uuid().toString(), PowerAction.OFF, Optional.empty(), Requester.NOBODY))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("clean wait");
        rig.provision(node, "abort");
        Node aborted = rig.reaches(node, ProvisionState.CLEAN_FAILED);
        assertThat(aborted.status().lastError()).contains("The cleaning was aborted because an operator asked for it.");
        assertThat(aborted.maintenance().on()).isFalse();
        rig.provision(node, "manage");

        clean(node, List.of(BURN_IN, FANS));
        rig.reaches(node, ProvisionState.CLEAN_WAIT);
        rig.provision(node, "abort");
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.CLEAN_WAIT);
        rig.callBack(node, "pass_deploy_info");

        Node after = rig.reaches(node, ProvisionState.CLEAN_FAILED);
        assertThat(after.status().lastError().orElse("")).contains("aborted because an operator asked for it");
        assertThat(after.maintenance().on()).isFalse();
        assertThat(steps(node)).doesNotContain("step management.check_fans");
    }

    @Test
    void a_ramdisk_that_is_silent_ends_the_cleaning() {
        Node node = manageable(Map.of());
        clean(node, List.of(ERASE));
        rig.reaches(node, ProvisionState.CLEAN_WAIT);

        rig.clock.forward(Duration.ofHours(1));

        Node failed = rig.reaches(node, ProvisionState.CLEAN_FAILED);
        assertThat(failed.status().lastError().orElse("")).startsWith("Timeout reached while waiting for callback");
    }

    @Test
    void the_error_of_a_ramdisk_is_what_the_operator_reads() {
        Node node = manageable(Map.of());
        clean(node, List.of(ERASE));
        rig.reaches(node, ProvisionState.CLEAN_WAIT);

        rig.conductor.vendorCall(
                node.uuid().toString(),
                "POST",
                new VendorCall(
                        "pass_deploy_info",
                        Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "i", "error", "no disk")));

        Node failed = rig.reaches(node, ProvisionState.CLEAN_FAILED);
        assertThat(failed.status().lastError().orElse("")).contains("no disk");
    }

    @Test
    void a_conductor_that_stops_in_a_step_does_it_again_and_not_those_before() throws Exception {
        Node node = manageable(Map.of());
        CountDownLatch within = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.STEP, task -> {
            if (steps(node).size() == 2 && within.getCount() == 1) {
                within.countDown();
                await(new CountDownLatch(1));
            }
        });
        clean(node, List.of(FANS, new StepCall("bios", "apply_configuration", Map.of("settings", List.of()))));
        await(within);

        rig.restart(rig.config);

        rig.reaches(node, ProvisionState.MANAGEABLE);
        assertThat(steps(node))
                .containsExactly(
                        "step management.check_fans",
                        "step bios.apply_configuration",
                        "step bios.apply_configuration",
                        "step_clean_up");
    }

    @Test
    void service_does_steps_on_a_server_that_keeps_its_instance() {
        Node node = rig.active(Map.of());

        provision(node, "service", Map.of("service_steps", List.of(HOLD, FANS)));
        rig.reaches(node, ProvisionState.SERVICE_HOLD);
        rig.provision(node, "unhold");

        rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(steps(node)).contains("step management.check_fans");
    }

    @Test
    void steps_before_a_deploy_are_done_first_and_may_hold_it() {
        Node node = rig.available(Map.of());

        provision(node, "active", Map.of("deploy_steps", List.of(FANS, HOLD)));
        rig.reaches(node, ProvisionState.DEPLOY_HOLD);
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("deploy");
        rig.provision(node, "unhold");

        rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(rig.hardware.calls(node.uuid())).contains("step management.check_fans", "deploy");
        assertThatThrownBy(() -> provision(node, "rebuild", Map.of("deploy_steps", List.of(ERASE))))
                .hasMessageContaining("deploy.erase_devices");
    }

    @Test
    void a_step_that_fails_before_a_deploy_is_cleaned_up_after() {
        Node node = rig.available(Map.of("fake_fail", "step"));

        provision(node, "active", Map.of("deploy_steps", List.of(FANS)));

        Node failed = rig.reaches(node, ProvisionState.DEPLOY_FAILED);
        assertThat(steps(node)).containsExactly("step management.check_fans", "step_clean_up");
        assertThat(failed.status().internalInfo()).doesNotContainKey("deploy_steps");
    }

    @Test
    void a_template_named_by_a_trait_of_the_instance_gives_steps_before_the_deploy() {
        Node node = rig.available(Map.of());
        rig.conductor
                .deployTemplates()
                .create(new DeployTemplate(
                        UUID.randomUUID(),
                        "CUSTOM_COOL",
                        List.of(Map.of(
                                "interface", "management", "step", "check_fans", "args", Map.of(), "priority", 50)),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty()));
        rig.conductor.updateNode(
                node.uuid().toString(),
                spec -> spec.withInstanceInfo(Map.of("traits", List.of("CUSTOM_COOL", "CUSTOM_OTHER"))));
        assertThatThrownBy(() -> rig.provision(node, "active"))
                .as("a lessee may not have steps run that the node is not for")
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("CUSTOM_COOL");
        rig.conductor.updateTraits(node.uuid().toString(), none -> Set.of("CUSTOM_COOL", "CUSTOM_OTHER"));

        rig.provision(node, "active");

        rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(rig.hardware.calls(node.uuid())).containsSubsequence("step management.check_fans", "deploy");
    }

    private Node manageable(Map<String, Object> driverInfo) {
        Node node = rig.enrol(driverInfo);
        rig.provision(node, "manage");
        return rig.reaches(node, ProvisionState.MANAGEABLE);
    }

    private void guard(Node node, Guard guard) {
        rig.conductor.updateNode(node.uuid().toString(), spec -> spec.withDetails(NodeDetails.NONE.withGuard(guard)));
    }

    private void clean(Node node, List<StepCall> steps) {
        provision(node, "clean", Map.of("clean_steps", steps));
    }

    private void provision(Node node, String verb, Map<String, Object> options) {
        rig.conductor.provision(node.uuid().toString(), verb, options);
    }

    private List<String> steps(Node node) {
        return rig.hardware.calls(node.uuid()).stream()
                .filter(step -> step.startsWith("step"))
                .toList();
    }

    private static StepCall call(String kind, String name) {
        return new StepCall(kind, name, Map.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
