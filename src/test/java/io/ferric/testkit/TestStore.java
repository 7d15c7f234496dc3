package io.ferric.testkit;

import io.ferric.store.Database;
import io.ferric.store.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where a test keeps its database, shared with no other: in memory, or with {@code -Dferric.test.database=postgresql} in
 * PostgreSQL, so that every test can be run on either.
 */
public final class TestStore {
    private static final boolean POSTGRESQL = "postgresql".equals(System.getProperty("ferric.test.database"));

    private static final Set<Thread.State> IDLE =
            EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private TestStore() {}

    /** A new one each time; waits long for locks, for machines may be busy. */
    public static StoreConfig config() {
        return POSTGRESQL
                ? PostgresServer.shared().newDatabase()
                : at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
    }

    /** Whether this thread waits for a lock of the database, held by another. */
    public static boolean waitsForLock(Database database, Thread thread) {
        if (!POSTGRESQL) {
            return IDLE.contains(thread.getState());
        }
        try (Connection connection = database.pool().getConnection();
                ResultSet waiting = connection
                        .createStatement()
                        .executeQuery("select 1 from pg_stat_activity"
                                + " where datname = current_database() and wait_event_type = 'Lock'")) {
            return waiting.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static StoreConfig at(String url) {
        return new StoreConfig(
                Path.of("unused"), Optional.of(url), Optional.empty(), Optional.empty(), 20, Duration.ofSeconds(30));
    }
}
