package io.ferric.node;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something kept besides the nodes: a port, a chassis, a deploy template. Its times are those of the database, empty while
 * it is not kept yet; whoever keeps it sets them.
 */
public interface Entry {
    UUID uuid();

    Optional<Instant> createdAt();

    Optional<Instant> updatedAt();

    /** The node it belongs to, if to one. */
    default Optional<UUID> owningNode() {
        return Optional.empty();
    }
}
