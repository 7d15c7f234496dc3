package io.ferric.rest;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.ConductorConfig;
import io.ferric.driver.Drivers;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.store.Database;
import io.ferric.testkit.TestStore;
import java.time.Clock;
import java.util.List;

/** A conductor of fake servers on a database in memory, not started yet. */
record FakeConductor(Database database, Conductor conductor) implements AutoCloseable {
    static FakeConductor of(FakeHardware hardware) {
        Database database = Database.open(TestStore.config(), Clock.systemUTC());
        Drivers drivers = Drivers.of(List.of(new FakeDriver(hardware, duration -> {})));
        return new FakeConductor(
                database, new Conductor(ConductorConfig.defaults(), database, drivers, Clock.systemUTC()));
    }

    @Override
    public void close() {
        conductor.close();
        database.close();
    }
}
