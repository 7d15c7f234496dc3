package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.MANAGEABLE;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.driver.Task;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.PowerAction;
import io.ferric.node.Unavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two conductors on one database, and one that stops or is silent. */
class SeveralConductorsTest {
    private final Rig rig = new Rig();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Optional<Conductor> other = Optional.empty();

    @BeforeEach
    void start() {
        rig.conductor.close();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        other.ifPresent(Conductor::close);
        rig.close();
    }

    private Conductor other(Duration drainTimeout) {
        Conductor conductor = rig.newConductor(Rig.config("other", drainTimeout));
        other = Optional.of(conductor);
        conductor.start();
        return conductor;
    }

    private void hang(Task task) {
        working.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        task.checkCancelled();
    }

    @Test
    void a_silent_conductor_loses_what_it_held_for_a_request() {
        rig.database.conductors().alive("silent", Set.of());
        Node node = enrolBy(other(Duration.ZERO));
        rig.hold(node, "silent");
        rig.database.nodes().savePower(node.uuid(), Optional.empty(), Optional.of(PowerAction.ON));

        await().atMost(Rig.SOON).until(() -> rig.now(node).reservation().isEmpty());
        assertThat(rig.now(node).status().targetPower()).isEmpty();
        assertThat(rig.now(node).status().lastError().orElseThrow()).contains("'power on'");
    }

    @Test
    void what_could_not_be_given_back_is_given_back_later() {
        Node node = enrolBy(other(Duration.ZERO));
        Reservations reservations =
                new Reservations(new Context(rig.config, rig.database, null, null, rig.clock, duration -> {}));
        Reservations.Held held = reservations.hold(node.uuid());
        reservations.owe(held.hold());
        assertThat(rig.now(node).reservation()).isPresent();
        reservations.payBack(hold -> rig.database.reservations().release(hold));
        assertThat(rig.now(node).reservation()).isEmpty();
        reservations.payBack(hold -> {
            throw new AssertionError("paid back already");
        });
    }

    @Test
    void a_conductor_that_lives_keeps_what_it_holds() {
        Node node = enrolBy(other(Duration.ZERO));
        Conductor living = rig.newConductor(Rig.config("living", Duration.ZERO));
        living.start();
        try {
            rig.hold(node, "living");
            rig.database.conductors().alive("silent", Set.of());
            Node taken = enrolBy(living);
            rig.hold(taken, "silent");
            // by the time the silent one is found out, the living one would have been, too
            await().atMost(Rig.SOON).until(() -> rig.now(taken).reservation().isEmpty());
            assertThat(rig.now(node).reservation()).contains("living");
        } finally {
            living.close();
        }
    }

    @Test
    void what_a_stopping_conductor_lets_go_another_does_at_once() throws Exception {
        Conductor stopping = other(Duration.ZERO);
        Node node = availableAt(stopping);
        rig.hardware.on(FakeStep.DEPLOY, this::hang);
        stopping.provision(node.uuid().toString(), "active", Map.of());
        working.await();
        stopping.drain();
        stopping.close();
        rig.hardware.behave(FakeStep.DEPLOY);
        rig.conductor = rig.newConductor(Rig.config("next", Duration.ZERO));
        rig.conductor.start();
        assertThat(rig.reaches(node, WAIT_CALL_BACK).status().lastError()).isEmpty();
    }

    @Test
    void a_draining_conductor_ends_its_work_and_begins_nothing_new() throws Exception {
        Conductor draining = other(Duration.ofMinutes(5));
        Node node = availableAt(draining);
        Node next = availableAt(draining);
        rig.hardware.on(FakeStep.DEPLOY, this::hang);
        draining.provision(node.uuid().toString(), "active", Map.of());
        working.await();
        assertThat(draining.notReady()).isEmpty();
        Thread drain = new Thread(draining::drain);
        drain.start();
        await().atMost(Rig.SOON).until(() -> draining.notReady().isPresent());

        assertThat(draining.notReady().orElseThrow()).contains("being stopped");
        assertThatThrownBy(() -> draining.provision(next.uuid().toString(), "active", Map.of()))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.code()).isEqualTo(FaultCode.TEMPORARY_FAILURE));
        assertThatThrownBy(() -> draining.power(next.uuid().toString(), PowerAction.ON))
                .isInstanceOf(Unavailable.class);
        assertThat(rig.now(next).reservation()).isEmpty();
        assertThat(draining.node(next.uuid().toString())).isNotNull();

        goOn.countDown();
        drain.join();
        assertThat(rig.now(node).provisionState()).isIn(WAIT_CALL_BACK, ACTIVE);
    }

    private static Node enrolBy(Conductor conductor) {
        return conductor.createNode(
                UUID.randomUUID(), NodeSpec.ofDriver(FakeDriver.NAME).withDriverInfo(Map.of("fake_callback", true)));
    }

    private Node availableAt(Conductor conductor) {
        Node node = enrolBy(conductor);
        conductor.provision(node.uuid().toString(), "manage", Map.of());
        rig.reaches(node, MANAGEABLE);
        conductor.provision(node.uuid().toString(), "provide", Map.of());
        return rig.reaches(node, AVAILABLE);
    }
}
