package io.ferric.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.ferric.node.Entry;
import io.ferric.node.Masking;
import io.ferric.node.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.api.ErrorCode;
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
    private final Sql sql;
    private final NodeStore nodes;
    private final RecordStore<Port> ports;
    private final ReservationStore reservations;
    private final HistoryStore history;
    private final SharedObjectStore sharedObjects;
    private final InventoryStore inventories;
    private final AllocationStore allocations;
    private final ConductorStore conductors;
    private final BmcActionStore bmcActions;
    private final UUID installation;

    private Database(HikariDataSource pool, Clock clock) {
        this.pool = pool;
        this.dataSource = new TransactionalDataSource(pool, pool::evictConnection);
        this.sql = new Sql(dataSource);
        this.nodes = new JdbcNodeStore(sql, clock);
        this.ports = records(Tables.PORT);
        this.reservations = new JdbcReservationStore(sql);
        this.history = new JdbcHistoryStore(sql);
        this.sharedObjects = new JdbcSharedObjectStore(sql);
        this.inventories = new JdbcInventoryStore(sql);
        this.allocations = new JdbcAllocationStore(sql, dataSource, clock);
        this.conductors = new JdbcConductorStore(sql, clock);
        this.bmcActions = new JdbcBmcActionStore(sql, dataSource);
        this.installation = installation(sql);
    }

    /** Of several conductors that open a new database at once, one makes the row and all read it. */
    private static UUID installation(Sql sql) {
        Supplier<Optional<UUID>> look = () -> sql.first(row -> row.uuid("id"), "select id from installation");
        return look.get().orElseGet(() -> {
            sql.insertIfNew("insert into installation (only_row, id) values (1, ?)", UUID.randomUUID());
            return look.get().orElseThrow();
        });
    }

    /** As {@link #open(StoreConfig, Clock)}, with the time of the system. */
    public static Database open(StoreConfig config) {
        return open(config, Clock.systemUTC());
    }

    /**
     * Opens the database, creating or migrating its tables.
     *
     * @param clock tells when something was last changed
     * @throws UncheckedIOException when the H2 file cannot be made or opened, another process has it open, or the
     *     password file cannot be read
     */
    public static Database open(StoreConfig config, Clock clock) {
        HikariDataSource pool = newPool(config);
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

    /** @throws IllegalArgumentException when it is an H2 file that does not exist; opening it would make it */
    public static void requireThere(StoreConfig config) {
        if (config.url().isEmpty() && !Files.exists(h2File(config))) {
            throw new IllegalArgumentException("there is no database " + h2File(config) + "; see store.file");
        }
    }

    /** The first connection is made here, for the pool would log each failure with a long stack trace. */
    private static HikariDataSource newPool(StoreConfig config) {
        HikariConfig settings = poolConfig(config);
        try {
            Connection first = DriverManager.getConnection(settings.getJdbcUrl(), login(settings));
            try {
                return new HikariDataSource(settings);
            } finally {
                first.close();
            }
        } catch (SQLException e) {
            throw config.url().isPresent() ? unreached(config.url().get(), e) : unopened(h2File(config), e);
        }
    }

    private static Properties login(HikariConfig settings) {
        Properties login = new Properties();
        login.putAll(settings.getDataSourceProperties());
        Optional.ofNullable(settings.getUsername()).ifPresent(name -> login.put("user", name));
        Optional.ofNullable(settings.getPassword()).ifPresent(password -> login.put("password", password));
        return login;
    }

    /** What comes after "?" may hold a password. */
    private static UncheckedIOException unreached(String url, SQLException e) {
        String message = "cannot open the database at " + Masking.text(url.replaceFirst("[?;].*", "")) + ": "
                + e.getMessage() + "; see store.url, store.username and store.password_file";
        return new UncheckedIOException(message, new IOException(e));
    }

    private static UncheckedIOException unopened(Path file, SQLException e) {
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            String message = "another Ferric uses " + file + "; stop it, or set another state_directory or store.file";
            return new UncheckedIOException(message, new IOException(e));
        }
        Throwable root = e;
        while (root.getCause() != null && root.getCause().getMessage() != null) {
            root = root.getCause();
        }
        String reason = String.valueOf(root.getMessage()).replaceFirst("(?s)\\s*\\[\\d+[-/]\\d+\\].*", "");
        return new UncheckedIOException("cannot open " + file + ": " + reason + "; see store.file", new IOException(e));
    }

    private static HikariConfig poolConfig(StoreConfig config) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ferric-db");
        pool.setMaximumPoolSize(config.connections());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(config.connectionTimeout().toMillis());
        if (config.postgresql()) {
            // whoever is cut off by the network must notice it, and not wait for ever for an answer; see
            // docs/postgresql.md
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            pool.addDataSourceProperty("socketTimeout", "60");
            pool.addDataSourceProperty("connectTimeout", "10");
            pool.addDataSourceProperty("ApplicationName", "ferric");
            // a message would quote the row that was refused, passwords of BMCs and all
            pool.addDataSourceProperty("logServerErrorDetail", "false");
        }
        pool.setJdbcUrl(config.url().orElseGet(() -> h2Url(config)));
        config.username().ifPresent(pool::setUsername);
        config.passwordFile().ifPresent(file -> pool.setPassword(read(file)));
        return pool;
    }

    private static Path h2File(StoreConfig config) {
        Path file = config.file().toAbsolutePath();
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }

    private static String h2Url(StoreConfig config) {
        Path file = config.file().toAbsolutePath();
        if (file.toString().contains(";")) {
            throw new IllegalArgumentException("store.file must not contain ';': " + file);
        }
        FilePath.register(new FilePathRetryOnInterrupt());
        createPrivately(h2File(config));
        requireUsable(h2File(config));
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

    /** H2 would open what it may only read, and fail later. */
    private static void requireUsable(Path file) {
        boolean regular = Files.isRegularFile(file);
        if (!regular || !Files.isReadable(file) || !Files.isWritable(file)) {
            String reason = regular ? "permission denied to read and write it" : "it is not a regular file";
            String message = "cannot open " + file + ": " + reason + "; see store.file";
            throw new UncheckedIOException(message, new IOException(reason));
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

    public RecordStore<Port> ports() {
        return ports;
    }

    /** The entries of this kind. */
    public <T extends Record & Entry> RecordStore<T> records(Table<T> table) {
        return new RecordStore<>(sql, table);
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

    public InventoryStore inventories() {
        return inventories;
    }

    public AllocationStore allocations() {
        return allocations;
    }

    public ConductorStore conductors() {
        return conductors;
    }

    public BmcActionStore bmcActions() {
        return bmcActions;
    }

    /** Tells this database from every other, for ever; all conductors on it share this. */
    public UUID installation() {
        return installation;
    }

    @Override
    public void close() {
        pool.close();
    }
}
