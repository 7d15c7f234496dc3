package io.ferric.ilo.client;

import io.ferric.node.BootDevice;
import java.util.Optional;

/** What a server may be set to boot from. */
public enum BootTarget {
    /** As the boot order says. */
    NORMAL(null),
    PXE(BootDevice.PXE),
    DISK(BootDevice.DISK),
    CDROM(BootDevice.CDROM),
    FLOPPY(null),
    USB(null),
    /** The firmware's own menus. */
    SETUP(null),
    OTHER(null);

    private final BootDevice device;

    BootTarget(BootDevice device) {
        this.device = device;
    }

    /** The same in the conductor's words; empty when it has none for it. */
    public Optional<BootDevice> device() {
        return Optional.ofNullable(device);
    }
}
