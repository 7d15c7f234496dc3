package io.ferric.conductor;

import io.ferric.node.NodeFilter;
import io.ferric.node.SortKey;
import io.ferric.store.NodeSelection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which nodes are asked for, in which order, and how many. Immutable; begin with {@link #all()} and narrow that.
 *
 * @param filters a node must pass all of them
 * @param marker the node after which the list begins
 * @param limit how many at most
 * @param documents whether they come with what is kept as JSON documents
 */
public record NodeQuery(
        Map<NodeFilter, Object> filters,
        Optional<UUID> marker,
        int limit,
        SortKey sortKey,
        boolean descending,
        boolean documents)
        implements NodeSelection {
    private static final int USUAL_LIMIT = 1000;

    /** @throws IllegalArgumentException when a filter's value is of another type than the filter takes */
    public NodeQuery {
        filters.forEach((filter, value) -> {
            if (!filter.type().isInstance(value)) {
                throw new IllegalArgumentException(
                        filter + " takes a " + filter.type().getSimpleName());
            }
        });
        Map<NodeFilter, Object> copy = new EnumMap<>(NodeFilter.class);
        copy.putAll(filters);
        filters = Collections.unmodifiableMap(copy);
    }

    /** Every node, in the order of creation, up to a thousand. */
    public static NodeQuery all() {
        return new NodeQuery(Map.of(), Optional.empty(), USUAL_LIMIT, SortKey.CREATED_AT, false, true);
    }

    /** Every node, however many there are. */
    public static NodeQuery unlimited() {
        return all().limit(Integer.MAX_VALUE);
    }

    /** Only nodes for which this is so too; of the same filter the last value counts. */
    public NodeQuery where(NodeFilter filter, Object value) {
        Map<NodeFilter, Object> more = new EnumMap<>(NodeFilter.class);
        more.putAll(filters);
        more.put(filter, value);
        return new NodeQuery(more, marker, limit, sortKey, descending, documents);
    }

    /** As {@link #where(NodeFilter, Object)} when there is a value, else unchanged. */
    public NodeQuery where(NodeFilter filter, Optional<?> value) {
        return value.map(Object.class::cast).map(given -> where(filter, given)).orElse(this);
    }

    public NodeQuery limit(int most) {
        return new NodeQuery(filters, marker, most, sortKey, descending, documents);
    }

    /** Beginning after this node. */
    public NodeQuery after(UUID node) {
        return new NodeQuery(filters, Optional.of(node), limit, sortKey, descending, documents);
    }

    /** Without {@code driver_info} and the like, traits and interfaces, for who only looks at the rest: much cheaper. */
    public NodeQuery withoutDocuments() {
        return new NodeQuery(filters, marker, limit, sortKey, descending, false);
    }

    public NodeQuery sortedBy(SortKey key, boolean down) {
        return new NodeQuery(filters, marker, limit, key, down, documents);
    }
}
