package io.ferric.store;

import io.ferric.node.NodeFilter;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The statement for a list of nodes. It goes on behind the marker by what that is sorted by, and never counts rows, so that
 * a page costs the same wherever it is. Column names come from enums, values are bound; no text of a caller becomes SQL.
 */
final class NodeListing {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private final NodeSelection selection;

    NodeListing(NodeSelection selection) {
        this.selection = selection;
        selection.filters().forEach(this::filter);
    }

    private void filter(NodeFilter filter, Object value) {
        String column = filter.column();
        switch (filter.match()) {
            case EQUAL -> where(column + " = ?", value instanceof ProvisionState state ? state.wireName() : value);
            case EITHER_EQUAL -> where("(" + column.replace(",", " = ? or ") + " = ?)", value, value);
            // not "is null", for which H2 would take an index and then sort nearly all nodes
            case PRESENT ->
                where("case when " + column + " is null then 0 else 1 end = " + (Boolean.TRUE.equals(value) ? 1 : 0));
            case AMONG -> among(column, (Collection<?>) value);
            case CONTAINS -> where("lower(" + column + ") like ? escape '!'", "%" + literal((String) value) + "%");
        }
    }

    private void among(String column, Collection<?> values) {
        String marks = values.stream().map(each -> "?").collect(Collectors.joining(", "));
        where(values.isEmpty() ? "1 = 0" : column + " in (" + marks + ")", values.toArray());
    }

    private static String literal(String part) {
        return part.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
    }

    private void where(String condition, Object... values) {
        conditions.add(condition);
        arguments.addAll(List.of(values));
    }

    /** Only what comes after the marker, whose sort key has this value. */
    NodeListing after(UUID marker, Optional<Object> value) {
        SortKey key = selection.sortKey();
        String column = key.column();
        String beyond = selection.descending() ? " < ?" : " > ?";
        if (key == SortKey.UUID) {
            where("uuid" + beyond, marker);
        } else if (value.isEmpty()) {
            where(column + " is null and uuid" + beyond, marker);
        } else {
            where(
                    "(" + column + beyond.replace(" ?", "= ?") + (key.nullable() ? " or " + column + " is null)" : ")"),
                    value.get());
            where(
                    "(" + column + beyond + " or uuid" + beyond
                            + (key.nullable() ? " or " + column + " is null)" : ")"),
                    value.get(),
                    marker);
        }
        return this;
    }

    String statement(String columns) {
        SortKey key = selection.sortKey();
        String down = selection.descending() ? " desc" : "";
        String order = key.column() + down + (key.nullable() ? " nulls last" : "");
        // equal in all of them, but so H2 sees that the index of that column has the order too
        String first = selection.filters().containsKey(NodeFilter.PROVISION_STATE) && key == SortKey.CREATED_AT
                ? "provision_state" + down + ", "
                : "";
        return "select " + columns + " from node"
                + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions))
                + " order by " + first + (key == SortKey.UUID ? "" : order + ", ") + "uuid" + down
                + " fetch first " + Math.max(0, selection.limit()) + " rows only";
    }

    Object[] arguments() {
        return arguments.toArray();
    }
}
