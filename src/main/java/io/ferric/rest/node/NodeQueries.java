package io.ferric.rest.node;

import io.ferric.conductor.NodeQuery;
import io.ferric.node.NodeFilter;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Which nodes the query of a request asks for. Source: the filters of Ironic's API and the versions they came with. */
final class NodeQueries {
    /** How a parameter is read. */
    private interface Reader extends BiFunction<Query, String, Optional<?>> {}

    private record Parameter(String name, int since, NodeFilter filter, Reader reader) {}

    /** Source: Ironic's faults. */
    private static final List<String> FAULTS =
            List.of("power failure", "clean failure", "rescue abort failure", "service failure");

    private static final int CHILDREN = 83;
    private static final int CONDUCTOR = 49;

    private static final List<Parameter> FILTERS = List.of(
            new Parameter("instance_uuid", 1, NodeFilter.INSTANCE_UUID, Query::uuid),
            new Parameter("associated", 1, NodeFilter.ASSOCIATED, Query::bool),
            new Parameter("maintenance", 1, NodeFilter.MAINTENANCE, Query::bool),
            new Parameter("provision_state", 9, NodeFilter.PROVISION_STATE, NodeQueries::state),
            new Parameter("driver", 16, NodeFilter.DRIVER, Query::text),
            new Parameter("resource_class", 21, NodeFilter.RESOURCE_CLASS, Query::text),
            new Parameter("fault", 42, NodeFilter.FAULT, NodeQueries::fault),
            new Parameter("conductor_group", 46, NodeFilter.CONDUCTOR_GROUP, NodeQueries::lowerCase),
            new Parameter("owner", 50, NodeFilter.OWNER, Query::text),
            new Parameter("project", 50, NodeFilter.VISIBLE_TO, Query::text),
            new Parameter("description_contains", 51, NodeFilter.DESCRIPTION_CONTAINS, Query::text),
            new Parameter("retired", 61, NodeFilter.RETIRED, Query::bool),
            new Parameter("lessee", 65, NodeFilter.LESSEE, Query::text),
            new Parameter("shard", 82, NodeFilter.SHARD, NodeQueries::shards),
            new Parameter("sharded", 82, NodeFilter.SHARDED, Query::bool),
            new Parameter("parent_node", CHILDREN, NodeFilter.PARENT, Query::uuid));

    static final Set<String> PARAMETERS = parameters();

    private NodeQueries() {}

    private static Set<String> parameters() {
        Set<String> all = new TreeSet<>(Set.of(
                "chassis_uuid",
                "conductor",
                "include_children",
                "fields",
                "detail",
                "limit",
                "marker",
                "sort_key",
                "sort_dir"));
        FILTERS.forEach(each -> all.add(each.name()));
        return all;
    }

    /**
     * The nodes asked for; the children of others only when asked for too, as in Ironic.
     *
     * @param host the conductor that serves every node
     */
    static NodeQuery of(Query query, Call call, int limit, Supplier<String> host) {
        NodeQuery asked = NodeQuery.all()
                .limit(limit)
                .sortedBy(
                        query.text("sort_key").map(word -> sortKey(word, call)).orElse(SortKey.CREATED_AT),
                        query.descending());
        for (Parameter each : FILTERS) {
            query.text(each.name()).ifPresent(given -> call.need(each.since(), "'" + each.name() + "' in the query"));
            asked = asked.where(each.filter(), each.reader().apply(query, each.name()));
        }
        Optional<String> conductor = query.text("conductor");
        conductor.ifPresent(given -> call.need(CONDUCTOR, "'conductor' in the query"));
        if (conductor.filter(other -> !other.equals(host.get())).isPresent()) {
            asked = asked.where(NodeFilter.AMONG, List.of());
        }
        query.text("include_children").ifPresent(given -> call.need(CHILDREN, "'include_children' in the query"));
        boolean all =
                query.bool("include_children").orElse(false) || asked.filters().containsKey(NodeFilter.PARENT);
        NodeQuery kin = all || asked.filters().containsKey(NodeFilter.INSTANCE_UUID)
                ? asked
                : asked.where(NodeFilter.CHILD, false);
        return query.uuid("marker").map(kin::after).orElse(kin);
    }

    private static Optional<?> state(Query query, String name) {
        return query.text(name).map(word -> ProvisionState.ofWireName(word)
                .orElseThrow(() -> Query.wrong(name, word, "is not a provision state")));
    }

    private static Optional<?> fault(Query query, String name) {
        Optional<String> fault = query.text(name);
        fault.filter(word -> !FAULTS.contains(word)).ifPresent(word -> {
            throw Query.wrong(name, word, "is none of " + String.join(", ", FAULTS));
        });
        return fault;
    }

    private static Optional<?> lowerCase(Query query, String name) {
        return query.text(name).map(text -> text.toLowerCase(Locale.ROOT));
    }

    private static Optional<?> shards(Query query, String name) {
        return Optional.of(query.list(name)).filter(list -> !list.isEmpty());
    }

    private static SortKey sortKey(String word, Call call) {
        if (word.equals("id")) {
            return SortKey.CREATED_AT;
        }
        NodeFields.since(word).ifPresent(since -> call.need(since, "Sorting by '" + word + "'"));
        return SortKey.ofWireName(word)
                .orElseThrow(() -> RequestRefused.invalid(
                        "'" + word + "' for sort_key is nothing nodes can be sorted by.",
                        "They can be sorted by "
                                + String.join(
                                        ", ",
                                        List.of(SortKey.values()).stream()
                                                .map(SortKey::wireName)
                                                .toList())
                                + "."));
    }
}
