package io.ferric.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call of a {@link VendorMethod}: its name and what came in the body. Immutable; may hold secrets until accepted. */
public record VendorCall(String method, Map<String, Object> parameters) {
    public VendorCall {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return method + parameters.keySet();
    }
}
