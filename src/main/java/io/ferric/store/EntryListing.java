package io.ferric.store;

import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFilter;
import io.ferric.node.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The statement for a list of entries, which goes on behind the marker by what that is sorted by and never counts rows.
 * Column names are components of records, values are bound; no text of a caller becomes SQL.
 */
final class EntryListing {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final EntryQuery query;
    private final boolean nullable;

    /**
     * The rows of a table that are asked for.
     *
     * @param nullable whether entries can be without what they are sorted by; such entries come last
     */
    static <T> List<T> list(
            Sql sql, String columns, String table, EntryQuery query, boolean nullable, Sql.Mapper<T> mapper) {
        EntryListing listing = new EntryListing(query, nullable);
        if (query.marker().isPresent()) {
            UUID marker = query.marker().get();
            Optional<Optional<Object>> key = sql.marked(table, query.sortKey(), marker);
            if (key.isEmpty()) {
                return List.of();
            }
            listing.after(marker, key.get());
        }
        return sql.query(mapper, listing.statement(columns, table), listing.arguments.toArray());
    }

    /** That entries have no such field, or none that tells which comes first. */
    static InvalidRequest unsortable(EntryQuery query) {
        return new InvalidRequest(
                FaultCode.INVALID_PARAMETER_VALUE,
                "The sort_key value '" + query.sortKey() + "' is an invalid field for sorting.",
                "");
    }

    private EntryListing(EntryQuery query, boolean nullable) {
        this.query = query;
        this.nullable = nullable;
        query.filters().forEach((column, value) -> where(column + " = ?", value));
        if (!query.nodeFilters().isEmpty()) {
            NodeListing nodes = new NodeListing(new NodesOf(query.nodeFilters()));
            where("node_uuid in (" + nodes.statement("uuid") + ")", nodes.arguments());
        }
    }

    private void where(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
    }

    /** Only what comes after the marker, whose sort key has this value. */
    private void after(UUID marker, Optional<Object> value) {
        String column = query.sortKey();
        String beyond = query.descending() ? " < ?" : " > ?";
        String orNone = nullable ? " or " + column + " is null)" : ")";
        if (value.isEmpty()) {
            where(column + " is null and uuid" + beyond, marker);
        } else {
            where(
                    "(" + column + beyond + " or (" + column + " = ? and uuid" + beyond + ")" + orNone,
                    value.get(),
                    value.get(),
                    marker);
        }
    }

    private String statement(String columns, String table) {
        String down = query.descending() ? " desc" : "";
        return "select " + columns + " from " + table
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by " + query.sortKey() + down + (nullable ? " nulls last" : "") + ", uuid" + down
                + " fetch first " + Math.max(0, query.limit()) + " rows only";
    }

    /** Every node that passes these filters. */
    private record NodesOf(Map<NodeFilter, Object> filters) implements NodeSelection {
        @Override
        public Optional<UUID> marker() {
            return Optional.empty();
        }

        @Override
        public int limit() {
            return Integer.MAX_VALUE;
        }

        @Override
        public SortKey sortKey() {
            return SortKey.UUID;
        }

        @Override
        public boolean descending() {
            return false;
        }

        @Override
        public boolean documents() {
            return false;
        }
    }
}
