package io.ferric.driver;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a server's BIOS, and changes them for its next boot. Asks hardware. */
public interface BiosInterface {
    List<Setting> settings(Task task);

    /** @throws io.ferric.node.InvalidRequest naming a setting there is not, or a value it cannot have */
    void apply(Task task, Map<String, String> settings);

    void factoryReset(Task task);

    /**
     * A setting.
     *
     * @param value empty when the firmware does not tell it, as with passwords
     * @param type {@code String}, {@code Integer}, {@code Enumeration} ...; empty when unknown
     * @param allowed the values it can have; empty when unknown
     */
    record Setting(
            String name,
            Optional<String> value,
            Optional<String> type,
            List<String> allowed,
            Optional<Boolean> readOnly) {}
}
