package io.ferric.cli;

import io.ferric.ConfigException;
import io.ferric.FerricConfig;
import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file named on the command line. */
final class ConfigFile {
    private ConfigFile() {}

    /** @param option which names the file, for the error when it cannot be used */
    static FerricConfig read(String option, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UsageException(option + " " + file + " is a directory, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new UsageException(option + " " + file + ": cannot be read");
        }
        try {
            return FerricConfig.read(file);
        } catch (ConfigException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
