package io.ferric.journey;

import static org.awaitility.Awaitility.await;

import io.ferric.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/** {@code ferric serve} as a process of its own that can be killed and started again. */
final class Service {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path log;
    private final Path configuration;
    private final Rest rest;
    private volatile Process process;

    Service(Path folder, Path configuration, URI uri) {
        this.log = folder.resolve("serve.log");
        this.configuration = configuration;
        this.rest = new Rest(uri);
    }

    Rest rest() {
        return rest;
    }

    /** Returns once it answers. */
    void start() throws IOException {
        process = new ProcessBuilder(Program.command("serve", "--config", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::answers);
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionFailedError("it ended by itself:\n" + Files.readString(log));
        }
        try {
            return rest.get("/v1").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** kill -9; returns when it is dead. */
    void kill() {
        try {
            process.toHandle().destroyForcibly();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionFailedError("it does not die");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it has been killed. */
    void isDead() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }
}
