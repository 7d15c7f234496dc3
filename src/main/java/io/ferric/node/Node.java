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
 */
public record Node(
        UUID uuid,
        NodeSpec spec,
        NodeStatus status,
        Maintenance maintenance,
        Optional<String> reservation,
        Instant createdAt,
        Optional<Instant> updatedAt) {

    public Node {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(spec);
        Objects.requireNonNull(status);
    }

    /** A node just enrolled. */
    public static Node enrolled(UUID uuid, NodeSpec spec, Instant now) {
        return new Node(uuid, spec, NodeStatus.enrolled(), Maintenance.NONE, Optional.empty(), now, Optional.empty());
    }

    public DriverInfo driverInfo() {
        return spec.driverInfo();
    }

    public InstanceInfo instanceInfo() {
        return spec.instanceInfo();
    }

    public ProvisionState provisionState() {
        return status.provision();
    }

    public Node with(NodeSpec newSpec) {
        return new Node(uuid, newSpec, status, maintenance, reservation, createdAt, updatedAt);
    }

    public Node with(NodeStatus newStatus) {
        return new Node(uuid, spec, newStatus, maintenance, reservation, createdAt, updatedAt);
    }

    public Node with(Maintenance newMaintenance) {
        return new Node(uuid, spec, status, newMaintenance, reservation, createdAt, updatedAt);
    }
}
