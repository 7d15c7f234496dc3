package io.ferric.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the driver must know to reach the server's BMC: {@code ilo_address}, {@code ilo_password} ... Immutable. */
public record DriverInfo(Map<String, Object> values) implements Info {
    public DriverInfo {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Keys and masked values, fit to be logged. */
    @Override
    public String toString() {
        return Masking.mask(values).toString();
    }
}
