package io.ferric.journey;

import static org.awaitility.Awaitility.await;

import io.ferric.lab.ServerTimes;
import io.ferric.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/** {@code ferric serve} as a process of its own that can be killed and started again. */
final class Service {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For servers whose ramdisk goes on calling while nobody is there, as real ones do. */
    static final ServerTimes STUBBORN = stubborn(200, Duration.ofMinutes(2));

    static ServerTimes stubborn(int callTries, Duration donePatience) {
        return new ServerTimes(Duration.ZERO, callTries, Duration.ofMillis(200), Duration.ofSeconds(20), donePatience);
    }

    private final Path log;
    private final List<String> command;
    private final Rest rest;
    private volatile Process process;

    Service(Path folder, Path configuration, URI uri) {
        this(folder.resolve("serve.log"), Program.command("serve", "--config", configuration.toString()), uri);
    }

    /** As another program that serves; what it says goes to this file. */
    Service(Path log, List<String> command, URI uri) {
        this.log = log;
        this.command = new ArrayList<>(command);
        this.command.add(1, "-Dferric.test.log=INFO");
        this.rest = new Rest(uri);
    }

    Rest rest() {
        return rest;
    }

    /** Returns once it answers. */
    void start() throws IOException {
        process = new ProcessBuilder(command)
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

    /** SIGTERM; returns when it has ended. */
    void stop() throws IOException, InterruptedException {
        signal("TERM");
        isDead();
    }

    /** Whether it says that it can take requests. */
    boolean isReady() {
        return rest.get("/readyz").status() == 200;
    }

    /** Stops it where it is, as a machine that hangs, until {@link #wakeUp}. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void wakeUp() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionFailedError("kill -" + name + " ended with " + exit);
        }
    }

    /** What it has said so far. */
    String said() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended. */
    void isDead() {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Two ports that are free now: unlike with port 0, a restarted service has the same. */
    static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(one.getLocalPort(), two.getLocalPort());
        }
    }
}
