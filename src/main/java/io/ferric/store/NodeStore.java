package io.ferric.store;

import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.Observed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The nodes. Each method is atomic; the ones that save touch only what they name, so that they never undo each other.
 * Nodes come with their secrets, for the driver alone; their {@code toString} masks them. Safe for use by many threads.
 */
public interface NodeStore {
    /** @throws io.ferric.node.Conflict when UUID, name or instance UUID is taken */
    void insert(Node node);

    Optional<Node> find(UUID uuid);

    Optional<Node> findByName(String name);

    /** As {@link #each}, all at once. */
    default List<Node> list(NodeSelection selection) {
        List<Node> nodes = new ArrayList<>();
        each(selection, nodes::add);
        return nodes;
    }

    /** Hands over node after node as they are read; whoever takes them must not come back to the database meanwhile. */
    void each(NodeSelection selection, Consumer<Node> taker);

    /** @throws io.ferric.node.Conflict when name or instance UUID is taken */
    void saveSpec(UUID node, NodeSpec spec);

    void saveInstanceInfo(UUID node, Map<String, Object> info);

    void saveInternalInfo(UUID node, Map<String, Object> info);

    void saveProperties(UUID node, Map<String, Object> properties);

    void saveObserved(UUID node, Observed observed);

    void savePower(UUID node, Optional<PowerState> seen, Optional<PowerAction> target);

    void saveLastError(UUID node, Optional<String> error);

    void saveMaintenance(UUID node, Maintenance maintenance);

    /** Takes the node out of service unless it is out of service already; then nothing changes, and false. */
    boolean takeOutOfService(UUID node, Maintenance maintenance);

    /** Brings the node back into service if this fault took it out; false when something else did, or nothing. */
    boolean bringBackFrom(UUID node, String fault);

    /**
     * Changes the provision state, its target and time, and the last error, if the node still is in the state it is moved
     * from. For the conductor's Settlement and nobody else.
     */
    boolean move(UUID node, ProvisionState from, NodeStatus to);

    /**
     * Nobody else removes the node, or locks it, before the transaction that this is called in has ended; false when there
     * is no such node.
     */
    boolean lock(UUID node);

    /** Removes the node, its ports and its history; false when there is none. */
    boolean delete(UUID node);

    /** How many nodes are in each shard, under an empty name those in none. */
    Map<Optional<String>, Integer> shards();
}
