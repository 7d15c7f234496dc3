package io.ferric.conductor;

import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.store.NodeSelection;
import java.util.Optional;
import java.util.UUID;

/** Which nodes are asked for, in which order, and how many. Immutable. */
public record NodeQuery(
        Optional<UUID> instanceUuid,
        Optional<Boolean> associated,
        Optional<Boolean> maintenance,
        Optional<ProvisionState> provisionState,
        Optional<String> driver,
        Optional<String> resourceClass,
        Optional<UUID> marker,
        int limit,
        SortKey sortKey,
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
                SortKey.CREATED_AT,
                false);
    }

    /** Every node, however many there are. */
    static NodeQuery unlimited() {
        return select(Optional.empty());
    }

    /** Every node in a state, however many there are. */
    static NodeQuery in(ProvisionState state) {
        return select(Optional.of(state));
    }

    private static NodeQuery select(Optional<ProvisionState> state) {
        return new NodeQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Integer.MAX_VALUE,
                SortKey.CREATED_AT,
                false);
    }
}
