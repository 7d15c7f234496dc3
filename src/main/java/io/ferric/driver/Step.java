package io.ferric.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A named piece of work on a server, done while it is cleaned, deployed or serviced. Source: Ironic's clean and deploy
 * steps.
 *
 * @param kind the interface it belongs to: {@code management}, {@code bios}, {@code deploy}, {@code raid}, {@code power}
 * @param cleanPriority its place in automatic cleaning, the highest first; 0 keeps it for those who ask for it by name
 * @param uses when it may be asked for
 * @param abortable whether it may be left in the middle while it waits for the ramdisk
 * @param needsRamdisk whether the deploy ramdisk does it, or lends its disk for it
 * @param arguments what it takes, by name
 */
public record Step(
        String kind,
        String name,
        String description,
        int cleanPriority,
        Set<Use> uses,
        boolean abortable,
        boolean needsRamdisk,
        Map<String, Argument> arguments) {

    public Step {
        uses = Set.copyOf(uses);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** When a step is done. */
    public enum Use {
        CLEAN,
        DEPLOY,
        SERVICE
    }

    /** Something a step takes. */
    public record Argument(String description, boolean required) {}
}
