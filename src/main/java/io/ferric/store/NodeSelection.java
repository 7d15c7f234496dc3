package io.ferric.store;

import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import java.util.Optional;
import java.util.UUID;

/** Which nodes are asked for, in which order, and how many. An empty condition lets every node through. */
public interface NodeSelection {
    Optional<UUID> instanceUuid();

    /** Whether the node must, or must not, carry an instance. */
    Optional<Boolean> associated();

    Optional<Boolean> maintenance();

    Optional<ProvisionState> provisionState();

    Optional<String> driver();

    Optional<String> resourceClass();

    /** The node after which the list begins. */
    Optional<UUID> marker();

    /** How many at most. */
    int limit();

    SortKey sortKey();

    boolean descending();
}
