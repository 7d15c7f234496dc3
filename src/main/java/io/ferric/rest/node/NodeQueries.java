package io.ferric.rest.node;

import io.ferric.conductor.NodeQuery;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.rest.common.Query;
import java.util.Set;
import java.util.stream.Stream;

/** Which nodes the query of a request asks for. */
final class NodeQueries {
    static final Set<String> PARAMETERS = Set.of(
            "instance_uuid",
            "associated",
            "maintenance",
            "provision_state",
            "driver",
            "resource_class",
            "fields",
            "detail",
            "limit",
            "marker",
            "sort_key",
            "sort_dir");

    private NodeQueries() {}

    static NodeQuery of(Query query, int limit) {
        return new NodeQuery(
                query.uuid("instance_uuid"),
                query.bool("associated"),
                query.bool("maintenance"),
                query.text("provision_state").map(NodeQueries::state),
                query.text("driver"),
                query.text("resource_class"),
                query.uuid("marker"),
                limit,
                query.text("sort_key").map(NodeQueries::sortKey).orElse(SortKey.CREATED_AT),
                query.descending());
    }

    private static ProvisionState state(String word) {
        return ProvisionState.ofWireName(word)
                .orElseThrow(() -> Query.wrong("provision_state", word, "is not a provision state"));
    }

    private static SortKey sortKey(String word) {
        return Stream.of(SortKey.values())
                .filter(key -> key.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> Query.wrong("sort_key", word, "is nothing nodes can be sorted by"));
    }
}
