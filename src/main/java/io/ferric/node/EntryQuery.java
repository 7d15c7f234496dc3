package io.ferric.node;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which entries of one kind are asked for, in which order, and how many. Names are those of the fields in the REST API.
 * Immutable; begin with {@link #all()} and narrow that.
 *
 * @param filters what fields must be equal to
 * @param nodeFilters what the nodes of the entries must pass; only for kinds whose entries belong to nodes
 * @param marker the entry after which the list begins
 * @param limit how many at most
 */
public record EntryQuery(
        Map<String, Object> filters,
        Map<NodeFilter, Object> nodeFilters,
        Optional<UUID> marker,
        int limit,
        String sortKey,
        boolean descending) {
    private static final String CREATION = "created_at";

    public EntryQuery {
        filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
        Map<NodeFilter, Object> copy = new EnumMap<>(NodeFilter.class);
        copy.putAll(nodeFilters);
        nodeFilters = Collections.unmodifiableMap(copy);
    }

    /** Every entry, oldest first. */
    public static EntryQuery all() {
        return new EntryQuery(Map.of(), Map.of(), Optional.empty(), Integer.MAX_VALUE, CREATION, false);
    }

    /** The entries of one node. */
    public static EntryQuery ofNode(UUID node) {
        return all().where("node_uuid", node);
    }

    /** Only entries whose field has this value too. */
    public EntryQuery where(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(filters);
        more.put(field, value);
        return new EntryQuery(more, nodeFilters, marker, limit, sortKey, descending);
    }

    /** As {@link #where(String, Object)} when there is a value, else unchanged. */
    public EntryQuery where(String field, Optional<?> value) {
        return value.map(Object.class::cast).map(given -> where(field, given)).orElse(this);
    }

    /** Only entries of nodes that pass this filter too. */
    public EntryQuery whereNode(NodeFilter filter, Object value) {
        Map<NodeFilter, Object> more = new EnumMap<>(NodeFilter.class);
        more.putAll(nodeFilters);
        more.put(filter, value);
        return new EntryQuery(filters, more, marker, limit, sortKey, descending);
    }

    public EntryQuery limit(int most) {
        return new EntryQuery(filters, nodeFilters, marker, most, sortKey, descending);
    }

    /** Beginning after this entry. */
    public EntryQuery after(UUID entry) {
        return new EntryQuery(filters, nodeFilters, Optional.of(entry), limit, sortKey, descending);
    }

    public EntryQuery sortedBy(String field, boolean down) {
        return new EntryQuery(filters, nodeFilters, marker, limit, field, down);
    }
}
