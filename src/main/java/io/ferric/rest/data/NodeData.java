package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A node as the API shows it, secrets masked. States are Ironic's words, such as {@code wait call-back}. A client that
 * asked for a few fields, or for a summary, finds the other values empty and texts without a value {@code null}.
 *
 * @param driverInternalInfo what the driver remembers between its visits
 * @param fault what took the node out of service when Ferric did it by itself
 * @param reservation the conductor that works on the node now
 * @param bootMode what it was last seen to boot with
 * @param secureBoot whether its boots were last seen to be secured
 * @param inspectionFinishedAt when the last inspection ended well; empty while it runs and when it failed
 * @param ports where its ports are
 * @param states where its states are
 */
public record NodeData(
        UUID uuid,
        Optional<String> name,
        String driver,
        Map<String, Object> driverInfo,
        Map<String, Object> driverInternalInfo,
        Map<String, Object> instanceInfo,
        Optional<UUID> instanceUuid,
        Map<String, Object> properties,
        Map<String, Object> extra,
        Optional<String> resourceClass,
        String provisionState,
        Optional<String> targetProvisionState,
        Optional<Instant> provisionUpdatedAt,
        Optional<String> powerState,
        Optional<String> targetPowerState,
        boolean maintenance,
        Optional<String> maintenanceReason,
        Optional<String> fault,
        Optional<String> lastError,
        Optional<String> reservation,
        Optional<String> bootMode,
        Optional<Boolean> secureBoot,
        Optional<Instant> inspectionStartedAt,
        Optional<Instant> inspectionFinishedAt,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links,
        List<Link> ports,
        List<Link> states) {

    public NodeData {
        driverInfo = orEmpty(driverInfo);
        driverInternalInfo = orEmpty(driverInternalInfo);
        instanceInfo = orEmpty(instanceInfo);
        properties = orEmpty(properties);
        extra = orEmpty(extra);
        links = links == null ? List.of() : links;
        ports = ports == null ? List.of() : ports;
        states = states == null ? List.of() : states;
    }

    private static Map<String, Object> orEmpty(Map<String, Object> values) {
        return values == null ? Map.of() : values;
    }
}
