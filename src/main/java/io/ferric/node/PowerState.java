package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** What the power of a server was last seen to be. */
public enum PowerState {
    ON("power on"),
    OFF("power off"),
    /** The BMC gave an answer that is neither. */
    ERROR("error");

    private final String wireName;

    PowerState(String wireName) {
        this.wireName = wireName;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<PowerState> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
