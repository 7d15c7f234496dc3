package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Steps of a deploy for a trait, as the API shows them. */
public record DeployTemplateData(
        UUID uuid,
        String name,
        List<Map<String, Object>> steps,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}
