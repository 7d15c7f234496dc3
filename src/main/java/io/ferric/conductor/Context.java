package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.VendorInterface;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What nearly everything in this room leans on. */
record Context(ConductorConfig config, Database database, Drivers drivers, Journal journal, Clock clock, Pause pause) {

    /** The name this conductor reserves nodes under. */
    String host() {
        return config.host();
    }

    /** The time, as precise as every database keeps it: work scheduled for now must not be due a microsecond later. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Driver driverOf(Node node) {
        return drivers.require(node.spec().driver());
    }

    VendorInterface vendorOf(Node node) {
        return driverOf(node)
                .vendor()
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                        "Driver " + node.spec().driver()
                                + " does not support vendor_passthru (disabled or not implemented).",
                        ""));
    }
}
