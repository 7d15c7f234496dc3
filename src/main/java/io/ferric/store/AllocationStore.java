package io.ferric.store;

import io.ferric.node.Allocation;
import io.ferric.node.EntryQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The allocations. Each method is atomic; safe for use by many threads. */
public interface AllocationStore {
    /** @throws io.ferric.node.Conflict when UUID or name is taken */
    void insert(Allocation allocation);

    Optional<Allocation> find(UUID uuid);

    Optional<Allocation> findByName(String name);

    /**
     * Those that are asked for; fields are called as in the REST API.
     *
     * @throws io.ferric.node.InvalidRequest when allocations cannot be sorted by that field
     */
    List<Allocation> list(EntryQuery query);

    /**
     * Changes the name and the extra values.
     *
     * @throws io.ferric.node.Conflict when the name is taken
     */
    void save(Allocation changed);

    /**
     * Gives the node to the allocation, which becomes active: both or neither.
     *
     * @param instanceInfo what the node then knows of its instance
     * @return false when the allocation no longer waits for a node, or the node is another's already
     * @throws io.ferric.node.Conflict when the allocation's UUID is the instance of another node
     */
    boolean give(UUID allocation, UUID node, Map<String, Object> instanceInfo);

    /** Ends an allocation that waits for a node. */
    void fail(UUID allocation, String error);

    /** Forgets the allocation and frees its node. */
    boolean delete(UUID allocation);

    /** Forgets the allocation unless it has a node, perhaps since a moment ago; false when it has one, or is gone. */
    boolean deleteWithoutNode(UUID allocation);

    /** As {@link #find}; nobody else changes the allocation before the transaction that this is called in has ended. */
    Optional<Allocation> findToChange(UUID uuid);
}
