package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of a server's power. */
public enum PowerAction {
    ON("power on"),
    OFF("power off"),
    /** Off and on, or on for a server that is off. */
    REBOOT("rebooting"),
    /** Asks the operating system to shut down. */
    SOFT_OFF("soft power off"),
    /** Asks the operating system to shut down, then switches on again. */
    SOFT_REBOOT("soft rebooting");

    private final String wireName;

    PowerAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<PowerAction> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    /** The state the server is in once this is done. */
    public PowerState goal() {
        return this == OFF || this == SOFT_OFF ? PowerState.OFF : PowerState.ON;
    }

    /** Whether it leaves the work to the operating system, which may take its time or not heed it. */
    public boolean soft() {
        return this == SOFT_OFF || this == SOFT_REBOOT;
    }

    /** Whether it does something even to a server that is on already. */
    public boolean reboots() {
        return this == REBOOT || this == SOFT_REBOOT;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
