package io.ferric.rest.common;

import io.ferric.node.Booleans;
import io.ferric.node.Uuids;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the query of a request and says in plain words what is wrong with it. An empty value counts as absent. */
public final class Query {
    private final MultivaluedMap<String, String> values;

    private Query(MultivaluedMap<String, String> values) {
        this.values = values;
    }

    /** Fails when the query holds other names: a filter passed over would show too much. */
    public static Query of(UriInfo request, Set<String> known) {
        Set<String> others = new TreeSet<>(request.getQueryParameters().keySet());
        others.removeAll(known);
        if (!others.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown or unsupported in this query: " + String.join(", ", others),
                    known.isEmpty()
                            ? "It may hold nothing."
                            : "It may hold " + String.join(", ", new TreeSet<>(known)) + ".");
        }
        return new Query(request.getQueryParameters());
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.getFirst(key)).filter(text -> !text.isEmpty());
    }

    public Optional<Boolean> bool(String key) {
        return text(key).map(text -> Booleans.parse(text).orElseThrow(() -> wrong(key, text, "is not true or false")));
    }

    public Optional<UUID> uuid(String key) {
        return text(key).map(text -> Uuids.parse(text).orElseThrow(() -> wrong(key, text, "is not a UUID")));
    }

    /** A list with commas, as in {@code fields=uuid,name}. */
    public List<String> list(String key) {
        return values.getOrDefault(key, List.of()).stream()
                .flatMap(each -> Stream.of(each.split(",")))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
    }

    /** How many items to show: what is asked for, but not more than the most. */
    public int limit(int most) {
        return text("limit")
                .map(text -> {
                    if (!text.matches("0*[1-9]\\d{0,8}")) {
                        throw wrong("limit", text, "is not a number of items from 1 on");
                    }
                    return Math.min(Integer.parseInt(text), most);
                })
                .orElse(most);
    }

    /** Whether the list runs backwards. */
    public boolean descending() {
        return switch (text("sort_dir").orElse("asc")) {
            case "asc" -> false;
            case "desc" -> true;
            default -> throw wrong("sort_dir", text("sort_dir").orElse(""), "is neither asc nor desc");
        };
    }

    public static RuntimeException wrong(String key, String value, String why) {
        return RequestRefused.invalid("'" + value + "' for " + key + " " + why + ".", "");
    }
}
