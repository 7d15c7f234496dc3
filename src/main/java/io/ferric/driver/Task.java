package io.ferric.driver;

import io.ferric.node.Node;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import java.util.List;

/**
 * A driver's only voice upwards while it works on one node. The conductor holds the node for it; what the driver says
 * is stored at once, so that it survives a crash. For one thread.
 */
public interface Task {
    /** The node as it is now, changes made through this task included. */
    Node node();

    /** The node's network interfaces, oldest first. */
    List<Port> ports();

    /** 1 when the work runs for the first time; more when it runs again because a conductor died in it. */
    int attempt();

    /** Changes the power through the node's own driver and records it; nothing happens when it is so already. */
    void setPower(PowerAction action);

    /** Stores a value the driver wants to find on its next visit; forgotten at tear-down. JSON types only. */
    void remember(String key, Object value);

    /** Removes what was remembered. */
    void forget(String key);

    /** Sets a value of {@code instance_info}, such as {@code boot_iso}. */
    void setInstanceInfo(String key, Object value);

    /** Removes a value of {@code instance_info}. */
    void removeInstanceInfo(String key);

    /** Tells that a step of the work begins or what came of it; kept in the history. No secrets. */
    void event(String step, String message);

    /** Tells how far a step has come, in bytes; cheap enough for every block. */
    void progress(String step, long done, long total);

    /**
     * To be called between the parts of long work and before each look at a clock or a server; from time to time it asks
     * whether the node is still held, as {@link #progress} does.
     *
     * @throws io.ferric.node.Unavailable when this conductor must let go of the work, which another will run again
     */
    void checkCancelled();

    /**
     * To be called right before anything is done to a server that a second conductor at the same work must not meet: makes
     * sure that no other has taken the node over, for instance while this process was frozen.
     *
     * @throws io.ferric.node.Unavailable when one has, or when it cannot be known
     */
    void ensureHeld();

    /**
     * Records what was done to a BMC, for good; to be called right after it, also when it failed.
     *
     * @throws io.ferric.node.NodeFault when it cannot be recorded: then the work must not go on
     */
    void acted(BmcAction action);
}
