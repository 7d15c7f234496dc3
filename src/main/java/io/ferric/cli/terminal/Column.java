package io.ferric.cli.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column of a table: a field of the API and what people call it, in the words of OpenStack's client.
 *
 * @param field such as {@code provision_state}
 * @param label such as {@code Provisioning State}
 */
public record Column(String field, String label) {
    private static final Map<String, String> SPECIAL = Map.of(
            "provision_state", "Provisioning State",
            "pxe_enabled", "PXE boot enabled",
            "hosts", "Active host(s)");
    private static final Set<String> CAPITALS = Set.of("uuid", "bios", "raid", "id", "mac", "url");

    /** With the label that goes with the field. */
    public static Column of(String field) {
        return new Column(
                field,
                SPECIAL.getOrDefault(
                        field,
                        Arrays.stream(field.split("_")).map(Column::capital).collect(Collectors.joining(" "))));
    }

    /** Whether a person who wrote this means this column. */
    boolean named(String text) {
        return label.equalsIgnoreCase(text) || field.equalsIgnoreCase(text);
    }

    private static String capital(String word) {
        if (CAPITALS.contains(word) || word.isEmpty()) {
            return word.toUpperCase(Locale.ROOT);
        }
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
