package io.ferric.testkit;

import io.ferric.store.Database;
import io.ferric.store.StoreConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;

/** A PostgreSQL of this JVM's own, with a new database for whoever asks; it ends with the JVM. */
public final class PostgresServer {
    /** What a test has left is dropped when so many others have come after it. */
    private static final int KEPT = 20;

    private static PostgresServer shared;

    private final EmbeddedPostgres server;
    private final Deque<String> databases = new ArrayDeque<>();
    private int made;

    private PostgresServer() throws IOException {
        // nothing of a test need survive a loss of power
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "400")
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .start();
        run("create database template_ferric");
        Database.open(config("template_ferric")).close();
    }

    /** Started by whoever asks first. */
    public static synchronized PostgresServer shared() {
        if (shared == null) {
            try {
                shared = new PostgresServer();
            } catch (IOException e) {
                throw new UncheckedIOException("no PostgreSQL for the tests", e);
            }
        }
        return shared;
    }

    /** A database with all tables and nothing in them. */
    public synchronized StoreConfig newDatabase() {
        String name = "ferric_" + ++made;
        run("create database " + name + " template template_ferric");
        databases.add(name);
        if (databases.size() > KEPT) {
            run("drop database " + databases.remove() + " with (force)");
        }
        return config(name);
    }

    /** A database without any tables. */
    public synchronized StoreConfig emptyDatabase() {
        String name = "empty_" + ++made;
        run("create database " + name);
        return config(name);
    }

    private StoreConfig config(String name) {
        return TestStore.at(server.getJdbcUrl("postgres", name));
    }

    private void run(String statement) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement plain = connection.createStatement()) {
            plain.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
