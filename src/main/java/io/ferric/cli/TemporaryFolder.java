package io.ferric.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that goes when it is closed, and at the latest when the program ends, Ctrl-C included. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atTheEnd = new Thread(this::deleteQuietly, "tidy");

    private TemporaryFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    static TemporaryFolder make(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // the program is ending: the hook runs and finds nothing
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException | UncheckedIOException e) {
            // what still writes there keeps its files
        }
    }

    private void delete() throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
