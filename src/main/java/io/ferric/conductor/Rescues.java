package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.RescueInterface;
import io.ferric.driver.Unsupported;

/** Finds the rescue of a driver. */
final class Rescues {
    private Rescues() {}

    /** @throws io.ferric.node.InvalidRequest when the driver has none */
    static RescueInterface of(Driver driver) {
        return driver.rescue().orElseThrow(() -> Unsupported.because("rescue (disabled or not implemented)"));
    }
}
