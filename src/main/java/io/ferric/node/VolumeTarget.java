package io.ferric.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A volume of a storage network that a server uses.
 *
 * @param volumeType such as {@code iscsi} or {@code fibre_channel}
 * @param properties how it is reached; may hold secrets such as {@code auth_password}
 * @param bootIndex in which order the server tries to boot from its volumes; unique for the node, 0 is first
 * @param volumeId what the storage calls it
 */
public record VolumeTarget(
        UUID uuid,
        UUID nodeUuid,
        String volumeType,
        Map<String, Object> properties,
        int bootIndex,
        String volumeId,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {

    /** Fails with {@link InvalidRequest} when the type or identifier is too long, or the boot index is below 0. */
    public VolumeTarget {
        Texts.atMost(64, "volume_type", Optional.of(volumeType));
        Texts.atMost(36, "volume_id", Optional.of(volumeId));
        if (bootIndex < 0) {
            throw Texts.invalid("'boot_index' is " + bootIndex, "Use 0 or more.");
        }
        properties = Texts.copy(properties);
        extra = Texts.copy(extra);
    }

    @Override
    public Optional<UUID> owningNode() {
        return Optional.of(nodeUuid);
    }
}
