package io.ferric.rest.common;

import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * One page of a list. The caller fetches one item more than it shows, which tells whether there is a next page.
 *
 * @param limit how many items are shown
 * @param found at most {@code limit + 1} items
 */
public record Page<T>(int limit, List<T> found) {
    public List<T> shown() {
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    /** The answer: the items under their name and, when there are more, {@code next}: where they are. */
    public Map<String, Object> body(String name, Function<T, ?> view, Function<T, ?> id, UriInfo request) {
        List<Object> items = new ArrayList<>();
        shown().forEach(item -> items.add(view.apply(item)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(name, items);
        if (found.size() > limit) {
            body.put("next", next(limit, id.apply(found.get(limit - 1)), request));
        }
        return body;
    }

    /** Where the page after this item is. */
    static String next(int limit, Object last, UriInfo request) {
        return request.getRequestUriBuilder()
                .replaceQueryParam("limit", limit)
                .replaceQueryParam("marker", last)
                .build()
                .toString();
    }

    /** The page of a list that is all there. */
    public static <T> Page<T> of(List<T> all, Function<T, UUID> id, Query query, int most) {
        int from = query.uuid("marker")
                .map(marker -> {
                    int at = all.stream().map(id).toList().indexOf(marker);
                    if (at < 0) {
                        throw Query.wrong("marker", marker.toString(), "is not in this list");
                    }
                    return at + 1;
                })
                .orElse(0);
        int limit = query.limit(most);
        return new Page<>(limit, all.subList(from, Math.min(all.size(), from + limit + 1)));
    }
}
