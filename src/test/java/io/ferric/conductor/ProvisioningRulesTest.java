package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.DEPLOYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Drivers;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NotFound;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProvisioningRulesTest {
    private final Rig rig = new Rig(Rig.config(2, Duration.ofMinutes(30), true));

    @AfterEach
    void stop() {
        rig.close();
    }

    private static NodeFault fault(ThrowingCallable call, Class<? extends NodeFault> type, String code) {
        NodeFault[] caught = new NodeFault[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(type, fault -> {
            assertThat(fault.code()).isEqualTo(code);
            caught[0] = fault;
        });
        return caught[0];
    }

    @Test
    void an_unknown_verb_is_refused() {
        Node node = rig.enrol(Map.of());
        fault(() -> rig.provision(node, "fly"), InvalidRequest.class, FaultCode.INVALID_STATE_REQUESTED);
    }

    @Test
    void an_unknown_node_is_not_found() {
        fault(() -> rig.conductor.provision("nobody", "manage", Map.of()), NotFound.class, FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void a_verb_the_state_does_not_know_is_refused_and_the_possible_ones_are_named() {
        Node node = rig.enrol(Map.of());
        NodeFault fault =
                fault(() -> rig.provision(node, "active"), InvalidRequest.class, FaultCode.INVALID_STATE_REQUESTED);
        assertThat(fault.inPlainWords()).contains("enroll", "Possible now: manage.");
    }

    @Test
    void the_target_the_node_has_reached_is_refused() {
        Node node = rig.active(Map.of());
        fault(() -> rig.provision(node, "active"), InvalidRequest.class, FaultCode.INVALID_STATE_REQUESTED);
    }

    @Test
    void a_node_on_its_way_is_a_conflict() {
        Node node = rig.waiting();
        fault(() -> rig.provision(node, "active"), Conflict.class, FaultCode.INVALID_STATE);
    }

    @Test
    void maintenance_forbids_to_begin_but_not_to_end() {
        Node node = rig.available(Map.of());
        rig.conductor.maintenance(node.uuid().toString(), Maintenance.because(Optional.of("new fan")));
        fault(() -> rig.provision(node, "active"), InvalidRequest.class, FaultCode.NODE_IN_MAINTENANCE);
        assertThat(rig.now(node).maintenance().reason()).contains("new fan");
        rig.conductor.maintenance(node.uuid().toString(), Maintenance.NONE);
        assertThat(rig.now(node).maintenance()).isEqualTo(Maintenance.NONE);
        rig.provision(node, "active");
        rig.reaches(node, ACTIVE);
        rig.conductor.maintenance(node.uuid().toString(), Maintenance.because(Optional.empty()));
        fault(() -> rig.provision(node, "rebuild"), InvalidRequest.class, FaultCode.NODE_IN_MAINTENANCE);
        rig.provision(node, "deleted");
        rig.reaches(node, AVAILABLE);
    }

    @Test
    void a_deploy_that_does_not_validate_names_every_finding_and_changes_nothing() {
        Node node = rig.available(Map.of());
        rig.conductor.updateNode(
                node.uuid().toString(),
                spec -> spec.withDriverInfo(Map.of("fake_fail", "validate", "fake_deploy_delay", "soon")));
        Node before = rig.now(node);
        NodeFault fault =
                fault(() -> rig.provision(node, "active"), InvalidRequest.class, FaultCode.INVALID_PARAMETER_VALUE);
        assertThat(fault.getMessage()).contains("fake_fail", "fake_deploy_delay");
        assertThat(rig.now(node)).isEqualTo(before);
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("prepare", "clean_up");
    }

    @Test
    void options_are_checked() {
        Node node = rig.active(Map.of());
        String id = node.uuid().toString();
        fault(
                () -> rig.conductor.provision(id, "rebuild", Map.of("preserve_ephemeral", "maybe")),
                InvalidRequest.class,
                FaultCode.INVALID_PARAMETER_VALUE);
        fault(
                () -> rig.conductor.provision(id, "rebuild", Map.of("colour", "blue")),
                InvalidRequest.class,
                FaultCode.INVALID_PARAMETER_VALUE);
        fault(
                () -> rig.conductor.provision(id, "deleted", Map.of("configdrive", "H4s")),
                InvalidRequest.class,
                FaultCode.INVALID_PARAMETER_VALUE);
        assertThat(rig.now(node).provisionState()).isEqualTo(ACTIVE);
    }

    @Test
    void of_two_deploys_of_one_node_one_is_a_conflict() throws Exception {
        Node node = rig.available(Map.of());
        CountDownLatch go = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> await(go));
        ExecutorService callers = Executors.newFixedThreadPool(2);
        Callable<String> deploy = () -> {
            try {
                rig.provision(node, "active");
                return "accepted";
            } catch (Conflict e) {
                return "409";
            }
        };
        List<Future<String>> answers = callers.invokeAll(List.of(deploy, deploy));
        assertThat(answers).extracting(Future::get).containsExactlyInAnyOrder("accepted", "409");
        go.countDown();
        rig.reaches(node, ACTIVE);
        assertThat(rig.hardware.calls(node.uuid()).stream().filter("deploy"::equals))
                .hasSize(1);
        callers.shutdown();
    }

    @Test
    void a_held_node_is_locked_and_the_holder_named_after_three_tries() {
        Node node = rig.enrol(Map.of());
        int[] pauses = {0};
        Conductor patient = new Conductor(rig.config, rig.database, Drivers.of(List.of()), rig.clock, duration -> {
            assertThat(duration).isEqualTo(Duration.ofSeconds(1));
            pauses[0]++;
        });
        Hold hold = rig.hold(node, "the-other-one");
        NodeFault fault = fault(
                () -> patient.ports()
                        .delete(patient.ports()
                                .create(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:01", Map.of()))
                                .uuid()
                                .toString()),
                Conflict.class,
                FaultCode.NODE_LOCKED);
        assertThat(fault.getMessage()).contains("the-other-one");
        assertThat(pauses[0]).isEqualTo(2);
        rig.database.reservations().release(hold);
    }

    @Test
    void without_a_free_worker_nothing_changes() {
        CountDownLatch go = new CountDownLatch(1);
        rig.hardware.on(FakeStep.PREPARE, task -> await(go));
        Node first = rig.available(Map.of());
        Node second = rig.available(Map.of());
        Node third = rig.available(Map.of());
        rig.provision(first, "active");
        rig.provision(second, "active");
        Node before = rig.now(third);
        fault(() -> rig.provision(third, "active"), Unavailable.class, FaultCode.NO_FREE_CONDUCTOR_WORKER);
        fault(
                () -> rig.conductor.power(third.uuid().toString(), PowerAction.ON),
                Unavailable.class,
                FaultCode.NO_FREE_CONDUCTOR_WORKER);
        assertThat(rig.now(third)).isEqualTo(before);
        assertThat(rig.now(first).provisionState()).isEqualTo(DEPLOYING);
        go.countDown();
        rig.reaches(first, ACTIVE);
        rig.reaches(second, ACTIVE);
        rig.provision(third, "active");
        rig.reaches(third, ACTIVE);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
