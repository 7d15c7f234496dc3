package io.ferric.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link Step} somebody asks for, with its arguments: JSON types only. Immutable. */
public record StepCall(String kind, String name, Map<String, Object> arguments) {
    public StepCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** Without the arguments, which may be secret. */
    @Override
    public String toString() {
        return kind + "." + name;
    }
}
