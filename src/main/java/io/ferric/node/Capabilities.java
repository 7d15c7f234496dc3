package io.ferric.node;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
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

    /**
     * What is written, with these besides: of two values of one name the new one stays. What is written in a form that
     * is not {@code key:value} is left out.
     */
    static String merge(Object written, Map<String, String> found) {
        Map<String, String> all = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> map) {
            map.forEach((key, each) -> put(all, String.valueOf(key), String.valueOf(each)));
        } else if (written != null) {
            for (String part : plain(String.valueOf(written)).split(",")) {
                int colon = part.indexOf(':');
                if (colon > 0) {
                    put(all, part.substring(0, colon), part.substring(colon + 1));
                }
            }
        }
        found.forEach((key, each) -> put(all, key, each));
        return all.entrySet().stream()
                .map(each -> each.getKey() + ":" + each.getValue())
                .collect(joining(","));
    }

    /** A comma would begin the next capability. */
    private static void put(Map<String, String> all, String key, String value) {
        String name = key.replace(',', ' ').replace(':', ' ').strip();
        if (!name.isEmpty() && !value.isBlank()) {
            all.put(name, value.replace(',', ' ').strip());
        }
    }
}
