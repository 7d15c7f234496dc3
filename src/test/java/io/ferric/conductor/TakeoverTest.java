package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.DEPLOYING;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.ENROLL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.driver.Task;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.store.ReservationStore.Hold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a conductor does at its start about what the one before it left. A kill is played in KillIT. */
class TakeoverTest {
    private final Rig rig = new Rig();
    private final List<Integer> attempts = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        rig.close();
    }

    /** The first time hangs until it is interrupted, which it turns into a failure of its own; later ones pass. */
    private Consumer<Task> hangsOnce(CountDownLatch begun) {
        return task -> {
            attempts.add(task.attempt());
            if (attempts.size() == 1) {
                begun.countDown();
                try {
                    new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("a driver that does not know why it was interrupted", e);
                }
            }
        };
    }

    private Node interrupted(FakeStep step, Node node, String verb) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), step, hangsOnce(begun));
        rig.provision(node, verb);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        rig.restart(rig.config);
        return node;
    }

    @Test
    void a_deploy_that_was_let_go_runs_again_and_knows_it() throws InterruptedException {
        Node node = interrupted(FakeStep.DEPLOY, rig.available(Map.of()), "active");
        rig.reaches(node, ACTIVE);
        assertThat(attempts).containsExactly(1, 2);
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("clean_up");
        assertThat(rig.steps(node)).anyMatch(step -> step.contains("Taking up the work again"));
    }

    @Test
    void an_inspection_that_was_let_go_runs_again() throws InterruptedException {
        Node node = rig.enrol(Map.of());
        rig.provision(node, "manage");
        rig.reaches(node, ProvisionState.MANAGEABLE);
        interrupted(FakeStep.INSPECT, node, "inspect");
        rig.reaches(node, ProvisionState.MANAGEABLE);
        assertThat(attempts).containsExactly(1, 2);
        assertThat(rig.conductor.inventory(node.uuid().toString())).isNotEmpty();
    }

    @Test
    void closing_leaves_the_state_as_it_is() throws InterruptedException {
        Node node = rig.available(Map.of());
        CountDownLatch begun = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, hangsOnce(begun));
        rig.provision(node, "active");
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        rig.conductor.close();
        assertThat(rig.now(node).provisionState()).isEqualTo(DEPLOYING);
        assertThat(rig.now(node).status().lastError()).isEmpty();
        assertThat(rig.now(node).reservation()).contains("rig");
    }

    @Test
    void a_tear_down_that_was_let_go_runs_again() throws InterruptedException {
        Node node = interrupted(FakeStep.TEAR_DOWN, rig.active(Map.of()), "deleted");
        rig.reaches(node, AVAILABLE);
    }

    @Test
    void a_failure_whose_clean_up_was_let_go_is_not_tried_anew_but_cleaned_up() throws InterruptedException {
        Node node = rig.available(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            throw new IllegalStateException();
        });
        interrupted(FakeStep.CLEAN_UP, node, "active");
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("IllegalStateException");
        assertThat(rig.hardware.calls(node.uuid()).stream().filter("deploy"::equals))
                .hasSize(1);
        assertThat(attempts).containsExactly(1, 2);
    }

    @Test
    void gives_up_after_so_many_attempts() {
        Node node = rig.available(Map.of());
        rig.conductor.close();
        Visit visit = Visit.of(node.uuid(), Visit.Kind.DEPLOY);
        scheduleAsIfCutOff(node, visit);
        for (int i = 0; i < 3; i++) {
            rig.database.reservations().begin(Hold.of(node.uuid()), visit.id(), "rig");
        }
        rig.restart(rig.config);
        Node failed = rig.reaches(node, DEPLOY_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).contains("3 times and gives up");
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("deploy").contains("clean_up");
    }

    /** Preparing sets the boot mode, which a running instance must not find changed. */
    @Test
    void what_is_active_or_waits_is_not_prepared_again() {
        Node active = rig.active(Map.of());
        Node waiting = rig.waiting();
        List<String> before = List.copyOf(rig.hardware.calls(active.uuid()));
        List<String> beforeToo = List.copyOf(rig.hardware.calls(waiting.uuid()));
        rig.restart(rig.config);
        rig.conductor.wakeUp();
        assertThat(rig.now(active).provisionState()).isEqualTo(ACTIVE);
        assertThat(rig.hardware.calls(active.uuid())).isEqualTo(before);
        assertThat(rig.hardware.calls(waiting.uuid())).isEqualTo(beforeToo);
    }

    private void scheduleAsIfCutOff(Node node, Visit visit) {
        Hold hold = rig.hold(node, "rig");
        to(node, Event.DEPLOY);
        rig.database.reservations().assign(hold, visit.id());
        new Agenda(rig.database).schedule(visit, rig.clock.instant());
    }

    private void to(Node node, Event event) {
        Lifecycle.Move move = Lifecycle.move(node.provisionState(), event).orElseThrow();
        rig.database.nodes().move(node.uuid(), move.from(), node.status().after(move, rig.clock.instant()));
    }

    @Test
    void a_visit_that_was_settled_just_before_the_end_does_nothing() {
        Node node = rig.available(Map.of());
        rig.conductor.close();
        new Agenda(rig.database).schedule(Visit.of(node.uuid(), Visit.Kind.DEPLOY), rig.clock.instant());
        rig.restart(rig.config);
        rig.active(Map.of());
        assertThat(rig.now(node).provisionState()).isEqualTo(AVAILABLE);
        assertThat(rig.hardware.calls(node.uuid())).doesNotContain("deploy");
    }

    @Test
    void a_node_on_its_way_that_nobody_works_on_is_failed_clearly() {
        Node deploying = rig.available(Map.of());
        Node verifying = rig.enrol(Map.of());
        Node deleting = rig.active(Map.of());
        rig.conductor.close();
        to(deploying, Event.DEPLOY);
        to(verifying, Event.MANAGE);
        to(deleting, Event.DELETE);
        rig.database.reservations().assign(rig.hold(deleting, "rig"), "lost");
        rig.restart(rig.config);
        assertThat(rig.reaches(deploying, DEPLOY_FAILED).status().lastError().orElseThrow())
                .contains("while the node was deploying");
        assertThat(rig.hardware.calls(deploying.uuid())).contains("clean_up");
        rig.reaches(verifying, ENROLL);
        rig.reaches(deleting, ProvisionState.ERROR);
    }

    @Test
    void what_a_request_held_is_given_back_and_a_cut_off_power_action_is_told() {
        Node held = rig.enrol(Map.of());
        Node power = rig.enrol(Map.of());
        Node others = rig.enrol(Map.of());
        rig.conductor.close();
        rig.hold(held, "rig");
        rig.hold(power, "rig");
        rig.database.nodes().savePower(power.uuid(), Optional.empty(), Optional.of(PowerAction.ON));
        rig.hold(others, "another host");
        rig.restart(rig.config);
        await().atMost(Rig.SOON).until(() -> rig.now(held).reservation().isEmpty());
        assertThat(rig.now(power).reservation()).isEmpty();
        assertThat(rig.now(power).status().targetPower()).isEmpty();
        assertThat(rig.now(power).status().lastError().orElseThrow()).contains("'power on'");
        assertThat(rig.now(others).reservation()).contains("another host");
    }

    @Test
    void the_change_of_state_and_its_visit_are_written_together_or_not_at_all() {
        Node node = rig.available(Map.of());
        Settlement settlement = new Settlement(
                new Context(
                        rig.config,
                        rig.database,
                        null,
                        new Journal(rig.database.history(), new Listeners(), rig.clock, rig.config),
                        rig.clock,
                        null),
                new Agenda(rig.database));
        Visit visit = Visit.of(node.uuid(), Visit.Kind.DEPLOY);
        Hold hold = rig.hold(node, "rig");
        int before = rig.steps(node).size();
        try {
            // the disk is full, the power fails: whatever happens between the first and the last write
            rig.database.inTransaction(() -> {
                settlement.begin(hold, node, List.of(Event.DEPLOY), visit, () -> {});
                throw new IllegalStateException("cut off");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("cut off");
        }
        assertThat(rig.now(node).provisionState()).isEqualTo(AVAILABLE);
        assertThat(rig.database.reservations().visit(node.uuid())).isEmpty();
        assertThat(rig.database.reservations().scheduled("visit", visit.id())).isFalse();
        assertThat(rig.steps(node)).hasSize(before);
    }
}
