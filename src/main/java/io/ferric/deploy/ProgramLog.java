package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a program of the host said, as far as it goes into a message. */
final class ProgramLog {
    private static final int LONGEST_OUTPUT = 500;

    private ProgramLog() {}

    static String beginning(Path log) throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            return Faults.foreign(new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8));
        }
    }
}
