package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A network interface of a node as the API shows it.
 *
 * @param address the MAC address in lower case
 */
public record PortData(
        UUID uuid,
        String address,
        UUID nodeUuid,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}
