package io.ferric.store;

import io.ferric.node.NodeFilter;
import io.ferric.node.SortKey;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which nodes are asked for, in which order, and how many. */
public interface NodeSelection {
    /** A node must pass all of them; each value is of the type its filter names. */
    Map<NodeFilter, Object> filters();

    /** The node after which the list begins. */
    Optional<UUID> marker();

    /** How many at most. */
    int limit();

    SortKey sortKey();

    boolean descending();

    /**
     * Whether the nodes come with what is kept as JSON documents: {@code driver_info} and the like, traits, interfaces.
     * Nodes without must not be saved.
     */
    boolean documents();
}
