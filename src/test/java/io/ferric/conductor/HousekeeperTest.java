package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.Housekeeping;
import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import io.ferric.store.SharedObjectStore.SharedObject;
import io.ferric.store.SharedObjectStore.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Drivers driver(Housekeeping housekeeping) {
        Driver driver = mock(Driver.class);
        when(driver.name()).thenReturn("tidy");
        when(driver.housekeeping()).thenReturn(Optional.of(housekeeping));
        return Drivers.of(List.of(driver));
    }

    private Conductor conductor(ConductorConfig config, Housekeeping housekeeping) {
        return new Conductor(config, rig.database, driver(housekeeping), rig.clock);
    }

    private static SweepReport deleted(String name) {
        return new SweepReport(List.of(new Leftover(Fate.DELETED, name, "nobody needs it")));
    }

    @Test
    void a_sweep_ends_the_uses_of_lost_nodes_and_asks_every_driver() {
        Node node = rig.enrol(Map.of());
        var shared = rig.database.sharedObjects();
        shared.insert(new SharedObject("iso", State.READY, Optional.empty()));
        shared.addUser("iso", node.uuid());
        shared.addUser("iso", UUID.randomUUID());
        try (Conductor conductor = conductor(rig.config, isNode -> {
            assertThat(isNode).accepts(node.uuid()).rejects(UUID.randomUUID());
            return deleted("orphan");
        })) {
            assertThat(conductor.sweep().names(Fate.DELETED)).containsExactly("1 uses of shared objects", "orphan");
            assertThat(shared.users("iso")).isEqualTo(1);
            assertThat(conductor.sweep().names(Fate.DELETED)).containsExactly("orphan");
        }
    }

    @Test
    void a_driver_that_fails_is_named_and_nothing_is_thrown() {
        try (Conductor conductor = conductor(rig.config, isNode -> {
            throw new IllegalStateException("no network");
        })) {
            assertThat(conductor.sweep().leftovers())
                    .containsExactly(new Leftover(Fate.FAILED, "driver tidy", "no network"));
        }
    }

    @Test
    void a_driver_that_keeps_nothing_has_nothing_to_tell() {
        assertThat(rig.conductor.sweep()).isEqualTo(SweepReport.CLEAN);
    }

    @Test
    void is_done_again_and_again_when_an_interval_is_set() {
        AtomicInteger sweeps = new AtomicInteger();
        Housekeeping counting = isNode -> {
            sweeps.incrementAndGet();
            return SweepReport.CLEAN;
        };
        ConductorConfig hourly = rig.config.withOrphanSweepInterval(Duration.ofHours(1));
        try (Conductor conductor = conductor(hourly, counting)) {
            conductor.start();
            await().atMost(Rig.SOON).until(() -> sweeps.get() == 1);
            rig.clock.forward(Duration.ofMinutes(61));
            await().atMost(Rig.SOON).until(() -> sweeps.get() == 2);
        }
    }

    @Test
    void without_an_interval_it_is_never_done() {
        AtomicInteger sweeps = new AtomicInteger();
        ConductorConfig config = rig.config.withOrphanSweepInterval(Duration.ZERO);
        try (Conductor conductor = conductor(config, isNode -> {
            sweeps.incrementAndGet();
            return SweepReport.CLEAN;
        })) {
            conductor.start();
            rig.clock.forward(Duration.ofDays(3));
            conductor.wakeUp();
            await().during(Duration.ofMillis(500)).atMost(Rig.SOON).until(() -> sweeps.get() == 0);
        }
    }

    @Test
    void what_stays_as_it_is_is_told_once() {
        Housekeeper housekeeper = new Housekeeper(mock(Context.class), mock(Reservations.class));
        Leftover strange = new Leftover(Fate.LEFT_ALONE, "strange", "no mark");
        Leftover lost = new Leftover(Fate.LOST, "iso", "1 node");
        Leftover worse = new Leftover(Fate.LOST, "iso", "2 nodes");
        assertThat(housekeeper.news(List.of(strange, lost))).containsExactly(strange, lost);
        assertThat(housekeeper.news(List.of(strange, lost))).isEmpty();
        assertThat(housekeeper.news(List.of(strange, worse))).containsExactly(worse);
        assertThat(housekeeper.news(List.of())).isEmpty();
        assertThat(housekeeper.news(List.of(strange))).containsExactly(strange);
    }

    @Test
    void what_lies_on_this_machine_is_deleted_only_when_nobody_works_on_its_node() {
        Node free = rig.enrol(Map.of());
        Node held = rig.enrol(Map.of());
        Node underWay = rig.enrol(Map.of());
        UUID gone = UUID.randomUUID();
        rig.hold(held, "another");
        rig.database
                .nodes()
                .move(underWay.uuid(), ProvisionState.ENROLL, underWay.status().in(ProvisionState.WAIT_CALL_BACK));
        List<UUID> deleted = new CopyOnWriteArrayList<>();
        Housekeeping images = new Housekeeping() {
            @Override
            public SweepReport sweep(Predicate<UUID> isNode) {
                return SweepReport.CLEAN;
            }

            @Override
            public SweepReport tidy(NodesAtRest nodes) {
                for (UUID node : List.of(free.uuid(), held.uuid(), underWay.uuid(), gone)) {
                    assertThat(nodes.ifAtRest(node, () -> deleted.add(node))).isEqualTo(deleted.contains(node));
                }
                return SweepReport.CLEAN;
            }
        };
        try (Conductor conductor = conductor(rig.config.withOrphanSweepInterval(Duration.ofHours(1)), images)) {
            conductor.start();
            await().untilAsserted(() -> assertThat(deleted).containsExactly(free.uuid(), gone));
            await().untilAsserted(() -> assertThat(
                            rig.database.nodes().find(free.uuid()).orElseThrow().reservation())
                    .isEmpty());
        }
    }
}
