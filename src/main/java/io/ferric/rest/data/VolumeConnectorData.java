package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a node is in a storage network, as the API shows it. */
public record VolumeConnectorData(
        UUID uuid,
        UUID nodeUuid,
        String type,
        String connectorId,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}
