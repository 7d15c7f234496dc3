package io.ferric.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is to be deployed on the server: {@code image_source}, {@code root_gb}, {@code swap_mb} ... Immutable. */
public record InstanceInfo(Map<String, Object> values) implements Info {
    public InstanceInfo {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Keys and masked values, fit to be logged. */
    @Override
    public String toString() {
        return Masking.mask(values).toString();
    }
}
