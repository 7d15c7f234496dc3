package io.ferric.conductor;

import java.util.Optional;
import java.util.UUID;

/**
 * Which ports are asked for, oldest first.
 *
 * @param node the UUID or name of their node
 * @param address their MAC address
 * @param marker the port after which the list begins
 * @param limit how many at most
 */
public record PortQuery(Optional<String> node, Optional<String> address, Optional<UUID> marker, int limit) {
    /** Every port, up to a thousand. */
    public static PortQuery all() {
        return new PortQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1000);
    }

    /** The ports of one node. */
    public static PortQuery ofNode(String uuidOrName) {
        return new PortQuery(Optional.of(uuidOrName), Optional.empty(), Optional.empty(), 1000);
    }
}
