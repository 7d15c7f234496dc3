package io.ferric.ilo;

import io.ferric.conductor.CountedObjects;
import io.ferric.driver.DriverServices;
import io.ferric.driver.SharedObjects;
import io.ferric.driver.SweepReport;
import io.ferric.publish.Publisher;
import io.ferric.store.Database;
import io.ferric.testkit.TestStore;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** One Ferric as far as boot ISOs are concerned: a real database in memory and the driver's library and sweep. */
final class Installation implements AutoCloseable {
    final Database database;
    final CountedObjects shared;
    final BootIsoLibrary isos;
    final StoreSweep sweep;
    final Set<UUID> nodes = new HashSet<>();

    Installation(Bench bench, Publisher store, Clock clock) {
        database = Database.open(TestStore.config(), clock);
        shared = conductor("here", clock);
        isos = library(bench, store, shared);
        sweep = new StoreSweep(store, new OwnMark(store, shared), clock);
    }

    /** The library of one of the conductors. */
    BootIsoLibrary library(Bench bench, Publisher store, CountedObjects conductor) {
        DriverServices services = bench.services().with(Publisher.class, store).with(SharedObjects.class, conductor);
        return IloDriverProvider.parts(services, bench.config, pause -> {}).bootIsos();
    }

    /** Another conductor on the same database, or a later run of the same. */
    CountedObjects conductor(String host, Clock clock) {
        return new CountedObjects(database, host, clock, pause -> Thread.sleep(1));
    }

    FakeTask node() {
        UUID uuid = UUID.randomUUID();
        nodes.add(uuid);
        return FakeTask.complete(uuid);
    }

    String choose(FakeTask task) {
        return isos.choose(task, Bench.DISK);
    }

    SweepReport sweep() {
        return sweep.sweep(nodes::contains);
    }

    String id() {
        return database.installation().toString();
    }

    @Override
    public void close() {
        database.close();
    }
}
