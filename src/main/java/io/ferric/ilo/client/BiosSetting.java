package io.ferric.ilo.client;

import java.util.List;
import java.util.Optional;

/**
 * A setting of a server's BIOS.
 *
 * @param value as it is now; empty when the firmware does not tell
 * @param pending as the next boot makes it, which is the value where nothing is to change; empty when not told
 * @param type {@code String}, {@code Integer}, {@code Enumeration} ...; empty when the firmware does not say
 * @param allowed the values it can have; empty when there are no such or the firmware does not say
 * @param readOnly empty when the firmware does not say
 */
public record BiosSetting(
        String name,
        Optional<String> value,
        Optional<String> pending,
        Optional<String> type,
        List<String> allowed,
        Optional<Boolean> readOnly) {
    public BiosSetting {
        allowed = List.copyOf(allowed);
    }
}
