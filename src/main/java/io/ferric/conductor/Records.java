package io.ferric.conductor;

import io.ferric.node.Chassis;
import io.ferric.node.Conflict;
import io.ferric.node.DeployTemplate;
import io.ferric.node.Entry;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.Port;
import io.ferric.node.Portgroup;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.node.VolumeConnector;
import io.ferric.node.VolumeTarget;
import io.ferric.store.Table;
import io.ferric.store.Tables;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The registries of all kinds of entries, with the rules of each. */
final class Records {
    /** In which a node is not connected to a network for an instance yet. */
    private static final Set<ProvisionState> UNCONNECTED =
            EnumSet.of(ProvisionState.ENROLL, ProvisionState.MANAGEABLE, ProvisionState.INSPECTING);

    private final Context context;
    private final Reservations reservations;
    private final Registry<Chassis> chassis;
    private final Registry<Port> ports;
    private final Registry<Portgroup> portgroups;
    private final Registry<VolumeConnector> volumeConnectors;
    private final Registry<VolumeTarget> volumeTargets;
    private final Registry<DeployTemplate> deployTemplates;

    Records(Context context, Reservations reservations) {
        this.context = context;
        this.reservations = reservations;
        chassis = registry(Tables.CHASSIS, new ChassisRules());
        portgroups = registry(Tables.PORTGROUP, new PortgroupRules());
        ports = registry(Tables.PORT, new PortRules());
        volumeConnectors = registry(Tables.VOLUME_CONNECTOR, new OnlyWhileOff<>());
        volumeTargets = registry(Tables.VOLUME_TARGET, new OnlyWhileOff<>());
        deployTemplates = registry(Tables.DEPLOY_TEMPLATE, Rules.none());
    }

    private <T extends Record & Entry> Registry<T> registry(Table<T> table, Rules<T> rules) {
        return new Registry<>(context, table, reservations, rules);
    }

    Registry<Chassis> chassis() {
        return chassis;
    }

    Registry<Port> ports() {
        return ports;
    }

    Registry<Portgroup> portgroups() {
        return portgroups;
    }

    Registry<VolumeConnector> volumeConnectors() {
        return volumeConnectors;
    }

    Registry<VolumeTarget> volumeTargets() {
        return volumeTargets;
    }

    Registry<DeployTemplate> deployTemplates() {
        return deployTemplates;
    }

    private Node node(Entry entry) {
        return context.database().nodes().find(entry.owningNode().orElseThrow()).orElseThrow();
    }

    private final class ChassisRules implements Rules<Chassis> {
        @Override
        public void checkRemoval(Chassis entry) {
            NodeQuery inside =
                    NodeQuery.all().where(NodeFilter.CHASSIS, entry.uuid()).limit(1);
            if (!context.database().nodes().list(inside).isEmpty()) {
                throw new InvalidRequest(
                        FaultCode.CHASSIS_NOT_EMPTY,
                        "Cannot complete the requested action because chassis " + entry.uuid() + " contains nodes.",
                        "Take the nodes out of it first.");
            }
        }
    }

    private final class PortgroupRules implements Rules<Portgroup> {
        @Override
        public void checkRemoval(Portgroup entry) {
            EntryQuery members =
                    EntryQuery.all().where("portgroup_uuid", entry.uuid()).limit(1);
            if (!context.database().ports().list(members).isEmpty()) {
                throw new InvalidRequest(
                        FaultCode.PORTGROUP_NOT_EMPTY,
                        "Cannot complete the requested action because portgroup " + entry.uuid() + " contains ports.",
                        "Take the ports out of it first.");
            }
        }
    }

    private final class PortRules implements Rules<Port> {
        @Override
        public void check(Optional<Port> before, Port after) {
            if (before.isPresent() && !connection(before.get()).equals(connection(after))) {
                refuseOtherConnection(after);
            }
            after.portgroupUuid().ifPresent(group -> checkMembership(after, portgroup(group.toString())));
        }

        private Portgroup portgroup(String uuid) {
            return portgroups
                    .find(uuid)
                    .orElseThrow(() -> new InvalidRequest(
                            FaultCode.PORTGROUP_NOT_FOUND,
                            "Portgroup " + uuid + " could not be found.",
                            "Check portgroup_uuid."));
        }

        private void checkMembership(Port port, Portgroup group) {
            if (!group.nodeUuid().equals(port.nodeUuid())) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Port can not be added to a portgroup belonging to a different node.",
                        "Check portgroup_uuid.");
            }
            if (port.pxeEnabled() && !group.standalonePortsSupported() && networked(node(port))) {
                throw new Conflict(
                        FaultCode.INVALID_STATE,
                        "Port group " + group.uuid()
                                + " doesn't support standalone ports, and 'pxe_enabled' of the port is" + " true",
                        "Set pxe_enabled to false.");
            }
        }

        /** Where nothing sets up a network, nothing minds. Source: Ironic, where noop checks no ports. */
        private static boolean networked(Node node) {
            return !node.details().interfaces().getOrDefault("network", "noop").equals("noop");
        }

        private static List<Object> connection(Port port) {
            return List.of(
                    port.portgroupUuid(),
                    port.pxeEnabled(),
                    port.localLinkConnection(),
                    port.physicalNetwork(),
                    port.isSmartnic());
        }

        private void refuseOtherConnection(Port port) {
            Node node = node(port);
            if (!node.maintenance().on() && !UNCONNECTED.contains(node.provisionState())) {
                throw new Conflict(
                        FaultCode.INVALID_STATE,
                        "How port " + port.uuid() + " is connected can not be changed while node " + node.uuid()
                                + " is " + node.provisionState(),
                        "Make the node manageable, or put it in maintenance.");
            }
        }
    }

    /** A running server would not notice that its volumes are others. */
    private final class OnlyWhileOff<T extends Entry> implements Rules<T> {
        @Override
        public void check(Optional<T> before, T after) {
            if (before.isPresent()) {
                checkRemoval(after);
            }
        }

        @Override
        public void checkRemoval(T entry) {
            Node node = node(entry);
            if (!node.status().power().equals(Optional.of(PowerState.OFF))) {
                throw new InvalidRequest(
                        FaultCode.INVALID_STATE_REQUESTED,
                        "Volume connectors and targets of node " + node.uuid()
                                + " can not be changed while its power is "
                                + node.status()
                                        .power()
                                        .map(PowerState::wireName)
                                        .orElse("unknown"),
                        "Power it off first.");
            }
        }
    }
}
