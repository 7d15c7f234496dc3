package io.ferric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets stand in files of their own, never in the configuration. */
final class SecretFile {
    private SecretFile() {}

    /** The first line. */
    static String read(String key, Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> !line.isBlank())
                    .orElseThrow(() -> new ConfigException(key + ": " + file + " is empty", null));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ConfigException(key + ": there is no file " + file, e);
        }
    }
}
