package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A setting of a server's BIOS. What the hardware does not tell of it is empty.
 *
 * @param attributeType {@code String}, {@code Integer}, {@code Enumeration} ...
 */
public record BiosSettingData(
        String name,
        Optional<String> value,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        @Since(74) Optional<String> attributeType,
        @Since(74) Optional<List<String>> allowableValues,
        @Since(74) Optional<Integer> lowerBound,
        @Since(74) Optional<Integer> maxLength,
        @Since(74) Optional<Integer> minLength,
        @Since(74) Optional<Boolean> readOnly,
        @Since(74) Optional<Boolean> resetRequired,
        @Since(74) Optional<Boolean> unique,
        @Since(74) Optional<Integer> upperBound,
        List<Link> links) {}
