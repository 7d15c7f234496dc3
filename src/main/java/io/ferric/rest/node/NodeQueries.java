package io.ferric.rest.node;

import io.ferric.conductor.NodeQuery;
import io.ferric.node.NodeFilter;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.rest.common.Query;
import java.util.Set;

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
        NodeQuery asked = NodeQuery.all()
                .where(NodeFilter.INSTANCE_UUID, query.uuid("instance_uuid"))
                .where(NodeFilter.ASSOCIATED, query.bool("associated"))
                .where(NodeFilter.MAINTENANCE, query.bool("maintenance"))
                .where(NodeFilter.PROVISION_STATE, query.text("provision_state").map(NodeQueries::state))
                .where(NodeFilter.DRIVER, query.text("driver"))
                .where(NodeFilter.RESOURCE_CLASS, query.text("resource_class"))
                .limit(limit)
                .sortedBy(
                        query.text("sort_key").map(NodeQueries::sortKey).orElse(SortKey.CREATED_AT),
                        query.descending());
        return query.uuid("marker").map(asked::after).orElse(asked);
    }

    private static ProvisionState state(String word) {
        return ProvisionState.ofWireName(word)
                .orElseThrow(() -> Query.wrong("provision_state", word, "is not a provision state"));
    }

    private static SortKey sortKey(String word) {
        return SortKey.ofWireName(word)
                .orElseThrow(() -> Query.wrong("sort_key", word, "is nothing nodes can be sorted by"));
    }
}
