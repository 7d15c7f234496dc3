package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PowerSyncTest {
    private Rig rig = new Rig();

    @AfterEach
    void stop() {
        rig.close();
    }

    private Node sync(Node node) {
        rig.conductor.syncPower();
        return rig.now(node);
    }

    private void forget(Node node) {
        rig.database.nodes().savePower(node.uuid(), Optional.empty(), Optional.empty());
    }

    @Test
    void stores_what_it_sees_first() {
        Node node = rig.available(Map.of());
        forget(node);
        rig.hardware.power(node.uuid(), PowerState.ON);
        assertThat(sync(node).status().power()).contains(PowerState.ON);
    }

    @Test
    void puts_a_server_back_into_the_recorded_state() {
        Node node = rig.active(Map.of());
        rig.hardware.power(node.uuid(), PowerState.OFF);
        assertThat(sync(node).status().power()).contains(PowerState.ON);
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.ON);
        assertThat(rig.now(node).reservation()).isEmpty();
    }

    @Test
    void records_the_servers_state_when_told_not_to_force() {
        rig.close();
        rig = new Rig(Rig.config(4, Duration.ofMinutes(30), false));
        Node node = rig.active(Map.of());
        rig.hardware.power(node.uuid(), PowerState.OFF);
        assertThat(sync(node).status().power()).contains(PowerState.OFF);
        assertThat(rig.hardware.power(node.uuid())).isEqualTo(PowerState.OFF);
    }

    @Test
    void gives_up_forcing_after_three_times_and_takes_the_node_out() {
        Node node = rig.active(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.POWER_SET, task -> {});
        for (int i = 0; i < 3; i++) {
            rig.hardware.power(node.uuid(), PowerState.OFF);
            assertThat(sync(node).maintenance().on()).isFalse();
        }
        rig.hardware.power(node.uuid(), PowerState.OFF);
        Node out = sync(node);
        assertThat(out.maintenance().on()).isTrue();
        assertThat(out.maintenance().fault()).contains("power failure");
        assertThat(out.status().power()).contains(PowerState.OFF);
        assertThat(out.status().lastError().orElseThrow()).contains("could not be brought to power on");
    }

    @Test
    void takes_a_node_out_after_three_failed_looks_keeps_its_last_power_and_brings_it_back() {
        Node node = rig.active(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.POWER_STATE, task -> {
            throw new IllegalStateException("no answer");
        });
        assertThat(sync(node).maintenance().on()).isFalse();
        assertThat(sync(node).maintenance().on()).isFalse();
        Node out = sync(node);
        assertThat(out.maintenance().on()).isTrue();
        assertThat(out.status().power()).contains(PowerState.ON);
        assertThat(out.status().lastError().orElseThrow()).contains("could not be read 3 times");
        assertThat(sync(node).maintenance().on()).isTrue();
        rig.hardware.behave(FakeStep.POWER_STATE);
        assertThat(sync(node).maintenance()).isEqualTo(Maintenance.NONE);
    }

    @Test
    void leaves_the_maintenance_that_an_operator_sets_during_the_look() {
        Node node = rig.active(Map.of());
        Maintenance operators = Maintenance.because(Optional.of("swapping the board"));
        rig.hardware.on(node.uuid(), FakeStep.POWER_STATE, task -> {
            rig.conductor.maintenance(node.uuid().toString(), Maintenance.NONE);
            throw new IllegalStateException("no answer");
        });
        sync(node);
        sync(node);
        rig.hardware.on(node.uuid(), FakeStep.POWER_STATE, task -> {
            rig.conductor.maintenance(node.uuid().toString(), operators);
            throw new IllegalStateException("no answer");
        });
        assertThat(sync(node).maintenance()).isEqualTo(operators);
        assertThat(rig.now(node).status().lastError()).isEmpty();
    }

    @Test
    void does_not_end_the_maintenance_that_an_operator_sets_during_the_look() {
        Node node = rig.active(Map.of());
        Maintenance operators = Maintenance.because(Optional.of("swapping the board"));
        rig.database
                .nodes()
                .takeOutOfService(node.uuid(), new Maintenance(true, Optional.of("x"), Optional.of(PowerSync.FAULT)));
        rig.hardware.on(
                node.uuid(),
                FakeStep.POWER_STATE,
                task -> rig.conductor.maintenance(node.uuid().toString(), operators));
        assertThat(sync(node).maintenance()).isEqualTo(operators);
    }

    @Test
    void a_success_in_between_starts_the_count_anew() {
        Node node = rig.active(Map.of());
        for (int i = 0; i < 3; i++) {
            rig.hardware.power(node.uuid(), PowerState.ERROR);
            sync(node);
            rig.hardware.power(node.uuid(), PowerState.ERROR);
            sync(node);
            rig.hardware.power(node.uuid(), PowerState.ON);
            assertThat(sync(node).maintenance().on()).isFalse();
        }
    }

    @Test
    void leaves_alone_what_waits_is_held_in_maintenance_or_not_managed() {
        Node waiting = rig.waiting();
        Node maintained = rig.active(Map.of());
        Node held = rig.active(Map.of());
        Node enrolled = rig.enrol(Map.of());
        rig.conductor.maintenance(maintained.uuid().toString(), Maintenance.because(Optional.of("mine")));
        rig.hold(held, "other");
        int[] calls = count(waiting, maintained, held, enrolled);
        rig.conductor.syncPower();
        assertThat(count(waiting, maintained, held, enrolled)).isEqualTo(calls);
        assertThat(rig.now(maintained).maintenance().on()).isTrue();
    }

    private int[] count(Node... nodes) {
        return Stream.of(nodes)
                .mapToInt(node -> rig.hardware.calls(node.uuid()).size())
                .toArray();
    }

    @Test
    void a_slow_bmc_does_not_keep_the_others_waiting() throws InterruptedException {
        Node slow = rig.active(Map.of());
        Node quick = rig.active(Map.of());
        forget(quick);
        CountDownLatch quickSeen = new CountDownLatch(1);
        rig.hardware.on(slow.uuid(), FakeStep.POWER_STATE, task -> {
            try {
                if (!quickSeen.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the quick one was not looked at");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        rig.hardware.on(quick.uuid(), FakeStep.POWER_STATE, task -> quickSeen.countDown());
        rig.conductor.syncPower();
        assertThat(quickSeen.getCount()).isZero();
        assertThat(rig.now(quick).status().power()).contains(PowerState.ON);
    }
}
