package io.ferric.cli.remote;

import static io.ferric.cli.remote.Field.Type.BOOL;
import static io.ferric.cli.remote.Field.Type.DOCUMENT;
import static io.ferric.cli.remote.Field.Type.LIST;
import static io.ferric.cli.remote.Field.Type.MAP;
import static io.ferric.cli.remote.Field.Type.NUMBER;
import static io.ferric.cli.remote.Field.Type.TEXT;
import static io.ferric.cli.remote.Field.Use.CREATE;
import static io.ferric.cli.remote.Field.Use.REQUIRED;
import static io.ferric.cli.remote.Field.Use.SET;
import static io.ferric.cli.remote.Field.Use.UNSET;

import io.ferric.client.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The resources that can be listed, shown, created, changed and deleted: the table that the commands are made of. Names
 * and options are those of OpenStack's client. Source: Ironic's REST API reference.
 *
 * @param noun what one is called, in messages
 * @param summary the columns of a list
 * @param positional the field that is given without an option when one is created
 */
record Resource(
        Kind kind,
        String noun,
        List<String> summary,
        Optional<String> positional,
        List<Field> fields,
        List<Filter> filters) {

    private static final List<String> INTERFACES = List.of(
            "bios",
            "boot",
            "console",
            "deploy",
            "firmware",
            "inspect",
            "management",
            "network",
            "power",
            "raid",
            "rescue",
            "storage",
            "vendor");

    private static final Field UUID = Field.of("uuid", TEXT, "Its UUID; chosen by the server when not given.", CREATE);
    private static final Field EXTRA = Field.any("extra", MAP, "A value of your own to keep with it.");
    private static final Field DESCRIPTION = Field.any("description", TEXT, "What it is, for people.");
    private static final Field NODE_UUID = Field.of("node_uuid", TEXT, "UUID of its node.", REQUIRED, CREATE, SET)
            .as("--node");
    private static final Filter OF_NODE = Filter.value("--node", "node", "Those of this node.");

    static final Resource NODE = new Resource(
            Kind.NODES,
            "node",
            List.of("uuid", "name", "instance_uuid", "power_state", "provision_state", "maintenance"),
            Optional.empty(),
            nodeFields(),
            nodeFilters());

    static final Resource PORT = new Resource(
            Kind.PORTS,
            "port",
            List.of("uuid", "address"),
            Optional.of("address"),
            List.of(
                    NODE_UUID,
                    UUID,
                    Field.of("address", TEXT, "Its MAC address.", SET),
                    Field.any("name", TEXT, "Its name."),
                    Field.any("local_link_connection", MAP, "Where it is plugged in.")
                            .as("--local-link-connection"),
                    Field.any("pxe_enabled", BOOL, "Whether a server may boot from it by PXE."),
                    Field.any("portgroup_uuid", TEXT, "UUID of its portgroup.").as("--port-group"),
                    Field.any("physical_network", TEXT, "The network it is in."),
                    Field.any("is_smartnic", BOOL, "Whether it is a smart NIC."),
                    EXTRA),
            List.of(
                    OF_NODE,
                    Filter.value("--address", "address", "Those with this MAC address."),
                    Filter.value("--port-group", "portgroup", "Those of this portgroup.")));

    static final Resource PORTGROUP = new Resource(
            Kind.PORTGROUPS,
            "portgroup",
            List.of("uuid", "address", "name"),
            Optional.empty(),
            List.of(
                    NODE_UUID,
                    UUID,
                    Field.any("address", TEXT, "Its MAC address."),
                    Field.any("name", TEXT, "Its name."),
                    Field.any("mode", TEXT, "How its ports are bonded, such as 802.3ad."),
                    Field.any("properties", MAP, "A property of the bond.").as("--property"),
                    Field.any("standalone_ports_supported", BOOL, "Whether its ports work alone too.")
                            .as("--support-standalone-ports"),
                    EXTRA),
            List.of(OF_NODE, Filter.value("--address", "address", "Those with this MAC address.")));

    static final Resource CHASSIS = new Resource(
            Kind.CHASSIS,
            "chassis",
            List.of("uuid", "description"),
            Optional.empty(),
            List.of(UUID, DESCRIPTION, EXTRA),
            List.of());

    static final Resource CONNECTOR = new Resource(
            Kind.VOLUME_CONNECTORS,
            "volume connector",
            List.of("uuid", "node_uuid", "type", "connector_id"),
            Optional.empty(),
            List.of(
                    NODE_UUID,
                    UUID,
                    Field.of("type", TEXT, "iqn, ip, mac, wwnn, wwpn, port or portgroup.", REQUIRED, CREATE, SET),
                    Field.of("connector_id", TEXT, "Its id, such as an iSCSI name.", REQUIRED, CREATE, SET),
                    EXTRA),
            List.of(OF_NODE));

    static final Resource TARGET = new Resource(
            Kind.VOLUME_TARGETS,
            "volume target",
            List.of("uuid", "node_uuid", "volume_type", "boot_index", "volume_id"),
            Optional.empty(),
            List.of(
                    NODE_UUID,
                    UUID,
                    Field.of("volume_type", TEXT, "iscsi or fibre_channel.", REQUIRED, CREATE, SET)
                            .as("--type"),
                    Field.of("volume_id", TEXT, "The id of the volume.", REQUIRED, CREATE, SET),
                    Field.of("boot_index", NUMBER, "0 for the one that is booted.", REQUIRED, CREATE, SET),
                    Field.any("properties", MAP, "How the volume is reached.").as("--property"),
                    EXTRA),
            List.of(OF_NODE));

    static final Resource ALLOCATION = new Resource(
            Kind.ALLOCATIONS,
            "allocation",
            List.of("uuid", "name", "resource_class", "state", "node_uuid"),
            Optional.empty(),
            List.of(
                    UUID,
                    Field.any("name", TEXT, "Its name."),
                    Field.of("resource_class", TEXT, "What nodes are looked for.", CREATE),
                    Field.of("traits", LIST, "A trait the node must have.", CREATE)
                            .as("--trait"),
                    Field.of("candidate_nodes", LIST, "A node that may be taken; any when none is named.", CREATE)
                            .as("--candidate-node"),
                    Field.of("node", TEXT, "The node that is taken already.", CREATE),
                    Field.of("owner", TEXT, "The project whose nodes may be taken.", CREATE),
                    EXTRA),
            List.of(
                    OF_NODE,
                    Filter.value("--resource-class", "resource_class", "Those for this resource class."),
                    Filter.value("--state", "state", "Those in this state."),
                    Filter.value("--owner", "owner", "Those of this owner.")));

    static final Resource TEMPLATE = new Resource(
            Kind.DEPLOY_TEMPLATES,
            "deploy template",
            List.of("uuid", "name"),
            Optional.of("name"),
            List.of(
                    UUID,
                    Field.of("name", TEXT, "Its name, a trait.", SET),
                    Field.of("steps", DOCUMENT, "Its steps.", REQUIRED, CREATE, SET),
                    EXTRA),
            List.of());

    static final Resource CONDUCTOR = new Resource(
            Kind.CONDUCTORS,
            "conductor",
            List.of("hostname", "conductor_group", "alive"),
            Optional.empty(),
            List.of(),
            List.of());

    static final Resource DRIVER =
            new Resource(Kind.DRIVERS, "driver", List.of("name", "hosts"), Optional.empty(), List.of(), List.of());

    /** Those that can be given in a command. */
    Stream<Field> fields(Field.Use use) {
        return fields.stream().filter(field -> field.in(use));
    }

    /** How one is named on the command line. */
    String label() {
        return noun.replace(' ', '_').toUpperCase(java.util.Locale.ROOT);
    }

    private static List<Field> nodeFields() {
        Stream<Field> own = Stream.of(
                Field.of("driver", TEXT, "What runs it, such as ilo.", REQUIRED, CREATE, SET),
                UUID,
                Field.any("name", TEXT, "Its name."),
                Field.any("driver_info", MAP, "How its hardware is reached, such as ilo_address=192.0.2.7."),
                Field.any("properties", MAP, "What it is, such as memory_mb=65536.")
                        .as("--property"),
                EXTRA,
                DESCRIPTION,
                Field.any("resource_class", TEXT, "What it is scheduled as."),
                Field.any("chassis_uuid", TEXT, "UUID of its chassis."),
                Field.any("conductor_group", TEXT, "The conductors that may run it."),
                Field.any("owner", TEXT, "The project it belongs to."),
                Field.any("lessee", TEXT, "The project that uses it."),
                Field.any("shard", TEXT, "The shard it is in."),
                Field.any("parent_node", TEXT, "UUID of the node it is a part of."),
                Field.any("automated_clean", BOOL, "Whether it is cleaned by itself when it is released."),
                Field.any("network_data", DOCUMENT, "The network of the deploy ramdisk."),
                Field.of("instance_uuid", TEXT, "UUID of its instance.", SET, UNSET),
                Field.of("instance_info", MAP, "What is deployed, such as image_source=URL.", SET, UNSET),
                Field.of("target_raid_config", DOCUMENT, "The RAID it shall have.", SET, UNSET),
                Field.of("protected", BOOL, "Whether it is kept from undeploy, rebuild and delete.", SET, UNSET),
                Field.of("protected_reason", TEXT, "Why it is protected.", SET, UNSET),
                Field.of("retired", BOOL, "Whether it is no more to be used.", SET, UNSET),
                Field.of("retired_reason", TEXT, "Why it is retired.", SET, UNSET));
        Stream<Field> interfaces = INTERFACES.stream()
                .map(name -> Field.any(name + "_interface", TEXT, "The " + name + " interface of its driver."));
        return Stream.concat(own, interfaces).toList();
    }

    private static List<Filter> nodeFilters() {
        return List.of(
                Filter.flag("--maintenance", "maintenance", "true", "Those in maintenance."),
                Filter.flag("--no-maintenance", "maintenance", "false", "Those not in maintenance."),
                Filter.flag("--retired", "retired", "true", "Those that are retired."),
                Filter.flag("--no-retired", "retired", "false", "Those that are not retired."),
                Filter.flag("--associated", "associated", "true", "Those with an instance."),
                Filter.flag("--unassociated", "associated", "false", "Those without an instance."),
                Filter.value("--provision-state", "provision_state", "Those in this state."),
                Filter.value("--driver", "driver", "Those of this driver."),
                Filter.value("--resource-class", "resource_class", "Those of this resource class."),
                Filter.value("--instance", "instance_uuid", "The one with this instance."),
                Filter.value("--fault", "fault", "Those with this fault."),
                Filter.value("--conductor-group", "conductor_group", "Those of this conductor group."),
                Filter.value("--conductor", "conductor", "Those run by this conductor."),
                Filter.value("--chassis", "chassis_uuid", "Those of this chassis."),
                Filter.value("--owner", "owner", "Those of this owner."),
                Filter.value("--lessee", "lessee", "Those of this lessee."),
                Filter.value("--shard", "shard", "Those of this shard."),
                Filter.value("--parent-node", "parent_node", "The parts of this node."),
                Filter.flag("--include-children", "include_children", "true", "Parts of nodes too."),
                Filter.value("--description-contains", "description_contains", "Those whose description has this."));
    }
}
