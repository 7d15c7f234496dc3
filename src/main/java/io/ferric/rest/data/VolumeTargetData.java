package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A volume of a node as the API shows it, secrets in its properties masked. */
public record VolumeTargetData(
        UUID uuid,
        UUID nodeUuid,
        String volumeType,
        Map<String, Object> properties,
        int bootIndex,
        String volumeId,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}
