package io.ferric.lab.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this host to its end. */
final class HostProgram {
    private static final int PATIENCE_SECONDS = 60;

    private HostProgram() {}

    /** @throws IOException with what it said when it fails or takes longer than a minute */
    static void run(List<String> command) throws IOException {
        Path said = Files.createTempFile("ferric-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!ended(process)) {
                throw new IOException(command.get(0) + " did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " failed: "
                        + Files.readString(said, StandardCharsets.ISO_8859_1).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " ran", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** Whether it ended by itself; it does not run any longer in any case. */
    private static boolean ended(Process process) throws IOException, InterruptedException {
        try {
            process.getOutputStream().close();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }
}
