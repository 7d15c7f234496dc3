package io.ferric.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What of a kind is listed, and how much of each. Immutable; start with {@link #all} or {@link #details}.
 *
 * @param detailed whether every field comes, not the few of a summary
 * @param parameters filters, {@code limit}, {@code marker}, {@code sort_key} and the like
 */
public record Listing(boolean detailed, Map<String, String> parameters) {
    public Listing {
        parameters = Map.copyOf(parameters);
    }

    /** All, in a summary. */
    public static Listing all() {
        return new Listing(false, Map.of());
    }

    /** All, with every field. */
    public static Listing details() {
        return new Listing(true, Map.of());
    }

    /** With one more parameter, such as {@code provision_state=active}. */
    public Listing with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new Listing(detailed, more);
    }

    /** With these fields only; they take the place of the summary (microversion 1.8). */
    public Listing fields(List<String> names) {
        return new Listing(false, parameters).with("fields", String.join(",", names));
    }

    /** So many a page at most; the server may have a lower limit. */
    public Listing limit(int most) {
        return with("limit", String.valueOf(most));
    }

    String path(Kind kind) {
        List<String> query = new ArrayList<>();
        parameters.forEach((name, value) -> query.add(name + "=" + Api.encoded(value)));
        if (detailed && kind.detail() == Kind.Detail.QUERY) {
            query.add("detail=true");
        }
        String path = kind.path() + (detailed && kind.detail() == Kind.Detail.PATH ? "/detail" : "");
        return query.isEmpty() ? path : path + "?" + query.stream().sorted().collect(Collectors.joining("&"));
    }
}
