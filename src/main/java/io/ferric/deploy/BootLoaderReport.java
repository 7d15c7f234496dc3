package io.ferric.deploy;

import io.ferric.driver.VendorCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ramdisk says about the boot loader that it was told to install. Holds no key. Immutable.
 *
 * @param address IP address of the ramdisk; may be empty in a report of a failure
 * @param error why there is no boot loader; empty when there is one
 */
public record BootLoaderReport(String address, Optional<String> error) {
    /** The report as it is remembered until it is worked on. */
    public VendorCall toVendorCall(String method) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("address", address);
        error.ifPresent(text -> values.put("error", text));
        return new VendorCall(method, values);
    }

    /** Reads back what {@link #toVendorCall} made. */
    public static BootLoaderReport of(VendorCall accepted) {
        return new BootLoaderReport(
                String.valueOf(accepted.parameters().get("address")),
                Optional.ofNullable(accepted.parameters().get("error")).map(String::valueOf));
    }
}
