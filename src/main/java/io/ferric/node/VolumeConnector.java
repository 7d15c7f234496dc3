package io.ferric.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a server shows itself as to a storage network.
 *
 * @param type of its identifier: {@code iqn}, {@code ip}, {@code mac}, {@code wwnn}, {@code wwpn} and the like
 * @param connectorId the identifier; unique together with the type
 */
public record VolumeConnector(
        UUID uuid,
        UUID nodeUuid,
        String type,
        String connectorId,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {

    /** Fails with {@link InvalidRequest} when the type or the identifier is too long. */
    public VolumeConnector {
        Texts.atMost(32, "type", Optional.of(type));
        Texts.atMost(255, "connector_id", Optional.of(connectorId));
        extra = Texts.copy(extra);
    }

    @Override
    public Optional<UUID> owningNode() {
        return Optional.of(nodeUuid);
    }
}
