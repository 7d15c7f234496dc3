package io.ferric.store;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What inspections found, the last of each node. Gone with the node. Safe for use by many threads. */
public interface InventoryStore {
    /**
     * Keeps it in place of what was kept. To be called by whoever holds the node.
     *
     * @throws io.ferric.node.InvalidRequest when it is no JSON, or more than can be kept
     */
    void save(UUID node, Map<String, Object> inventory);

    Optional<Map<String, Object>> find(UUID node);
}
