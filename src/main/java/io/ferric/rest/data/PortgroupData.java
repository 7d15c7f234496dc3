package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ports that work together as the API shows them. */
public record PortgroupData(
        UUID uuid,
        Optional<String> address,
        UUID nodeUuid,
        Optional<String> name,
        Map<String, Object> extra,
        Map<String, Object> internalInfo,
        @Since(26) Optional<String> mode,
        @Since(26) Map<String, Object> properties,
        boolean standalonePortsSupported,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links,
        @Since(24) List<Link> ports) {}
