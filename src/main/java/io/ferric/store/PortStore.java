package io.ferric.store;

import io.ferric.node.Port;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ports of nodes. Safe for use by many threads. */
public interface PortStore {
    /** @throws io.ferric.node.Conflict when the UUID or the MAC address is taken */
    void insert(Port port);

    Optional<Port> find(UUID uuid);

    /** @param address in any case */
    Optional<Port> findByAddress(String address);

    /** The ports of one node, oldest first. */
    List<Port> ofNode(UUID node);

    /** Every port, oldest first. */
    List<Port> all();

    /** @throws io.ferric.node.Conflict when the MAC address is taken */
    void save(Port port);

    boolean delete(UUID port);
}
