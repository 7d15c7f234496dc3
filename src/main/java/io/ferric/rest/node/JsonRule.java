package io.ferric.rest.node;

import io.ferric.rest.common.RequestRefused;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a value of a JSON document must be. Refuses with the path of what is wrong, such as {@code network_data/links/0/id}. */
@FunctionalInterface
interface JsonRule {
    int SHOWN = 60;

    void check(String path, Object value);

    /** A text of some kind. */
    static JsonRule text(String kind, Predicate<String> fits) {
        return (path, value) -> {
            if (!(value instanceof String text) || !fits.test(text)) {
                throw wrong(path, value, kind);
            }
        };
    }

    static JsonRule text() {
        return text("a text", any -> true);
    }

    static JsonRule oneOf(String... names) {
        return text("one of " + String.join(", ", names), List.of(names)::contains);
    }

    static JsonRule listOf(JsonRule each) {
        return (path, value) -> {
            if (!(value instanceof List<?> list)) {
                throw wrong(path, value, "a list");
            }
            for (int i = 0; i < list.size(); i++) {
                each.check(path + "/" + i, list.get(i));
            }
        };
    }

    /** An object with all of the first, and perhaps some of the second; what else it holds is not looked at. */
    static JsonRule object(Map<String, JsonRule> needed, Map<String, JsonRule> possible) {
        return (path, value) -> {
            Map<?, ?> object = object(path, value);
            needed.forEach((name, rule) -> {
                if (!object.containsKey(name)) {
                    throw RequestRefused.invalid(path + "/" + name + " is missing.", "");
                }
                rule.check(path + "/" + name, object.get(name));
            });
            possible.forEach((name, rule) -> {
                if (object.containsKey(name)) {
                    rule.check(path + "/" + name, object.get(name));
                }
            });
        };
    }

    /** An object whose {@code type} says which rule it follows. */
    static JsonRule byType(Map<String, JsonRule> rules) {
        return (path, value) -> {
            Object type = object(path, value).get("type");
            JsonRule rule = type instanceof String name ? rules.get(name) : null;
            if (rule == null) {
                throw wrong(path + "/type", type, "one of " + String.join(", ", rules.keySet()));
            }
            rule.check(path, value);
        };
    }

    private static Map<?, ?> object(String path, Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw wrong(path, value, "an object");
    }

    static RuntimeException wrong(String path, Object value, String kind) {
        String shown = String.valueOf(value);
        String start = shown.length() <= SHOWN ? shown : shown.substring(0, SHOWN) + "...";
        return RequestRefused.invalid("'" + start + "' for " + path + " is not " + kind + ".", "");
    }
}
