package io.ferric.store;

import io.ferric.node.BootMode;
import io.ferric.node.DriverInfo;
import io.ferric.node.Guard;
import io.ferric.node.InstanceInfo;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.Observed;
import io.ferric.node.Placement;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.node.Tenancy;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A row of the table {@code node}: what is declared as columns, and the whole row as a node. */
final class NodeRow {
    /** Every column, with nothing in those that hold documents. */
    static final String WITHOUT_DOCUMENTS = "uuid, name, driver, '{}' driver_info, '{}' instance_info, '{}' properties,"
            + " '{}' extra, instance_uuid, resource_class, power_state, target_power_state, provision_state,"
            + " target_provision_state, provision_updated_at, last_error, '{}' internal_info, maintenance,"
            + " maintenance_reason, fault, reservation, created_at, updated_at, boot_mode, secure_boot,"
            + " inspection_started_at, inspection_finished_at, description, owner, lessee, chassis_uuid,"
            + " conductor_group, shard, parent_node, guarded, guarded_reason, retired, retired_reason,"
            + " automated_clean, '{}' interfaces, '[]' traits, '{}' network_data, allocation_uuid";

    /** Every column by its name: one that a newer version has added must not change what a prepared statement gives. */
    static final String ALL = WITHOUT_DOCUMENTS.replaceAll("'[^']*' ", "");

    private NodeRow() {}

    /** The columns of what is declared, with their values. */
    static Map<String, Object> columns(NodeSpec spec) {
        NodeDetails details = spec.details();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("name", spec.name());
        columns.put("driver", spec.driver());
        columns.put("driver_info", Json.write("driver_info", spec.driverInfo().values()));
        columns.put(
                "instance_info", Json.write("instance_info", spec.instanceInfo().values()));
        columns.put("properties", Json.write("properties", spec.properties()));
        columns.put("extra", Json.write("extra", spec.extra()));
        columns.put("instance_uuid", spec.instanceUuid());
        columns.put("resource_class", spec.resourceClass());
        columns.put("description", details.description());
        columns.put("owner", details.tenancy().owner());
        columns.put("lessee", details.tenancy().lessee());
        columns.put("chassis_uuid", details.placement().chassis());
        columns.put("conductor_group", details.placement().conductorGroup());
        columns.put("shard", details.placement().shard());
        columns.put("parent_node", details.placement().parent());
        columns.put("guarded", details.guard().guarded());
        columns.put("guarded_reason", details.guard().guardedReason());
        columns.put("retired", details.guard().retired());
        columns.put("retired_reason", details.guard().retiredReason());
        columns.put("automated_clean", details.guard().automatedClean());
        columns.put("interfaces", Json.write("interfaces", details.interfaces()));
        columns.put("traits", Json.writeList("traits", details.traits()));
        columns.put("network_data", Json.write("network_data", details.networkData()));
        return columns;
    }

    static Node node(Sql.Row row) throws SQLException {
        return new Node(
                row.uuid("uuid"),
                spec(row),
                status(row),
                new Maintenance(row.flag("maintenance"), row.optional("maintenance_reason"), row.optional("fault")),
                row.optional("reservation"),
                Optional.ofNullable(row.uuid("allocation_uuid")),
                row.instant("created_at").orElseThrow(),
                row.instant("updated_at"));
    }

    private static NodeSpec spec(Sql.Row row) throws SQLException {
        return new NodeSpec(
                row.optional("name"),
                row.text("driver"),
                new DriverInfo(Json.read(row.text("driver_info"))),
                new InstanceInfo(Json.read(row.text("instance_info"))),
                Json.read(row.text("properties")),
                Json.read(row.text("extra")),
                Optional.ofNullable(row.uuid("instance_uuid")),
                row.optional("resource_class"),
                details(row));
    }

    private static NodeDetails details(Sql.Row row) throws SQLException {
        return new NodeDetails(
                row.optional("description"),
                new Tenancy(row.optional("owner"), row.optional("lessee")),
                new Placement(
                        Optional.ofNullable(row.uuid("chassis_uuid")),
                        row.text("conductor_group"),
                        row.optional("shard"),
                        Optional.ofNullable(row.uuid("parent_node"))),
                new Guard(
                        row.flag("guarded"),
                        row.optional("guarded_reason"),
                        row.flag("retired"),
                        row.optional("retired_reason"),
                        row.optionalFlag("automated_clean")),
                Json.readTexts(row.text("interfaces")),
                Json.readSet(row.text("traits")),
                Json.read(row.text("network_data")));
    }

    private static NodeStatus status(Sql.Row row) throws SQLException {
        return new NodeStatus(
                row.optional("power_state").flatMap(PowerState::ofWireName),
                row.optional("target_power_state").flatMap(PowerAction::ofWireName),
                ProvisionState.ofWireName(row.text("provision_state")).orElseThrow(),
                row.optional("target_provision_state").flatMap(ProvisionState::ofWireName),
                row.instant("provision_updated_at"),
                row.optional("last_error"),
                Json.read(row.text("internal_info")),
                new Observed(
                        row.optional("boot_mode").flatMap(BootMode::ofWireName),
                        row.optionalFlag("secure_boot"),
                        row.instant("inspection_started_at"),
                        row.instant("inspection_finished_at")));
    }
}
