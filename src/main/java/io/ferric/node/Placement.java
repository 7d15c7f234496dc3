package io.ferric.node;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a node stands among the others.
 *
 * @param chassis the enclosure it is in
 * @param conductorGroup a group of conductors that alone shall serve it; lower case, {@code ""} for none
 * @param shard a name by which clients divide the nodes among themselves
 * @param parent the node it is a part of
 */
public record Placement(Optional<UUID> chassis, String conductorGroup, Optional<String> shard, Optional<UUID> parent) {
    public static final Placement ANYWHERE = new Placement(Optional.empty(), "", Optional.empty(), Optional.empty());
}
