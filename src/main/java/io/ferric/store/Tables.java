package io.ferric.store;

import io.ferric.node.Chassis;
import io.ferric.node.DeployTemplate;
import io.ferric.node.Entry;
import io.ferric.node.FaultCode;
import io.ferric.node.Port;
import io.ferric.node.Portgroup;
import io.ferric.node.VolumeConnector;
import io.ferric.node.VolumeTarget;
import io.ferric.store.Table.Unique;
import java.util.List;
import java.util.Optional;

/** The kinds of entries there are. */
public final class Tables {
    public static final Table<Chassis> CHASSIS = new Table<>(
            "chassis",
            Chassis.class,
            "Chassis",
            FaultCode.CHASSIS_NOT_FOUND,
            Optional.empty(),
            List.of(uuid("chassis", "Chassis", FaultCode.CHASSIS_ALREADY_EXISTS)));

    public static final Table<Port> PORT = new Table<>(
            "port",
            Port.class,
            "Port",
            FaultCode.PORT_NOT_FOUND,
            Optional.of("address"),
            List.of(
                    new Unique<>(
                            "port_address_unique",
                            FaultCode.MAC_ALREADY_EXISTS,
                            port -> "A port with MAC address " + port.address() + " exists already"),
                    new Unique<>(
                            "port_name_unique",
                            FaultCode.DUPLICATE_NAME,
                            port -> "A port named " + port.name().orElse("") + " exists already"),
                    uuid("port", "port", FaultCode.PORT_ALREADY_EXISTS)));

    public static final Table<Portgroup> PORTGROUP = new Table<>(
            "portgroup",
            Portgroup.class,
            "Portgroup",
            FaultCode.PORTGROUP_NOT_FOUND,
            Optional.of("name"),
            List.of(
                    new Unique<>(
                            "portgroup_address_unique",
                            FaultCode.PORTGROUP_MAC_ALREADY_EXISTS,
                            group -> "A portgroup with MAC address "
                                    + group.address().orElse("") + " already exists."),
                    new Unique<>(
                            "portgroup_name_unique",
                            FaultCode.PORTGROUP_DUPLICATE_NAME,
                            group -> "A portgroup with name " + group.name().orElse("") + " already exists."),
                    uuid("portgroup", "portgroup", FaultCode.PORTGROUP_ALREADY_EXISTS)));

    public static final Table<VolumeConnector> VOLUME_CONNECTOR = new Table<>(
            "volume_connector",
            VolumeConnector.class,
            "Volume connector",
            FaultCode.VOLUME_CONNECTOR_NOT_FOUND,
            Optional.empty(),
            List.of(
                    new Unique<>(
                            "volume_connector_unique",
                            FaultCode.VOLUME_CONNECTOR_TYPE_AND_ID_ALREADY_EXISTS,
                            each -> "A volume connector with type " + each.type() + " and connector ID "
                                    + each.connectorId() + " already exists."),
                    uuid("volume_connector", "volume connector", FaultCode.VOLUME_CONNECTOR_ALREADY_EXISTS)));

    public static final Table<VolumeTarget> VOLUME_TARGET = new Table<>(
            "volume_target",
            VolumeTarget.class,
            "Volume target",
            FaultCode.VOLUME_TARGET_NOT_FOUND,
            Optional.empty(),
            List.of(
                    new Unique<>(
                            "volume_target_unique",
                            FaultCode.VOLUME_TARGET_BOOT_INDEX_ALREADY_EXISTS,
                            each -> "A volume target with boot index '" + each.bootIndex()
                                    + "' for the same node already exists."),
                    uuid("volume_target", "volume target", FaultCode.VOLUME_TARGET_ALREADY_EXISTS)));

    public static final Table<DeployTemplate> DEPLOY_TEMPLATE = new Table<>(
            "deploy_template",
            DeployTemplate.class,
            "Deploy template",
            FaultCode.DEPLOY_TEMPLATE_NOT_FOUND,
            Optional.of("name"),
            List.of(
                    new Unique<>(
                            "deploy_template_name_unique",
                            FaultCode.DEPLOY_TEMPLATE_DUPLICATE_NAME,
                            each -> "A deploy template with name " + each.name() + " already exists."),
                    uuid("deploy_template", "deploy template", FaultCode.DEPLOY_TEMPLATE_ALREADY_EXISTS)));

    private Tables() {}

    /** The primary key; only to be asked after the other constraints, for their names hold the table's too. */
    private static <T extends Entry> Unique<T> uuid(String table, String noun, String code) {
        return new Unique<>(table, code, entry -> "A " + noun + " with UUID " + entry.uuid() + " exists already");
    }
}
