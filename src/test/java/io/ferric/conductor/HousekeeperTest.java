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
import io.ferric.store.SharedObjectStore.SharedObject;
import io.ferric.store.SharedObjectStore.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
    void is_done_again_and_again_when_an_interval_is_set_and_never_without() {
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
        assertThat(rig.config.orphanSweepInterval()).isZero();
    }
}
