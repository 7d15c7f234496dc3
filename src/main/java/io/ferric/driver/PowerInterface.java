package io.ferric.driver;

import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;

/** Reads and changes a server's power. */
public interface PowerInterface {
    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    /** Asks the hardware. */
    PowerState state(Task task);

    /**
     * Changes the power and returns once the server has reached {@link PowerAction#goal()}.
     *
     * @throws io.ferric.node.OperationFailed with {@code PowerStateFailure} when it does not get there in time
     */
    void apply(Task task, PowerAction action);
}
