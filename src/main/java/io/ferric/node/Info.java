package io.ferric.node;

import java.util.Map;
import java.util.Optional;

/** A reader of the free-form values that operators and drivers keep on a node. Blank texts count as absent. */
public interface Info {
    /** The values as stored; unmodifiable. */
    Map<String, Object> values();

    /** The value as text; numbers and booleans are turned into text. */
    default Optional<String> text(String key) {
        return Optional.ofNullable(values().get(key)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    /** The first of several names that has a value: for parameters that were renamed. */
    default Optional<String> firstText(String... keys) {
        for (String key : keys) {
            Optional<String> text = text(key);
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    /** The value as a secret. */
    default Optional<Secret> secret(String key) {
        return text(key).map(Secret::of);
    }

    /** Whether there is a value. */
    default boolean has(String key) {
        return text(key).isPresent();
    }
}
