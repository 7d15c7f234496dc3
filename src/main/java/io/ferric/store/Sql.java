package io.ferric.store;

import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.Unavailable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Runs statements; takes part in the transaction of its thread when there is one. */
final class Sql {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final char NUL = 0;

    /** A connection broke or could not be had, or the server ends, as PostgreSQL names it. */
    private static final List<String> UNREACHABLE = List.of("08", "57P", "53300");

    private final DataSource dataSource;

    Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Turns one row into a value. */
    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** Returns how many rows were changed. Arguments may be {@link Optional}, {@link Instant} and {@link UUID}. */
    int update(String statement, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, arguments);
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /**
     * Inserts what may be there already; returns whether it was new. A transaction goes on in both cases, also where it
     * would otherwise be lost at the first statement that fails, as in PostgreSQL.
     */
    boolean insertIfNew(String statement, Object... arguments) {
        try (Connection connection = dataSource.getConnection()) {
            Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
            try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                bind(prepared, arguments);
                prepared.executeUpdate();
                return true;
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                if (before != null) {
                    connection.rollback(before);
                }
                return false;
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /** Inserts one row; the names are this package's own, never a caller's. */
    void insert(String table, Map<String, Object> columns) {
        String marks = columns.keySet().stream().map(each -> "?").collect(Collectors.joining(", "));
        update(
                "insert into " + table + " (" + String.join(", ", columns.keySet()) + ") values (" + marks + ")",
                columns.values().toArray());
    }

    /** Changes the row of this UUID; returns whether there is one. */
    boolean update(String table, Map<String, Object> columns, UUID uuid) {
        List<Object> arguments = new ArrayList<>(columns.values());
        arguments.add(uuid);
        return update(
                        "update " + table + " set " + String.join(" = ?, ", columns.keySet()) + " = ? where uuid = ?",
                        arguments.toArray())
                == 1;
    }

    /**
     * Nobody else changes or removes the row of this UUID before the transaction that this is called in has ended; returns
     * whether there is one.
     */
    boolean lock(String table, UUID uuid) {
        return first(row -> true, "select uuid from " + table + " where uuid = ? for update", uuid)
                .isPresent();
    }

    <T> List<T> query(Mapper<T> mapper, String statement, Object... arguments) {
        List<T> all = new ArrayList<>();
        each(mapper, all::add, statement, arguments);
        return all;
    }

    /** Hands over row after row while the statement runs; its connection is in use meanwhile. */
    <T> void each(Mapper<T> mapper, Consumer<? super T> taker, String statement, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, arguments);
            try (ResultSet results = prepared.executeQuery()) {
                Row row = Row.of(results);
                while (results.next()) {
                    taker.accept(mapper.map(row));
                }
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    <T> Optional<T> first(Mapper<T> mapper, String statement, Object... arguments) {
        return query(mapper, statement, arguments).stream().findFirst();
    }

    /**
     * What a list of this table goes on behind: the value of this column in the row of this UUID, itself empty where the
     * column is; empty when there is no such row. The names are this package's own, never a caller's.
     */
    Optional<Optional<Object>> marked(String table, String column, UUID uuid) {
        return first(
                row -> Optional.ofNullable(row.results().getObject(1)),
                "select " + column + " from " + table + " where uuid = ?",
                uuid);
    }

    private static void bind(PreparedStatement prepared, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            prepared.setObject(i + 1, plain(arguments[i]));
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Sql::plain).orElse(null);
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return value instanceof String text ? storable(text) : value;
    }

    /** A text as it is kept: PostgreSQL takes no U+0000, and a BMC may say anything. */
    static String storable(String text) {
        return text.indexOf(NUL) < 0 ? text : text.replace(NUL, '\uFFFD');
    }

    static RuntimeException fault(SQLException e) {
        if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
            return new NotUnique(e);
        }
        String state = String.valueOf(e.getSQLState());
        if (e instanceof SQLTransientConnectionException || UNREACHABLE.stream().anyMatch(state::startsWith)) {
            return new Unavailable(
                    FaultCode.DATABASE_UNAVAILABLE,
                    "The database cannot be reached (SQL state " + state + ")",
                    "Try again; if it stays so, see whether it runs and store.connections is enough.",
                    e);
        }
        return new OperationFailed(
                FaultCode.INTERNAL_ERROR,
                "The database failed (SQL state " + e.getSQLState() + ")",
                "See the log, and whether the disk is full.",
                e);
    }

    /** A value that must be unique is there already. */
    static final class NotUnique extends RuntimeException {
        NotUnique(SQLException cause) {
            super(cause);
        }

        /** Whether this constraint, or the primary key of this table, was violated. */
        boolean by(String constraintOrTable) {
            return getCause()
                    .getMessage()
                    .toLowerCase(Locale.ROOT)
                    .contains(constraintOrTable.toLowerCase(Locale.ROOT));
        }
    }

    /** The row being read, by column names; where they are is found out once for all rows. */
    record Row(ResultSet results, Map<String, Integer> columns) {
        private static Row of(ResultSet results) throws SQLException {
            ResultSetMetaData meta = results.getMetaData();
            Map<String, Integer> columns = new HashMap<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.put(
                        meta.getColumnLabel(i).toLowerCase(Locale.ROOT).intern(), i); // as literals are: found sooner
            }
            return new Row(results, columns);
        }

        private int at(String column) throws SQLException {
            Integer place = columns.get(column);
            if (place == null) {
                throw new SQLException("no column " + column + " in the result");
            }
            return place;
        }

        String text(String column) throws SQLException {
            return results.getString(at(column));
        }

        Optional<String> optional(String column) throws SQLException {
            return Optional.ofNullable(text(column));
        }

        /** @return {@code null} where the column is */
        <T> T value(String column, Class<T> type) throws SQLException {
            return results.getObject(at(column), type);
        }

        UUID uuid(String column) throws SQLException {
            return value(column, UUID.class);
        }

        Optional<Instant> instant(String column) throws SQLException {
            return Optional.ofNullable(value(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        }

        boolean flag(String column) throws SQLException {
            return results.getBoolean(at(column));
        }

        Optional<Boolean> optionalFlag(String column) throws SQLException {
            return Optional.ofNullable(value(column, Boolean.class));
        }

        long longNumber(String column) throws SQLException {
            return results.getLong(at(column));
        }

        int number(String column) throws SQLException {
            return results.getInt(at(column));
        }
    }
}
