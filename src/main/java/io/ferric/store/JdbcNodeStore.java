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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Nodes in the table {@code node}. */
final class JdbcNodeStore implements NodeStore {
    private static final String BY_UUID = "select " + NodeRow.ALL + " from node where uuid = ?";
    private static final String BY_NAME = "select " + NodeRow.ALL + " from node where name = ?";

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
        return sql.first(NodeRow::node, BY_UUID, uuid);
    }

    @Override
    public Optional<Node> findByName(String name) {
        return sql.first(NodeRow::node, BY_NAME, name);
    }

    @Override
    public void each(NodeSelection selection, Consumer<Node> taker) {
        NodeListing listing = new NodeListing(selection);
        if (selection.marker().isPresent()) {
            UUID marker = selection.marker().get();
            Optional<Optional<Object>> key =
                    sql.marked("node", selection.sortKey().column(), marker);
            if (key.isEmpty()) {
                return;
            }
            listing.after(marker, key.get());
        }
        sql.each(
                NodeRow::node,
                taker,
                listing.statement(selection.documents() ? NodeRow.ALL : NodeRow.WITHOUT_DOCUMENTS),
                listing.arguments());
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
    public boolean lock(UUID node) {
        return sql.lock("node", node);
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

    @Override
    public Map<Optional<String>, Integer> shards() {
        Map<Optional<String>, Integer> shards = new LinkedHashMap<>();
        sql.query(
                row -> shards.put(row.optional("shard"), row.number("nodes")),
                "select shard, count(*) as nodes from node group by shard order by count(*) desc, shard");
        return shards;
    }
}
