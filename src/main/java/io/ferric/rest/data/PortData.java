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
        @Since(18) Map<String, Object> internalInfo,
        @Since(19) Map<String, Object> localLinkConnection,
        @Since(19) boolean pxeEnabled,
        @Since(24) Optional<UUID> portgroupUuid,
        @Since(34) Optional<String> physicalNetwork,
        @Since(53) boolean isSmartnic,
        @Since(88) Optional<String> name,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}
