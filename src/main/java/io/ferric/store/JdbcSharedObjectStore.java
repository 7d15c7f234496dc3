package io.ferric.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Shared objects in the tables {@code shared_object} and {@code shared_object_user}. */
final class JdbcSharedObjectStore implements SharedObjectStore {
    private static final String COLUMNS = "name, state, claim_host, claim_run, claimed_at";

    private final Sql sql;

    JdbcSharedObjectStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<SharedObject> find(String name) {
        return sql.first(
                JdbcSharedObjectStore::object, "select " + COLUMNS + " from shared_object where name = ?", name);
    }

    @Override
    public List<SharedObject> all() {
        return sql.query(JdbcSharedObjectStore::object, "select " + COLUMNS + " from shared_object order by name");
    }

    private static SharedObject object(Sql.Row row) throws SQLException {
        Optional<Claim> claim = row.optional("claim_host").isEmpty()
                ? Optional.empty()
                : Optional.of(new Claim(
                        row.text("claim_host"),
                        row.uuid("claim_run"),
                        row.instant("claimed_at").orElseThrow()));
        return new SharedObject(row.text("name"), State.valueOf(row.text("state")), claim);
    }

    @Override
    public boolean insert(SharedObject object) {
        return sql.insertIfNew(
                "insert into shared_object (" + COLUMNS + ") values (?, ?, ?, ?, ?)",
                object.name(),
                object.state().name(),
                object.claim().map(Claim::host),
                object.claim().map(Claim::run),
                object.claim().map(Claim::at));
    }

    @Override
    public boolean lock(String name, State state) {
        return sql.update("update shared_object set state = state where name = ? and state = ?", name, state.name())
                == 1;
    }

    @Override
    public boolean lock(String name) {
        return sql.update("update shared_object set state = state where name = ?", name) == 1;
    }

    @Override
    public boolean change(SharedObject seen, State state, Optional<Claim> claim) {
        return sql.update(
                        "update shared_object set state = ?, claim_host = ?, claim_run = ?, claimed_at = ?"
                                + " where name = ? and state = ? and claim_run is not distinct from ?",
                        state.name(),
                        claim.map(Claim::host),
                        claim.map(Claim::run),
                        claim.map(Claim::at),
                        seen.name(),
                        seen.state().name(),
                        seen.claim().map(Claim::run))
                == 1;
    }

    @Override
    public void renew(UUID claim, Instant at) {
        sql.update("update shared_object set claimed_at = ? where claim_run = ?", at, claim);
    }

    @Override
    public boolean remove(String name, State state, UUID run) {
        return sql.update(
                        "delete from shared_object where name = ? and state = ? and claim_run = ?",
                        name,
                        state.name(),
                        run)
                == 1;
    }

    @Override
    public void addUser(String name, UUID node) {
        sql.update(
                "insert into shared_object_user (name, node_uuid) select cast(? as varchar), cast(? as uuid)"
                        + " where not exists (select 1 from shared_object_user where name = ? and node_uuid = ?)",
                name,
                node,
                name,
                node);
    }

    @Override
    public boolean removeUser(String name, UUID node) {
        return sql.update("delete from shared_object_user where name = ? and node_uuid = ?", name, node) == 1;
    }

    @Override
    public void removeUserEverywhere(UUID node) {
        sql.update("delete from shared_object_user where node_uuid = ?", node);
    }

    @Override
    public int removeUsersWithoutNode() {
        return sql.update("delete from shared_object_user where node_uuid not in (select uuid from node)");
    }

    @Override
    public int users(String name) {
        return sql.first(
                        row -> row.number("users"),
                        "select count(*) as users from shared_object_user where name = ?",
                        name)
                .orElse(0);
    }
}
