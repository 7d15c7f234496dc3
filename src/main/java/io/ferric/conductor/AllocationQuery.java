package io.ferric.conductor;

import io.ferric.node.Allocation;
import java.util.Optional;
import java.util.UUID;

/**
 * Which allocations are asked for, in the order they were made. An empty condition lets all through.
 *
 * @param node the UUID or name of a node
 * @param marker after which the list begins
 * @param limit how many at most
 */
public record AllocationQuery(
        Optional<String> node,
        Optional<String> resourceClass,
        Optional<Allocation.State> state,
        Optional<String> owner,
        Optional<UUID> marker,
        int limit) {}
