package io.ferric.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param file the H2 file, without its ending {@code .mv.db}; used when there is no URL
 * @param url a JDBC URL of a database of one's own
 * @param username for the URL
 * @param passwordFile a file that holds the password for the URL, so that no password stands in the configuration
 * @param connections how many connections are kept at most
 * @param connectionTimeout how long is waited for a connection
 */
public record StoreConfig(
        Path file,
        Optional<String> url,
        Optional<String> username,
        Optional<Path> passwordFile,
        int connections,
        Duration connectionTimeout) {

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String H2 = "jdbc:h2:";
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

    public StoreConfig {
        if (connections < 2) {
            throw new IllegalArgumentException("store.connections is " + connections + " but must be 2 or more");
        }
        if (connectionTimeout.compareTo(SHORTEST_WAIT) < 0) {
            throw new IllegalArgumentException(
                    "store.connection_timeout is shorter than " + SHORTEST_WAIT.toMillis() + "ms");
        }
        url.filter(each -> !each.startsWith(POSTGRESQL) && !each.startsWith(H2)).ifPresent(each -> {
            throw new IllegalArgumentException("store.url must begin with " + POSTGRESQL + " or " + H2);
        });
    }

    public static StoreConfig defaults() {
        return inFile(Path.of("/var/lib/ferric/ferric"));
    }

    /** The defaults, with the database in this file. */
    public static StoreConfig inFile(Path file) {
        return new StoreConfig(file, Optional.empty(), Optional.empty(), Optional.empty(), 20, Duration.ofSeconds(10));
    }

    /** Whether it is PostgreSQL, which several conductors can share. */
    boolean postgresql() {
        return url.filter(each -> each.startsWith(POSTGRESQL)).isPresent();
    }
}
