package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A chassis as the API shows it. */
public record ChassisData(
        UUID uuid,
        Optional<String> description,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links,
        List<Link> nodes) {}
