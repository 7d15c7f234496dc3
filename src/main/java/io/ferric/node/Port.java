package io.ferric.node;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A network interface of a server.
 *
 * @param address the MAC address, six pairs of hex digits with colons; kept in lower case
 * @param extra free-form values; {@code vif_port_id} marks the interface that carries the instance's traffic
 * @param localLinkConnection the switch and its port on the other end of the cable
 * @param pxeEnabled whether the server may boot from it over the network
 * @param portgroupUuid the group of ports it works together with
 * @param physicalNetwork the network it is plugged into; up to 64 characters
 * @param internalInfo what Ferric itself remembers about it
 * @param isSmartnic whether it has a computer of its own, which {@code localLinkConnection} must then name
 */
public record Port(
        UUID uuid,
        UUID nodeUuid,
        String address,
        Optional<String> name,
        Map<String, Object> extra,
        Map<String, Object> localLinkConnection,
        boolean pxeEnabled,
        Optional<UUID> portgroupUuid,
        Optional<String> physicalNetwork,
        Map<String, Object> internalInfo,
        boolean isSmartnic,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {

    private static final List<String> CONNECTION =
            List.of("switch_id", "port_id", "switch_info", "hostname", "network_type");

    /** Fails with {@link InvalidRequest} when the address is not a MAC address, or another value is not as it must be. */
    public Port {
        address = Texts.mac("Port", address);
        Texts.atMost(255, "name", name);
        Texts.notBlank("physical_network", physicalNetwork);
        Texts.atMost(64, "physical_network", physicalNetwork);
        extra = Texts.copy(extra);
        localLinkConnection = Texts.copy(localLinkConnection);
        internalInfo = Texts.copy(internalInfo);
        checkConnection(localLinkConnection);
        if (isSmartnic
                && !(localLinkConnection.containsKey("port_id") && localLinkConnection.containsKey("hostname"))) {
            throw Texts.invalid(
                    "Smart NIC port must have port_id and hostname in local_link_connection",
                    "Add them, or leave is_smartnic away.");
        }
    }

    /** Source: Ironic's schema of local_link_connection. */
    private static void checkConnection(Map<String, Object> connection) {
        connection.forEach((key, value) -> {
            if (!CONNECTION.contains(key) || !(value instanceof String)) {
                throw Texts.invalid(
                        "'local_link_connection/" + key + "' is " + (CONNECTION.contains(key) ? "no text" : "unknown"),
                        "There may be " + String.join(", ", CONNECTION) + ", each a text.");
            }
        });
        boolean whole = connection.containsKey("port_id")
                && (connection.containsKey("switch_id") || connection.containsKey("hostname"));
        if (!connection.isEmpty() && !whole && !connection.containsKey("network_type")) {
            throw Texts.invalid(
                    "'local_link_connection' names no switch_id and port_id",
                    "Add them, or port_id and hostname of a smart NIC, or network_type unmanaged.");
        }
    }

    /** A port of which nothing else is known. */
    public Port(UUID uuid, UUID nodeUuid, String address, Map<String, Object> extra) {
        this(
                uuid,
                nodeUuid,
                address,
                Optional.empty(),
                extra,
                Map.of(),
                true,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** The address as ports keep it; fails with {@link InvalidRequest} when it is not a MAC address. */
    public static String normalized(String address) {
        return Texts.mac("Port", address);
    }

    @Override
    public Optional<UUID> owningNode() {
        return Optional.of(nodeUuid);
    }

    public Port withExtra(Map<String, Object> changed) {
        return new Port(
                uuid,
                nodeUuid,
                address,
                name,
                changed,
                localLinkConnection,
                pxeEnabled,
                portgroupUuid,
                physicalNetwork,
                internalInfo,
                isSmartnic,
                createdAt,
                updatedAt);
    }
}
