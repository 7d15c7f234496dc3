package io.ferric.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reservations and visits as columns of the table {@code node}. */
final class JdbcReservationStore implements ReservationStore {
    private final Sql sql;

    JdbcReservationStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean reserve(UUID node, String host) {
        return sql.update("update node set reservation = ? where uuid = ? and reservation is null", host, node) == 1;
    }

    @Override
    public void release(UUID node, String host) {
        sql.update(
                "update node set reservation = null where uuid = ? and reservation = ? and visit is null", node, host);
    }

    @Override
    public Optional<String> holder(UUID node) {
        return sql.first(row -> row.optional("reservation"), "select reservation from node where uuid = ?", node)
                .flatMap(holder -> holder);
    }

    @Override
    public void assign(UUID node, String visit) {
        sql.update("update node set visit = ?, visit_attempts = 0, visit_failure = null where uuid = ?", visit, node);
    }

    @Override
    public Optional<Visit> begin(UUID node, String visit, String host) {
        sql.update(
                "update node set visit_attempts = visit_attempts + 1, reservation = ? where uuid = ? and visit = ?",
                host,
                node,
                visit);
        return sql.first(
                row -> new Visit(row.text("visit"), row.number("visit_attempts"), row.optional("visit_failure")),
                "select visit, visit_attempts, visit_failure from node where uuid = ? and visit = ?",
                node,
                visit);
    }

    @Override
    public void noteFailure(UUID node, String visit, String failure) {
        sql.update("update node set visit_failure = ? where uuid = ? and visit = ?", failure, node, visit);
    }

    @Override
    public boolean end(UUID node, String visit) {
        return sql.update(
                        "update node set visit = null, visit_attempts = 0, visit_failure = null, reservation = null"
                                + " where uuid = ? and visit = ?",
                        node,
                        visit)
                == 1;
    }

    @Override
    public Optional<String> visit(UUID node) {
        return sql.first(row -> row.optional("visit"), "select visit from node where uuid = ?", node)
                .flatMap(visit -> visit);
    }

    @Override
    public List<UUID> heldWithoutVisit(String host) {
        return sql.query(
                row -> row.uuid("uuid"), "select uuid from node where reservation = ? and visit is null", host);
    }

    @Override
    public List<Pending> heldForVisits(String host) {
        return sql.query(
                row -> new Pending(row.uuid("uuid"), row.text("visit")),
                "select uuid, visit from node where reservation = ? and visit is not null",
                host);
    }

    @Override
    public int unpick(String schedulerName) {
        return sql.update(
                "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
                        + " version = version + 1 where picked = true and picked_by = ?",
                schedulerName);
    }

    @Override
    public boolean scheduled(String taskName, String instance) {
        return sql.first(
                        row -> row.text("task_instance"),
                        "select task_instance from scheduled_tasks where task_name = ? and task_instance = ?",
                        taskName,
                        instance)
                .isPresent();
    }
}
