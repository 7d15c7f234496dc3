package io.ferric.lab.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.lab.kit.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * The QEMU Machine Protocol, JSON lines over a pair of streams. Commands may come from any thread; each waits for
 * its answer for {@code patience} at most. Events are handed to the listener on the reading thread, which ends with the
 * stream.
 *
 * <p>Source: QEMU documentation, "QEMU Machine Protocol Specification".
 */
final class Qmp {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;
    private final Duration patience;
    private final BiConsumer<String, JsonNode> listener;
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonNode> greeting = new CompletableFuture<>();
    private final AtomicLong lastId = new AtomicLong();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Qmp(OutputStream out, Duration patience, BiConsumer<String, JsonNode> listener) {
        this.out = out;
        this.patience = patience;
        this.listener = listener;
    }

    /**
     * Awaits QEMU's greeting and leaves negotiation mode.
     *
     * @param listener hears each event's name and data
     * @throws IOException when QEMU ends or says nothing within {@code patience}
     */
    static Qmp open(InputStream in, OutputStream out, Duration patience, BiConsumer<String, JsonNode> listener)
            throws IOException {
        Qmp qmp = new Qmp(out, patience, listener);
        Threads.daemons("qmp").newThread(() -> qmp.readAll(in)).start();
        qmp.await(qmp.greeting, "the greeting");
        qmp.execute("qmp_capabilities", Map.of());
        return qmp;
    }

    /** Executes a command and returns its answer; an error of QEMU becomes an {@link IOException} with its words. */
    JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            send(command, arguments, id);
            JsonNode message = await(answer, command);
            if (message.has("error")) {
                throw new IOException("QEMU refused " + command + ": "
                        + message.at("/error/desc").asText());
            }
            return message.path("return");
        } finally {
            waiting.remove(id);
        }
    }

    /** Completes when the stream has ended and the listener has heard every event on it. */
    CompletionStage<Void> ended() {
        return ended.minimalCompletionStage();
    }

    private void send(String command, Map<String, ?> arguments, long id) throws IOException {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("execute", command);
        message.put("arguments", arguments);
        message.put("id", id);
        byte[] line = (JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            throw new IOException("QEMU ended before " + command + " was done", e);
        }
    }

    private JsonNode await(CompletableFuture<JsonNode> answer, String what) throws IOException {
        if (ended.isDone()) {
            answer.completeExceptionally(new IOException("QEMU ended"));
        }
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("QEMU did not answer within " + patience.toSeconds() + " s: " + what, e);
        } catch (ExecutionException e) {
            throw new IOException("QEMU ended before " + what + " was done", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for QEMU: " + what, e);
        }
    }

    private void readAll(InputStream in) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                accept(JSON.readTree(line));
            }
        } catch (IOException e) {
            // the stream ends with QEMU, orderly or not
        } finally {
            ended.complete(null);
            IOException end = new IOException("QEMU ended");
            greeting.completeExceptionally(end);
            waiting.values().forEach(answer -> answer.completeExceptionally(end));
        }
    }

    private void accept(JsonNode message) {
        if (message.has("QMP")) {
            greeting.complete(message);
        } else if (message.has("event")) {
            listener.accept(message.path("event").asText(), message.path("data"));
        } else {
            CompletableFuture<JsonNode> answer = waiting.get(message.path("id").asLong());
            if (answer != null) {
                answer.complete(message);
            }
        }
    }
}
