package io.ferric.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.retry.FilePathRetryOnInterrupt;

/**
 * The open database and the stores on it. Safe for use by many threads; close it after everything that uses it.
 *
 * <p>The H2 file is written with {@code WRITE_DELAY=0}: with H2's default a killed process loses commits it has
 * acknowledged. It is readable by its owner alone, as it holds the passwords of BMCs.
 */
public final class Database implements AutoCloseable {
    // "retry:" because an interrupt during file access would otherwise close the whole database (ClosedByInterrupt)
    private static final String H2 = "jdbc:h2:retry:%s;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=0;"
            + "LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";

    private final HikariDataSource pool;
    private final TransactionalDataSource dataSource;
    private final NodeStore nodes;
    private final PortStore ports;
    private final ReservationStore reservations;
    private final HistoryStore history;
    private final SharedObjectStore sharedObjects;

    private Database(HikariDataSource pool, Clock clock) {
        this.pool = pool;
        this.dataSource = new TransactionalDataSource(pool, pool::evictConnection);
        Sql sql = new Sql(dataSource);
        this.nodes = new JdbcNodeStore(sql, clock);
        this.ports = new JdbcPortStore(sql);
        this.reservations = new JdbcReservationStore(sql);
        this.history = new JdbcHistoryStore(sql);
        this.sharedObjects = new JdbcSharedObjectStore(sql);
    }

    /** As {@link #open(StoreConfig, Clock)}, with the time of the system. */
    public static Database open(StoreConfig config) {
        return open(config, Clock.systemUTC());
    }

    /**
     * Opens the database, creating or migrating its tables.
     *
     * @param clock tells when something was last changed
     * @throws UncheckedIOException when the H2 file cannot be made or the password file cannot be read
     */
    public static Database open(StoreConfig config, Clock clock) {
        HikariDataSource pool = new HikariDataSource(poolConfig(config));
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:io/ferric/store/migrations")
                    .load()
                    .migrate();
            return new Database(pool, clock);
        } catch (RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    private static HikariConfig poolConfig(StoreConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ferric-db");
        pool.setMaximumPoolSize(config.connections());
        pool.setMinimumIdle(1);
        pool.setJdbcUrl(config.url().orElseGet(() -> h2Url(config.file().toAbsolutePath())));
        config.username().ifPresent(pool::setUsername);
        config.passwordFile().ifPresent(file -> pool.setPassword(read(file)));
        return pool;
    }

    private static String h2Url(Path file) {
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("store.file must not contain ';': " + file);
        }
        FilePath.register(new FilePathRetryOnInterrupt());
        createPrivately(file.resolveSibling(file.getFileName() + ".mv.db"));
        return String.format(H2, file);
    }

    private static void createPrivately(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException alreadyThere) {
            // keeps the permissions it has
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the database file " + file + ", see store.file", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read store.password_file " + file, e);
        }
    }

    /** Runs the work in one transaction of this thread: all that the stores do in it becomes true at once or never. */
    public <T> T inTransaction(Supplier<T> work) {
        return dataSource.inTransaction(work);
    }

    /** As {@link #inTransaction(Supplier)}, without a result. */
    public void inTransaction(Runnable work) {
        dataSource.inTransaction(() -> {
            work.run();
            return true;
        });
    }

    /** Connections that take part in {@link #inTransaction}. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Connections that never take part in {@link #inTransaction}. */
    public DataSource pool() {
        return pool;
    }

    public NodeStore nodes() {
        return nodes;
    }

    public PortStore ports() {
        return ports;
    }

    public ReservationStore reservations() {
        return reservations;
    }

    public HistoryStore history() {
        return history;
    }

    public SharedObjectStore sharedObjects() {
        return sharedObjects;
    }

    @Override
    public void close() {
        pool.close();
    }
}
