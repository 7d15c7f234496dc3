package io.ferric.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Ports of a server that work together as one interface.
 *
 * @param name unique among port groups
 * @param address the MAC address of the group; kept in lower case with colons
 * @param mode how the ports share their work, such as {@code active-backup} or {@code 802.3ad}
 * @param properties settings of the bond
 * @param standalonePortsSupported whether a member can be used alone, as for a boot over the network
 * @param internalInfo what Ferric itself remembers about it
 */
public record Portgroup(
        UUID uuid,
        UUID nodeUuid,
        Optional<String> name,
        Optional<String> address,
        Optional<String> mode,
        Map<String, Object> properties,
        boolean standalonePortsSupported,
        Map<String, Object> extra,
        Map<String, Object> internalInfo,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {

    /** Fails with {@link InvalidRequest} when the address is not a MAC address, or the name cannot be one. */
    public Portgroup {
        address = address.map(text -> Texts.mac("Port group", text));
        name.ifPresent(text -> Texts.name("port group", text));
        Texts.notBlank("mode", mode);
        Texts.atMost(255, "mode", mode);
        properties = Texts.copy(properties);
        extra = Texts.copy(extra);
        internalInfo = Texts.copy(internalInfo);
    }

    @Override
    public Optional<UUID> owningNode() {
        return Optional.of(nodeUuid);
    }
}
