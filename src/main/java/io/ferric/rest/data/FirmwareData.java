package io.ferric.rest.data;

import java.time.Instant;
import java.util.Optional;

/**
 * A piece of a server's firmware.
 *
 * @param component such as {@code bios} or {@code bmc}
 * @param initialVersion not kept: as {@code currentVersion}
 * @param lastVersionFlashed empty: Ferric flashes none
 */
public record FirmwareData(
        String component,
        Optional<String> initialVersion,
        Optional<String> currentVersion,
        Optional<String> lastVersionFlashed,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt) {}
