package io.ferric.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Passwords come from files, never from the command line, where every user of the machine could see them. */
public final class PasswordFile {
    private PasswordFile() {}

    /** The first line, without its end. */
    public static String read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new UsageException(file + " is empty; its first line must be the password");
            }
            return line;
        }
    }
}
