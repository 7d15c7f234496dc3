package io.ferric.ilo.client;

import java.util.List;
import java.util.Optional;

/**
 * The iLO's own firmware.
 *
 * @param version such as {@code 2.50}
 * @param processor such as {@code iLO4}
 */
public record Firmware(String version, String processor) {
    /** What an operator should know about this version, the worst first; empty when there is nothing. */
    public List<String> warnings() {
        return Quirk.warnings(new Identity(Generation.of(processor), version, Optional.empty()));
    }

    /** The worst of the {@link #warnings()}. */
    public Optional<String> warning() {
        return warnings().stream().findFirst();
    }
}
