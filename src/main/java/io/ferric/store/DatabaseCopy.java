package io.ferric.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Copies all that one database holds into another that holds nothing, whichever of the two H2 and PostgreSQL are: all of
 * it or nothing. Rows are streamed. Nobody else may use either database meanwhile.
 */
public final class DatabaseCopy {
    /** Every table but Flyway's own, those that others refer to first. */
    static final List<String> TABLES = List.of(
            "installation",
            "conductor",
            "chassis",
            "node",
            "node_inventory",
            "portgroup",
            "port",
            "volume_connector",
            "volume_target",
            "deploy_template",
            "allocation",
            "history",
            "bmc_action",
            "bmc_action_head",
            "shared_object",
            "shared_object_user",
            "scheduled_tasks");

    /** What every database has from when it is opened first. */
    private static final Set<String> OWN = Set.of("installation", "bmc_action_head");

    private static final int BATCH = 500;

    private final Connection from;
    private final Connection to;

    private DatabaseCopy(Connection from, Connection to) {
        this.from = from;
        this.to = to;
    }

    /**
     * @return how many rows each table has
     * @throws IllegalArgumentException when the second database holds something already
     */
    public static Map<String, Long> copy(Database from, Database to) {
        try (Connection source = from.pool().getConnection();
                Connection target = to.pool().getConnection()) {
            source.setAutoCommit(false); // else PostgreSQL hands over a whole table at once
            target.setAutoCommit(false);
            try {
                Map<String, Long> copied = new DatabaseCopy(source, target).all();
                target.commit();
                return copied;
            } finally {
                target.rollback();
                target.setAutoCommit(true);
                source.rollback();
                source.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Sql.fault(e);
        }
    }

    private Map<String, Long> all() throws SQLException {
        for (String table : TABLES) {
            long there = OWN.contains(table) ? 0 : count(to, table);
            if (there > 0) {
                throw new IllegalArgumentException("the database to copy to is not empty: its table " + table + " has "
                        + there + " rows; give it a new one");
            }
        }
        for (String table : OWN) {
            run("delete from " + table);
        }
        Map<String, Long> copied = new LinkedHashMap<>();
        for (String table : TABLES) {
            copy(table);
            long expected = count(from, table);
            if (count(to, table) != expected) {
                throw new IllegalStateException(
                        "table " + table + " has changed while it was copied; stop every Ferric");
            }
            copied.put(table, expected);
        }
        run("alter table history alter column id restart with " + (last("history") + 1));
        return copied;
    }

    private void copy(String table) throws SQLException {
        try (Statement read = from.createStatement()) {
            read.setFetchSize(BATCH);
            try (ResultSet rows = read.executeQuery("select * from " + table);
                    PreparedStatement write = to.prepareStatement(insert(table, rows.getMetaData()))) {
                int columns = rows.getMetaData().getColumnCount();
                for (int pending = 1; rows.next(); pending++) {
                    for (int i = 1; i <= columns; i++) {
                        write.setObject(i, value(rows, i));
                    }
                    write.addBatch();
                    if (pending % BATCH == 0) {
                        write.executeBatch();
                    }
                }
                write.executeBatch();
            }
        }
    }

    private static String insert(String table, ResultSetMetaData columns) throws SQLException {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner marks = new StringJoiner(", ");
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnName(i));
            marks.add("?");
        }
        // numbers that the database gives are kept as they were
        String given = table.equals("history") ? " overriding system value" : "";
        return "insert into " + table + " (" + names + ")" + given + " values (" + marks + ")";
    }

    private static Object value(ResultSet rows, int column) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        boolean time = meta.getColumnType(column) == Types.TIMESTAMP_WITH_TIMEZONE
                || meta.getColumnTypeName(column).equals("timestamptz");
        return time ? rows.getObject(column, OffsetDateTime.class) : rows.getObject(column);
    }

    private static long count(Connection connection, String table) throws SQLException {
        return number(connection, "select count(*) from " + table);
    }

    private long last(String table) throws SQLException {
        return number(from, "select coalesce(max(id), 0) from " + table);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String statement) throws SQLException {
        try (Statement plain = to.createStatement()) {
            plain.execute(statement);
        }
    }
}
