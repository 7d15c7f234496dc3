package io.ferric.store;

import io.ferric.node.Allocation;
import io.ferric.node.Allocation.State;
import io.ferric.node.Allocation.Wanted;
import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Allocations in the table {@code allocation}, and whom a node is given to in the table {@code node}. */
final class JdbcAllocationStore implements AllocationStore {
    private static final String COLUMNS =
            "uuid, name, state, node_uuid, resource_class, traits, candidate_nodes, owner,"
                    + " extra, last_error, created_at, updated_at";
    private static final Set<String> ALWAYS_THERE = Set.of("uuid", "state", "created_at");
    private static final Set<String> OPTIONAL =
            Set.of("name", "node_uuid", "resource_class", "owner", "last_error", "updated_at");

    private final Sql sql;
    private final TransactionalDataSource transactions;
    private final Clock clock;

    JdbcAllocationStore(Sql sql, TransactionalDataSource transactions, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void insert(Allocation allocation) {
        Wanted wanted = allocation.wanted();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("uuid", allocation.uuid());
        columns.put("name", allocation.name());
        columns.put("state", allocation.state().wireName());
        columns.put("resource_class", wanted.resourceClass());
        columns.put("traits", Json.writeList("traits", wanted.traits()));
        columns.put(
                "candidate_nodes",
                Json.writeList(
                        "candidate_nodes",
                        wanted.candidates().stream().map(UUID::toString).toList()));
        columns.put("owner", wanted.owner());
        columns.put("extra", Json.write("extra", allocation.extra()));
        columns.put("created_at", allocation.createdAt());
        try {
            sql.insert("allocation", columns);
        } catch (Sql.NotUnique e) {
            throw taken(e, allocation);
        }
    }

    private static Conflict taken(Sql.NotUnique e, Allocation allocation) {
        return e.by("allocation_name")
                ? new Conflict(
                        "AllocationDuplicateName",
                        "An allocation with name " + allocation.name().orElse("") + " already exists.",
                        "Choose another name.",
                        e)
                : new Conflict(
                        "AllocationAlreadyExists",
                        "An allocation with UUID " + allocation.uuid() + " already exists.",
                        "Leave the UUID away, and one is made.",
                        e);
    }

    @Override
    public Optional<Allocation> find(UUID uuid) {
        return sql.first(
                JdbcAllocationStore::allocation, "select " + COLUMNS + " from allocation where uuid = ?", uuid);
    }

    @Override
    public Optional<Allocation> findByName(String name) {
        return sql.first(
                JdbcAllocationStore::allocation, "select " + COLUMNS + " from allocation where name = ?", name);
    }

    @Override
    public List<Allocation> list(EntryQuery query) {
        boolean nullable = OPTIONAL.contains(query.sortKey());
        if (!nullable && !ALWAYS_THERE.contains(query.sortKey())) {
            throw EntryListing.unsortable(query);
        }
        return EntryListing.list(sql, COLUMNS, "allocation", query, nullable, JdbcAllocationStore::allocation);
    }

    @Override
    public void save(Allocation changed) {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("name", changed.name());
        columns.put("extra", Json.write("extra", changed.extra()));
        columns.put("updated_at", clock.instant());
        try {
            sql.update("allocation", columns, changed.uuid());
        } catch (Sql.NotUnique e) {
            throw taken(e, changed);
        }
    }

    @Override
    public boolean give(UUID allocation, UUID node, Map<String, Object> instanceInfo) {
        try {
            return both(() -> settle(allocation, node), () -> claim(allocation, node, instanceInfo));
        } catch (Sql.NotUnique e) {
            throw new Conflict(
                    FaultCode.INSTANCE_ASSOCIATED,
                    "Instance " + allocation + " is already associated with another node",
                    "Free that node first.",
                    e);
        }
    }

    private boolean settle(UUID allocation, UUID node) {
        return sql.update(
                        "update allocation set state = ?, node_uuid = ?, last_error = null, updated_at = ?"
                                + " where uuid = ? and state = ?",
                        State.ACTIVE.wireName(),
                        node,
                        clock.instant(),
                        allocation,
                        State.ALLOCATING.wireName())
                == 1;
    }

    private boolean claim(UUID allocation, UUID node, Map<String, Object> instanceInfo) {
        return sql.update(
                        "update node set allocation_uuid = ?, instance_uuid = ?, instance_info = ?, updated_at = ?"
                                + " where uuid = ? and allocation_uuid is null"
                                + " and (instance_uuid is null or instance_uuid = ?)",
                        allocation,
                        allocation,
                        Json.write("instance_info", instanceInfo),
                        clock.instant(),
                        node,
                        allocation)
                == 1;
    }

    /** Both or neither: what the first did is undone when the second cannot be. */
    private boolean both(BooleanSupplier first, BooleanSupplier second) {
        try {
            return transactions.inTransaction(() -> {
                if (!first.getAsBoolean()) {
                    return false;
                }
                if (!second.getAsBoolean()) {
                    throw new Undone();
                }
                return true;
            });
        } catch (Undone e) {
            return false;
        }
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void fail(UUID allocation, String error) {
        sql.update(
                "update allocation set state = ?, last_error = ?, updated_at = ? where uuid = ? and state = ?",
                State.ERROR.wireName(),
                error,
                clock.instant(),
                allocation,
                State.ALLOCATING.wireName());
    }

    @Override
    public boolean delete(UUID allocation) {
        return transactions.inTransaction(() -> {
            // the allocation first: whoever gives it a node meanwhile has done so before, or cannot any more
            boolean gone = sql.update("delete from allocation where uuid = ?", allocation) == 1;
            sql.update(
                    "update node set allocation_uuid = null, instance_uuid = null, updated_at = ?"
                            + " where allocation_uuid = ?",
                    clock.instant(),
                    allocation);
            return gone;
        });
    }

    @Override
    public boolean deleteWithoutNode(UUID allocation) {
        return sql.update("delete from allocation where uuid = ? and node_uuid is null", allocation) == 1;
    }

    @Override
    public Optional<Allocation> findToChange(UUID uuid) {
        return sql.first(
                JdbcAllocationStore::allocation,
                "select " + COLUMNS + " from allocation where uuid = ? for update",
                uuid);
    }

    private static Allocation allocation(Sql.Row row) throws SQLException {
        return new Allocation(
                row.uuid("uuid"),
                row.optional("name"),
                State.ofWireName(row.text("state")).orElseThrow(),
                Optional.ofNullable(row.uuid("node_uuid")),
                new Wanted(
                        row.optional("resource_class"),
                        Json.readSet(row.text("traits")),
                        Json.readSet(row.text("candidate_nodes")).stream()
                                .map(UUID::fromString)
                                .toList(),
                        row.optional("owner")),
                Json.read(row.text("extra")),
                row.optional("last_error"),
                row.instant("created_at").orElseThrow(),
                row.instant("updated_at"));
    }
}
