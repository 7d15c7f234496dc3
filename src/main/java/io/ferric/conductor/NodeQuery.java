package io.ferric.conductor;

import io.ferric.node.ProvisionState;
import io.ferric.store.NodeSelection;
import java.util.Optional;
import java.util.UUID;

/** Which nodes are asked for. Immutable; the {@code with} methods give changed copies of {@link #all()}. */
public record NodeQuery(
        Optional<UUID> instanceUuid,
        Optional<Boolean> associated,
        Optional<Boolean> maintenance,
        Optional<ProvisionState> provisionState,
        Optional<String> driver,
        Optional<String> resourceClass,
        Optional<UUID> marker,
        int limit,
        NodeSelection.SortKey sortKey,
        boolean descending)
        implements NodeSelection {

    /** Every node, in the order of creation, up to a thousand. */
    public static NodeQuery all() {
        return new NodeQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1000,
                NodeSelection.SortKey.CREATED_AT,
                false);
    }
}
