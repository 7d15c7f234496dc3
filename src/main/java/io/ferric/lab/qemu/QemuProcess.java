package io.ferric.lab.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One QEMU that runs, from its start to its end, with QMP on its standard input and output. It never outlives this
 * JVM, not even one that is killed: a guardian process holds a pipe to us and kills QEMU when the pipe breaks.
 */
final class QemuProcess implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LAST_WORDS_SECONDS = 10;
    private static final int COMPLAINT = 2000;
    /** Ends quietly when it is told a line; kills when its input ends without one. */
    private static final String GUARDIAN = "trap '' INT HUP TERM; read line || kill -9 \"$1\"";

    private final Process process;
    private final Process guardian;
    private final Path errors;
    private volatile String shutdownReason = "";
    private volatile Qmp qmp;

    private QemuProcess(Process process, Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        this.guardian = guard(process);
    }

    /**
     * Starts QEMU, which waits before its first instruction ({@code -S}).
     *
     * @param command without QMP, which is added
     * @param errors the file that takes what it says on standard error
     * @throws IOException with its own words when it does not start
     */
    static QemuProcess start(List<String> command, Path errors) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        QemuProcess qemu = new QemuProcess(process, errors);
        try {
            qemu.qmp = Qmp.open(process.getInputStream(), process.getOutputStream(), PATIENCE, qemu::heard);
            return qemu;
        } catch (IOException e) {
            qemu.close();
            String words = qemu.complaint();
            throw words.isEmpty() ? e : new IOException(words, e);
        }
    }

    JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
        return qmp.execute(command, arguments);
    }

    /**
     * Calls back once when QEMU has ended and its last words are read, with itself; on a thread of the JVM. Words that
     * do not come, because another process holds the pipe, are waited for only some seconds.
     */
    void whenEnded(Consumer<QemuProcess> callback) {
        process.onExit().thenCompose(gone -> lastWords()).thenRun(() -> callback.accept(this));
    }

    private CompletionStage<Void> lastWords() {
        return qmp.ended().toCompletableFuture().completeOnTimeout(null, LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    }

    /** Why the guest stopped, in QEMU's words such as {@code guest-reset}; empty when it did not say. */
    String shutdownReason() {
        return shutdownReason;
    }

    /** What it said on standard error. */
    String complaint() {
        try {
            String all = Files.readString(errors, StandardCharsets.ISO_8859_1).strip();
            return all.length() > COMPLAINT ? all.substring(all.length() - COMPLAINT) : all;
        } catch (IOException e) {
            return "";
        }
    }

    /** Kills it and returns when it is dead. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        letGo();
    }

    private void heard(String event, JsonNode data) {
        if (event.equals("SHUTDOWN")) {
            shutdownReason = data.path("reason").asText();
        }
    }

    private static Process guard(Process watched) throws IOException {
        try {
            return new ProcessBuilder("/bin/sh", "-c", GUARDIAN, "ferric-lab", Long.toString(watched.pid()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            watched.destroyForcibly();
            throw e;
        }
    }

    private void letGo() {
        try (var line = guardian.getOutputStream()) {
            line.write('\n');
        } catch (IOException e) {
            // it is gone already
        }
    }
}
