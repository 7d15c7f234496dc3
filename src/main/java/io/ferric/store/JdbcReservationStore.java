package io.ferric.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reservations and visits as columns of the table {@code node}. */
final class JdbcReservationStore implements ReservationStore {
    private static final String HELD = " where uuid = ? and reservation_token is not distinct from ?";

    private final Sql sql;

    JdbcReservationStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public boolean reserve(Hold hold, String host) {
        return sql.update(
                        "update node set reservation = ?, reservation_token = ? where uuid = ? and reservation is null",
                        host,
                        hold.token(),
                        hold.node())
                == 1;
    }

    @Override
    public void release(Hold hold) {
        sql.update(
                "update node set reservation = null, reservation_token = null" + HELD + " and visit is null",
                hold.node(),
                hold.token());
    }

    @Override
    public boolean isHeld(Hold hold) {
        return held(hold, "");
    }

    @Override
    public boolean lock(Hold hold) {
        return held(hold, " for update");
    }

    private boolean held(Hold hold, String how) {
        return sql.first(
                        row -> true,
                        "select uuid from node" + HELD + " and reservation is not null" + how,
                        hold.node(),
                        hold.token())
                .isPresent();
    }

    @Override
    public Optional<String> holder(UUID node) {
        return sql.first(row -> row.optional("reservation"), "select reservation from node where uuid = ?", node)
                .flatMap(holder -> holder);
    }

    @Override
    public boolean assign(Hold hold, String visit) {
        return sql.update(
                        "update node set visit = ?, visit_attempts = 0, visit_failure = null" + HELD,
                        visit,
                        hold.node(),
                        hold.token())
                == 1;
    }

    @Override
    public Optional<Visit> begin(Hold hold, String visit, String host) {
        sql.update(
                "update node set visit_attempts = visit_attempts + 1, reservation = ?, reservation_token = ?"
                        + " where uuid = ? and visit = ?",
                host,
                hold.token(),
                hold.node(),
                visit);
        return sql.first(
                row -> new Visit(row.text("visit"), row.number("visit_attempts"), row.optional("visit_failure")),
                "select visit, visit_attempts, visit_failure from node" + HELD + " and visit = ?",
                hold.node(),
                hold.token(),
                visit);
    }

    @Override
    public boolean noteFailure(Hold hold, String visit, String failure) {
        return sql.update(
                        "update node set visit_failure = ?" + HELD + " and visit = ?",
                        failure,
                        hold.node(),
                        hold.token(),
                        visit)
                == 1;
    }

    @Override
    public boolean end(Hold hold, String visit) {
        return sql.update(
                        "update node set visit = null, visit_attempts = 0, visit_failure = null, reservation = null,"
                                + " reservation_token = null" + HELD + " and visit = ?",
                        hold.node(),
                        hold.token(),
                        visit)
                == 1;
    }

    @Override
    public Optional<String> visit(UUID node) {
        return sql.first(row -> row.optional("visit"), "select visit from node where uuid = ?", node)
                .flatMap(visit -> visit);
    }

    @Override
    public List<Hold> heldWithoutVisit(String host) {
        return sql.query(
                JdbcReservationStore::hold,
                "select uuid, reservation_token from node where reservation = ? and visit is null",
                host);
    }

    @Override
    public List<Pending> heldForVisits(String host) {
        return sql.query(
                row -> new Pending(hold(row), row.text("visit")),
                "select uuid, reservation_token, visit from node where reservation = ? and visit is not null",
                host);
    }

    private static Hold hold(Sql.Row row) throws SQLException {
        return new Hold(row.uuid("uuid"), row.uuid("reservation_token"));
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
