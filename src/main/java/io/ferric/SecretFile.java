package io.ferric;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets stand in files of their own, never in the configuration. */
final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);

    private SecretFile() {}

    /** The first line. */
    static String read(String key, Path file) throws IOException {
        warnIfOpen(key, file);
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(line -> !line.isBlank())
                    .orElseThrow(() -> new ConfigException(key + ": " + file + " is empty", null));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new ConfigException(key + ": there is no file " + file, e);
        }
    }

    /** Only a warning: volumes of containers often come so. */
    private static void warnIfOpen(String key, Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix && Files.exists(file) && Files.getPosixFilePermissions(file).contains(OTHERS_READ)) {
            LOG.warn("{}: everybody on this machine may read {}; chmod 640 it", key, file);
        }
    }
}
