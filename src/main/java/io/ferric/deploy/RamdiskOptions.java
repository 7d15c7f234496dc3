package io.ferric.deploy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the ramdisk must know, as {@code key=value} words for {@code parameters.txt}. Every value is safe for the
 * ramdisk's shell. Immutable; {@link #toString} shows names only, for there is a key among the values.
 */
public record RamdiskOptions(Map<String, String> parameters) {
    public RamdiskOptions {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    @Override
    public String toString() {
        return "RamdiskOptions" + parameters.keySet();
    }
}
