package io.ferric.deploy;

import io.ferric.driver.VendorCall;
import io.ferric.iscsi.IscsiTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ramdisk says when it calls back: where its disk is, or why there is none. Holds no key. Immutable.
 *
 * @param address IP address of the ramdisk
 * @param error what went wrong in the ramdisk
 */
public record RamdiskCall(String address, int port, String iqn, long lun, Optional<String> error) {
    /** Tells the target to log in to. */
    IscsiTarget target() {
        return IscsiTarget.of(address, port, iqn, lun);
    }

    /** The call as it is remembered until it is worked on. */
    public VendorCall toVendorCall(String method) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("address", address);
        values.put("port", port);
        values.put("iqn", iqn);
        values.put("lun", lun);
        error.ifPresent(text -> values.put("error", text));
        return new VendorCall(method, values);
    }

    /** Reads back what {@link #toVendorCall} made. */
    public static RamdiskCall of(VendorCall accepted) {
        Map<String, Object> values = accepted.parameters();
        return new RamdiskCall(
                String.valueOf(values.get("address")),
                ((Number) values.get("port")).intValue(),
                String.valueOf(values.get("iqn")),
                ((Number) values.get("lun")).longValue(),
                Optional.ofNullable(values.get("error")).map(String::valueOf));
    }
}
