package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** Where a server can be told to boot from. */
public enum BootDevice {
    PXE("pxe"),
    DISK("disk"),
    CDROM("cdrom");

    private final String wireName;

    BootDevice(String wireName) {
        this.wireName = wireName;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<BootDevice> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
