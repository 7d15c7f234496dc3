package io.ferric.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator declares about a node. Immutable; the {@code with} methods give changed copies.
 *
 * @param name a name unique among the nodes
 * @param driver the name of the driver, such as {@code ilo}
 * @param properties facts about the hardware; {@code capabilities} is {@code "k:v,k:v"}
 * @param instanceUuid the instance that has claimed this node
 * @param details what is declared besides
 */
public record NodeSpec(
        Optional<String> name,
        String driver,
        DriverInfo driverInfo,
        InstanceInfo instanceInfo,
        Map<String, Object> properties,
        Map<String, Object> extra,
        Optional<UUID> instanceUuid,
        Optional<String> resourceClass,
        NodeDetails details) {

    public NodeSpec {
        Objects.requireNonNull(driver);
        Objects.requireNonNull(details);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A node of this driver with nothing else said about it. */
    public static NodeSpec ofDriver(String driver) {
        return new NodeSpec(
                Optional.empty(),
                driver,
                new DriverInfo(Map.of()),
                new InstanceInfo(Map.of()),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                NodeDetails.NONE);
    }

    public NodeSpec withName(String newName) {
        return new NodeSpec(
                Optional.of(newName),
                driver,
                driverInfo,
                instanceInfo,
                properties,
                extra,
                instanceUuid,
                resourceClass,
                details);
    }

    public NodeSpec withDriverInfo(Map<String, Object> values) {
        return new NodeSpec(
                name,
                driver,
                new DriverInfo(values),
                instanceInfo,
                properties,
                extra,
                instanceUuid,
                resourceClass,
                details);
    }

    public NodeSpec withInstanceInfo(Map<String, Object> values) {
        return new NodeSpec(
                name,
                driver,
                driverInfo,
                new InstanceInfo(values),
                properties,
                extra,
                instanceUuid,
                resourceClass,
                details);
    }

    public NodeSpec withProperties(Map<String, Object> values) {
        return new NodeSpec(
                name, driver, driverInfo, instanceInfo, values, extra, instanceUuid, resourceClass, details);
    }

    public NodeSpec withInstanceUuid(Optional<UUID> uuid) {
        return new NodeSpec(name, driver, driverInfo, instanceInfo, properties, extra, uuid, resourceClass, details);
    }

    public NodeSpec withDetails(NodeDetails changed) {
        return new NodeSpec(
                name, driver, driverInfo, instanceInfo, properties, extra, instanceUuid, resourceClass, changed);
    }

    /**
     * The value of a capability in {@code properties.capabilities}. Parts that are not {@code key:value} are passed over.
     * What an instance asks for goes before it: see {@link Node#capability}.
     */
    public Optional<String> capability(String key) {
        return Capabilities.find(properties, key);
    }

    /**
     * With what was found out about the hardware. Where something else is declared, what was found goes before it; what
     * was not looked for stays, capabilities too.
     */
    public NodeSpec withFound(Map<String, Object> found, Map<String, String> capabilities) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.putAll(found);
        if (!capabilities.isEmpty()) {
            all.put("capabilities", Capabilities.merge(properties.get("capabilities"), capabilities));
        }
        return withProperties(all);
    }
}
