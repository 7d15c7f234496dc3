package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** The firmware interface a server boots with. */
public enum BootMode {
    BIOS("bios"),
    UEFI("uefi");

    private final String wireName;

    BootMode(String wireName) {
        this.wireName = wireName;
    }

    /** The name the REST API and Ironic's clients use. */
    public String wireName() {
        return wireName;
    }

    /** The value of this wire name; empty when there is none. */
    public static Optional<BootMode> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return wireName;
    }
}
