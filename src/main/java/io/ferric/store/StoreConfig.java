package io.ferric.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param file the H2 file, without its ending {@code .mv.db}; used when there is no URL
 * @param url a JDBC URL of a database of one's own
 * @param username for the URL
 * @param passwordFile a file that holds the password for the URL, so that no password stands in the configuration
 * @param connections how many connections are kept at most
 */
public record StoreConfig(
        Path file, Optional<String> url, Optional<String> username, Optional<Path> passwordFile, int connections) {

    public StoreConfig {
        if (connections < 2) {
            throw new IllegalArgumentException("store.connections is " + connections + " but must be 2 or more");
        }
    }

    public static StoreConfig defaults() {
        return inFile(Path.of("/var/lib/ferric/ferric"));
    }

    /** The defaults, with the database in this file. */
    public static StoreConfig inFile(Path file) {
        return new StoreConfig(file, Optional.empty(), Optional.empty(), Optional.empty(), 20);
    }
}
