package io.ferric.node;

import java.util.Map;
import java.util.Optional;

/**
 * Reads capabilities in the forms Ironic knows: {@code "k:v,k:v"} as operators write them, and a JSON object or its text
 * as Nova writes them for an instance. Parts that are not {@code key:value} are passed over.
 */
final class Capabilities {
    private Capabilities() {}

    static Optional<String> find(Map<String, Object> holder, String key) {
        Object all = holder.get("capabilities");
        if (all instanceof Map<?, ?> map) {
            return value(map.get(key));
        }
        return all == null ? Optional.empty() : find(plain(String.valueOf(all)), key);
    }

    private static Optional<String> find(String pairs, String key) {
        for (String part : pairs.split(",")) {
            int colon = part.indexOf(':');
            if (colon > 0 && part.substring(0, colon).strip().equals(key)) {
                return value(part.substring(colon + 1));
            }
        }
        return Optional.empty();
    }

    /** A flat JSON object differs from the plain form by braces and quotes only. */
    private static String plain(String text) {
        return text.strip().startsWith("{") ? text.replaceAll("[{}\"]", "") : text;
    }

    private static Optional<String> value(Object found) {
        return Optional.ofNullable(found)
                .map(each -> String.valueOf(each).strip())
                .filter(each -> !each.isEmpty());
    }
}
