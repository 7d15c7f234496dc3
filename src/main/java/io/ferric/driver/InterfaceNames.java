package io.ferric.driver;

import io.ferric.node.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a driver's interfaces are called in a node's {@code *_interface} fields. Immutable.
 *
 * @param byKind by kind, such as {@code boot}, the names a node may use, the default first; what a name of Ironic's stands
 *     for here may be one and the same implementation
 */
public record InterfaceNames(Map<String, List<String>> byKind) {
    /** Every kind there is, in the order of the alphabet. */
    public static final List<String> KINDS = List.of(
            "bios",
            "boot",
            "console",
            "deploy",
            "firmware",
            "inspect",
            "management",
            "network",
            "power",
            "raid",
            "rescue",
            "storage",
            "vendor");

    public InterfaceNames {
        byKind = Collections.unmodifiableMap(new LinkedHashMap<>(byKind));
    }

    /** The names that say that a driver lacks everything it need not have. */
    public static InterfaceNames none() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        for (String kind : KINDS) {
            names.put(kind, List.of(kind.equals("network") || kind.equals("storage") ? "noop" : "no-" + kind));
        }
        return new InterfaceNames(names);
    }

    /** A copy with these names for one kind. */
    public InterfaceNames with(String kind, String... names) {
        Map<String, List<String>> changed = new LinkedHashMap<>(byKind);
        changed.put(kind, List.of(names));
        return new InterfaceNames(changed);
    }

    /** The names a node may use. */
    public List<String> of(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** What a node uses that names none. */
    public Optional<String> first(String kind) {
        List<String> names = of(kind);
        return names.isEmpty() ? Optional.empty() : Optional.of(names.get(0));
    }

    /** What of this kind the node uses: what it names, else the first. */
    public Optional<String> usedBy(Node node, String kind) {
        String named = node.details().interfaces().get(kind);
        return named == null ? first(kind) : Optional.of(named);
    }
}
