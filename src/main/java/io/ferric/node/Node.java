package io.ferric.node;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A server: what is declared about it and what is known about it, as of one moment. Immutable; what is stored is
 * changed through the store, never through this.
 *
 * @param reservation the conductor that works on it now
 * @param allocation the allocation that has chosen it
 */
public record Node(
        UUID uuid,
        NodeSpec spec,
        NodeStatus status,
        Maintenance maintenance,
        Optional<String> reservation,
        Optional<UUID> allocation,
        Instant createdAt,
        Optional<Instant> updatedAt) {

    public Node {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(status);
    }

    /** A node just enrolled. */
    public static Node enrolled(UUID uuid, NodeSpec spec, Instant now) {
        return new Node(
                uuid,
                spec,
                NodeStatus.enrolled(),
                Maintenance.NONE,
                Optional.empty(),
                Optional.empty(),
                now,
                Optional.empty());
    }

    public DriverInfo driverInfo() {
        return spec.driverInfo();
    }

    public InstanceInfo instanceInfo() {
        return spec.instanceInfo();
    }

    /**
     * The value of a capability such as {@code boot_mode}, {@code boot_option} or {@code disk_label}: what the instance
     * asks for in {@code instance_info/capabilities} goes before what {@code properties/capabilities} say of the server.
     */
    public Optional<String> capability(String key) {
        return Capabilities.find(instanceInfo().values(), key).or(() -> spec.capability(key));
    }

    public NodeDetails details() {
        return spec.details();
    }

    public ProvisionState provisionState() {
        return status.provision();
    }

    public Node with(NodeSpec newSpec) {
        return new Node(uuid, newSpec, status, maintenance, reservation, allocation, createdAt, updatedAt);
    }

    public Node with(NodeStatus newStatus) {
        return new Node(uuid, spec, newStatus, maintenance, reservation, allocation, createdAt, updatedAt);
    }

    public Node with(Maintenance newMaintenance) {
        return new Node(uuid, spec, status, newMaintenance, reservation, allocation, createdAt, updatedAt);
    }
}
