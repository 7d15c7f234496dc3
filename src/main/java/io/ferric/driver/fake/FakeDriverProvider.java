package io.ferric.driver.fake;

import io.ferric.driver.Driver;
import io.ferric.driver.DriverProvider;
import io.ferric.driver.DriverServices;

/** Makes the fake driver; takes {@link FakeHardware} and {@link FakePause} from the services when they offer them. */
public final class FakeDriverProvider implements DriverProvider {
    @Override
    public String name() {
        return FakeDriver.NAME;
    }

    @Override
    public Driver create(DriverServices services) {
        return new FakeDriver(
                services.find(FakeHardware.class).orElseGet(FakeHardware::new),
                services.find(FakePause.class).orElse(duration -> Thread.sleep(duration.toMillis())));
    }
}
