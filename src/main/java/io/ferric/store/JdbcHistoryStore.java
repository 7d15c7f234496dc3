package io.ferric.store;

import java.util.List;
import java.util.UUID;

/** History in the table {@code history}. */
final class JdbcHistoryStore implements HistoryStore {
    private final Sql sql;

    JdbcHistoryStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void append(UUID node, Entry entry, int keep) {
        sql.update(
                "insert into history (node_uuid, happened, step, message, severity)"
                        + " select uuid, cast(? as timestamp with time zone), cast(? as varchar), cast(? as varchar),"
                        + " cast(? as varchar) from node where uuid = ?",
                entry.at(),
                entry.step(),
                entry.message(),
                entry.severity(),
                node);
        sql.update(
                "delete from history where node_uuid = ? and id <= (select id from history where node_uuid = ?"
                        + " order by id desc offset " + Math.max(0, keep) + " rows fetch next 1 row only)",
                node,
                node);
    }

    @Override
    public List<Entry> of(UUID node) {
        return sql.query(
                row -> new Entry(
                        row.instant("happened").orElseThrow(),
                        row.text("step"),
                        row.text("message"),
                        row.text("severity")),
                "select happened, step, message, severity from history where node_uuid = ? order by id",
                node);
    }
}
