package io.ferric.driver;

import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.util.List;
import java.util.Optional;

/** Reads and changes what a server boots from and how. */
public interface ManagementInterface {
    /** Notes everything that is wrong with the node's settings; asks no hardware. */
    void validate(Task task, Findings findings);

    List<BootDevice> supportedBootDevices(Task task);

    BootChoice bootDevice(Task task);

    /** @param persistent for every boot from now on, or for the next one only */
    void setBootDevice(Task task, BootDevice device, boolean persistent);

    /** The mode the server will boot with; empty when the hardware cannot tell. */
    Optional<BootMode> bootMode(Task task);

    void setBootMode(Task task, BootMode mode);

    /**
     * What the server boots from.
     *
     * @param device empty when it is none of the devices we know
     * @param persistent empty when the hardware does not say
     */
    record BootChoice(Optional<BootDevice> device, Optional<Boolean> persistent) {}
}
