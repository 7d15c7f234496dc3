package io.ferric.store;

import io.ferric.node.BootMode;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.Observed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Nodes in the table {@code node}. */
final class JdbcNodeStore implements NodeStore {
    private final Sql sql;
    private final Clock clock;

    JdbcNodeStore(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public void insert(Node node) {
        NodeSpec spec = node.spec();
        Map<String, Object> columns = NodeRow.columns(spec);
        columns.put("uuid", node.uuid());
        columns.put("provision_state", node.provisionState().wireName());
        columns.put("internal_info", "{}");
        columns.put("maintenance", false);
        columns.put("visit_attempts", 0);
        columns.put("created_at", node.createdAt());
        try {
            sql.insert("node", columns);
        } catch (Sql.NotUnique e) {
            throw conflict(e, node.uuid(), spec);
        }
    }

    @Override
    public Optional<Node> find(UUID uuid) {
        return sql.first(NodeRow::node, "select * from node where uuid = ?", uuid);
    }

    @Override
    public Optional<Node> findByName(String name) {
        return sql.first(NodeRow::node, "select * from node where name = ?", name);
    }

    @Override
    public List<Node> list(NodeSelection selection) {
        List<String> conditions = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        selection.associated().ifPresent(yes -> conditions.add("instance_uuid is " + (yes ? "not null" : "null")));
        equal(conditions, arguments, "instance_uuid", selection.instanceUuid());
        equal(conditions, arguments, "maintenance", selection.maintenance());
        equal(
                conditions,
                arguments,
                "provision_state",
                selection.provisionState().map(ProvisionState::wireName));
        equal(conditions, arguments, "driver", selection.driver());
        equal(conditions, arguments, "resource_class", selection.resourceClass());
        return sql.query(NodeRow::node, listStatement(selection, conditions, arguments), arguments.toArray());
    }

    private static void equal(List<String> conditions, List<Object> arguments, String column, Optional<?> value) {
        value.ifPresent(wanted -> {
            conditions.add(column + " = ?");
            arguments.add(wanted);
        });
    }

    private static String listStatement(NodeSelection selection, List<String> conditions, List<Object> arguments) {
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        String direction = selection.descending() ? " desc nulls last" : " asc nulls last";
        // created_at and the others are column names from an enum, never text from a caller
        String ordered = "with ordered as (select n.*, row_number() over (order by "
                + selection.sortKey().wireName() + direction + ", uuid" + (selection.descending() ? " desc" : "")
                + ") as place from node n" + where + ") select * from ordered";
        selection.marker().ifPresent(arguments::add);
        String after =
                selection.marker().isPresent() ? " where place > (select place from ordered where uuid = ?)" : "";
        return ordered + after + " order by place fetch first " + Math.max(0, selection.limit()) + " rows only";
    }

    @Override
    public void saveSpec(UUID node, NodeSpec spec) {
        Map<String, Object> columns = NodeRow.columns(spec);
        columns.put("updated_at", now());
        try {
            sql.update("node", columns, node);
        } catch (Sql.NotUnique e) {
            throw conflict(e, node, spec);
        }
    }

    @Override
    public void saveInstanceInfo(UUID node, Map<String, Object> info) {
        sql.update(
                "update node set instance_info = ?, updated_at = ? where uuid = ?",
                Json.write("instance_info", info),
                now(),
                node);
    }

    @Override
    public void saveInternalInfo(UUID node, Map<String, Object> info) {
        sql.update(
                "update node set internal_info = ?, updated_at = ? where uuid = ?",
                Json.write("driver_internal_info", info),
                now(),
                node);
    }

    @Override
    public void saveProperties(UUID node, Map<String, Object> properties) {
        sql.update(
                "update node set properties = ?, updated_at = ? where uuid = ?",
                Json.write("properties", properties),
                now(),
                node);
    }

    @Override
    public void saveObserved(UUID node, Observed observed) {
        sql.update(
                "update node set boot_mode = ?, secure_boot = ?, inspection_started_at = ?, inspection_finished_at = ?,"
                        + " updated_at = ? where uuid = ?",
                observed.bootMode().map(BootMode::wireName),
                observed.secureBoot(),
                observed.inspectionStartedAt(),
                observed.inspectionFinishedAt(),
                now(),
                node);
    }

    @Override
    public void savePower(UUID node, Optional<PowerState> seen, Optional<PowerAction> target) {
        sql.update(
                "update node set power_state = ?, target_power_state = ?, updated_at = ? where uuid = ?",
                seen.map(PowerState::wireName),
                target.map(PowerAction::wireName),
                now(),
                node);
    }

    @Override
    public void saveLastError(UUID node, Optional<String> error) {
        sql.update("update node set last_error = ?, updated_at = ? where uuid = ?", error, now(), node);
    }

    @Override
    public void saveMaintenance(UUID node, Maintenance maintenance) {
        sql.update(
                "update node set maintenance = ?, maintenance_reason = ?, fault = ?, updated_at = ? where uuid = ?",
                maintenance.on(),
                maintenance.reason(),
                maintenance.fault(),
                now(),
                node);
    }

    @Override
    public boolean takeOutOfService(UUID node, Maintenance maintenance) {
        return sql.update(
                        "update node set maintenance = true, maintenance_reason = ?, fault = ?, updated_at = ?"
                                + " where uuid = ? and maintenance = false",
                        maintenance.reason(),
                        maintenance.fault(),
                        now(),
                        node)
                == 1;
    }

    @Override
    public boolean bringBackFrom(UUID node, String fault) {
        return sql.update(
                        "update node set maintenance = false, maintenance_reason = null, fault = null, updated_at = ?"
                                + " where uuid = ? and maintenance = true and fault = ?",
                        now(),
                        node,
                        fault)
                == 1;
    }

    @Override
    public boolean move(UUID node, ProvisionState from, NodeStatus to) {
        return sql.update(
                        "update node set provision_state = ?, target_provision_state = ?, provision_updated_at = ?,"
                                + " last_error = ?, updated_at = ? where uuid = ? and provision_state = ?",
                        to.provision().wireName(),
                        to.targetProvision().map(ProvisionState::wireName),
                        to.provisionUpdatedAt(),
                        to.lastError(),
                        now(),
                        node,
                        from.wireName())
                == 1;
    }

    @Override
    public boolean delete(UUID node) {
        return sql.update("delete from node where uuid = ?", node) == 1;
    }

    private Instant now() {
        return clock.instant();
    }

    private static Conflict conflict(Sql.NotUnique e, UUID node, NodeSpec spec) {
        if (e.by("node_name_unique")) {
            return new Conflict(
                    FaultCode.DUPLICATE_NAME,
                    "A node named " + spec.name().orElse("") + " exists already",
                    "Choose another name.",
                    e);
        }
        if (e.by("node_instance_unique")) {
            return new Conflict(
                    FaultCode.INSTANCE_ASSOCIATED,
                    "Instance " + spec.instanceUuid().map(UUID::toString).orElse("") + " is on another node already",
                    "An instance can be on one node only.",
                    e);
        }
        return new Conflict(FaultCode.NODE_ALREADY_EXISTS, "A node with UUID " + node + " exists already", "", e);
    }
}
