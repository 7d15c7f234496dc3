package io.ferric.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is changed at a resource, in order: a JSON patch (RFC 6902). Immutable; start with {@link #none}.
 *
 * @param operations as they are sent
 */
public record Changes(List<Map<String, Object>> operations) {
    public Changes {
        operations = List.copyOf(operations);
    }

    public static Changes none() {
        return new Changes(List.of());
    }

    /**
     * Gives a field or a key in it a value, whether it had one or not.
     *
     * @param path such as {@code /name} or {@code /driver_info/ilo_address}
     */
    public Changes set(String path, Object value) {
        return with("add", path, Map.of("value", value));
    }

    /** Takes a field's value, or a key in it, away. */
    public Changes remove(String path) {
        return with("remove", path, Map.of());
    }

    /** The path of a key in a field, with what a JSON pointer (RFC 6901) must escape escaped. */
    public static String path(String field, String key) {
        return "/" + field + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    private Changes with(String operation, String path, Map<String, Object> rest) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("op", operation);
        change.put("path", path);
        change.putAll(rest);
        List<Map<String, Object>> all = new ArrayList<>(operations);
        all.add(change);
        return new Changes(all);
    }
}
