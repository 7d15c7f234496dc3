package io.ferric.rest.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A node as the API shows it, secrets masked. States are Ironic's words, such as {@code wait call-back}. A client that
 * asked for a few fields, for a summary, or in an older version, finds the other values empty and texts without a value
 * {@code null}. An {@code ..._interface} is the name of the driver's implementation that the node uses. Source: the
 * fields of Ironic's API to version 1.93.
 *
 * @param allocationUuid the allocation that has chosen it
 * @param automatedClean whether it is cleaned before it is given away; empty for what the conductor does by itself
 * @param bootMode what it was last seen to boot with
 * @param cleanStep the step of cleaning under way; empty when there is none
 * @param conductor the conductor that serves it
 * @param consoleEnabled always false: no driver has a console
 * @param deployStep the step of the deploy under way; empty when there is none
 * @param driverInternalInfo what the driver remembers between its visits
 * @param fault what took the node out of service when Ferric did it by itself
 * @param inspectionFinishedAt when the last inspection ended well; empty while it runs and when it failed
 * @param lessee the project it is lent to
 * @param owner the project it belongs to
 * @param parentNode the node it is a part of
 * @param portgroups where its port groups are
 * @param ports where its ports are
 * @param guarded whether its instance may not be torn down, rebuilt or deleted: {@code protected}
 * @param guardedReason why, as {@code protected_reason}
 * @param provisionState {@code null} for {@code available} below version 1.2
 * @param raidConfig always empty: no driver does RAID
 * @param reservation the conductor that works on the node now
 * @param retired whether it is not to be given away again
 * @param secureBoot whether its boots were last seen to be secured
 * @param serviceStep the step of the service under way; empty when there is none
 * @param states where its states are
 * @param targetRaidConfig always empty: no driver does RAID
 * @param volume where its volume connectors and targets are
 */
public record NodeData(
        @Since(52) Optional<UUID> allocationUuid,
        @Since(47) Optional<Boolean> automatedClean,
        @Since(40) Optional<String> biosInterface,
        @Since(31) Optional<String> bootInterface,
        @Since(75) Optional<String> bootMode,
        Optional<UUID> chassisUuid,
        @Since(7) Map<String, Object> cleanStep,
        @Since(49) Optional<String> conductor,
        @Since(46) String conductorGroup,
        boolean consoleEnabled,
        @Since(31) Optional<String> consoleInterface,
        Optional<Instant> createdAt,
        @Since(31) Optional<String> deployInterface,
        @Since(44) Map<String, Object> deployStep,
        @Since(51) Optional<String> description,
        String driver,
        Map<String, Object> driverInfo,
        @Since(3) Map<String, Object> driverInternalInfo,
        Map<String, Object> extra,
        @Since(42) Optional<String> fault,
        @Since(86) Optional<String> firmwareInterface,
        @Since(31) Optional<String> inspectInterface,
        @Since(6) Optional<Instant> inspectionFinishedAt,
        @Since(6) Optional<Instant> inspectionStartedAt,
        Map<String, Object> instanceInfo,
        Optional<UUID> instanceUuid,
        Optional<String> lastError,
        @Since(65) Optional<String> lessee,
        List<Link> links,
        boolean maintenance,
        Optional<String> maintenanceReason,
        @Since(31) Optional<String> managementInterface,
        @Since(5) Optional<String> name,
        @Since(66) Map<String, Object> networkData,
        @Since(20) Optional<String> networkInterface,
        @Since(50) Optional<String> owner,
        @Since(83) Optional<UUID> parentNode,
        @Since(24) List<Link> portgroups,
        List<Link> ports,
        @Since(31) Optional<String> powerInterface,
        Optional<String> powerState,
        Map<String, Object> properties,
        @Since(48) @JsonProperty("protected") boolean guarded,
        @Since(48) @JsonProperty("protected_reason") Optional<String> guardedReason,
        String provisionState,
        Optional<Instant> provisionUpdatedAt,
        @Since(12) Map<String, Object> raidConfig,
        @Since(31) Optional<String> raidInterface,
        @Since(38) Optional<String> rescueInterface,
        Optional<String> reservation,
        @Since(21) Optional<String> resourceClass,
        @Since(61) boolean retired,
        @Since(61) Optional<String> retiredReason,
        @Since(75) Optional<Boolean> secureBoot,
        @Since(87) Map<String, Object> serviceStep,
        @Since(82) Optional<String> shard,
        @Since(14) List<Link> states,
        @Since(33) Optional<String> storageInterface,
        Optional<String> targetPowerState,
        Optional<String> targetProvisionState,
        @Since(12) Map<String, Object> targetRaidConfig,
        @Since(37) List<String> traits,
        Optional<Instant> updatedAt,
        UUID uuid,
        @Since(31) Optional<String> vendorInterface,
        @Since(32) List<Link> volume) {

    public NodeData {
        cleanStep = orEmpty(cleanStep);
        deployStep = orEmpty(deployStep);
        driverInfo = orEmpty(driverInfo);
        driverInternalInfo = orEmpty(driverInternalInfo);
        extra = orEmpty(extra);
        instanceInfo = orEmpty(instanceInfo);
        links = orEmpty(links);
        networkData = orEmpty(networkData);
        portgroups = orEmpty(portgroups);
        ports = orEmpty(ports);
        properties = orEmpty(properties);
        raidConfig = orEmpty(raidConfig);
        serviceStep = orEmpty(serviceStep);
        states = orEmpty(states);
        targetRaidConfig = orEmpty(targetRaidConfig);
        traits = orEmpty(traits);
        volume = orEmpty(volume);
    }

    private static <T> Map<String, T> orEmpty(Map<String, T> values) {
        return values == null ? Map.of() : values;
    }

    private static <T> List<T> orEmpty(List<T> values) {
        return values == null ? List.of() : values;
    }
}
