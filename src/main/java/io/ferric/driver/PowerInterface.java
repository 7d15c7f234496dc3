package io.ferric.driver;

import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads and changes a server's power. */
public interface PowerInterface {
    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    /** Asks the hardware. */
    PowerState state(Task task);

    /** What can be asked of this server. */
    default Set<PowerAction> supported(Task task) {
        return EnumSet.of(PowerAction.ON, PowerAction.OFF, PowerAction.REBOOT);
    }

    /**
     * Changes the power and returns once the server has reached {@link PowerAction#goal()}.
     *
     * @param patience how long that may take; empty for the driver's own limit
     * @throws io.ferric.node.OperationFailed with {@code PowerStateFailure} when it does not get there in time
     */
    void apply(Task task, PowerAction action, Optional<Duration> patience);
}
