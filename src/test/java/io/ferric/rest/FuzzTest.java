package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a running server for everything its OpenAPI document names, with values nobody should send. Runs for
 * {@code -Dferric.fuzz} (a few seconds unless set; PT5M in CI), from the seed {@code -Dferric.fuzz.seed}, which each run
 * logs.
 */
class FuzzTest {
    private static final Logger LOG = LoggerFactory.getLogger(FuzzTest.class);
    private static final List<String> VERBS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "BREW");
    /** Answers that are no JSON: a request line or a header that HTTP itself refuses. */
    private static final Set<Integer> BEFORE_JERSEY = Set.of(400, 405, 414, 431, 501, 505);

    /** On however slow a machine. */
    private static final int FEWEST = 300;

    private final long seed = Long.getLong("ferric.fuzz.seed", 20261123L);
    private final Duration time = Duration.parse(System.getProperty("ferric.fuzz", "PT4S"));
    private final Mutations mutations = new Mutations(new Random(seed));
    private final Map<String, String> faults = new TreeMap<>();

    @Test
    void never_fails_whatever_is_sent() throws IOException {
        LOG.info("fuzzing for {} with -Dferric.fuzz.seed={}", time, seed);
        int sent = 0;
        try (LiveApi api = new LiveApi()) {
            JsonNode paths = api.rest().get("/v1/openapi.json").json().get("paths");
            List<String> names = new ArrayList<>();
            paths.fieldNames().forEachRemaining(names::add);
            URI base = api.rest().server().localUri();
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end || sent < FEWEST) {
                String path = sent < names.size() ? names.get(sent) : mutations.one(names);
                ask(api, base, path, paths.get(path));
                sent++;
            }
            assertThat(api.rest().get("/v1/nodes").status())
                    .as("it still serves")
                    .isEqualTo(200);
        }
        LOG.info("{} requests", sent);
        assertThat(faults).as("seed " + seed).isEmpty();
    }

    private void ask(LiveApi api, URI base, String path, JsonNode operations) throws IOException {
        List<String> verbs = new ArrayList<>();
        operations.fieldNames().forEachRemaining(verbs::add);
        String verb = mutations.one(verbs);
        JsonNode operation = operations.get(verb);
        String called = mutations.sometimes(20) ? mutations.one(VERBS) : verb.toUpperCase(java.util.Locale.ROOT);
        StringBuilder target = new StringBuilder();
        for (String part : path.substring(1).split("/")) {
            boolean parameter = part.startsWith("{");
            target.append(mutations.sometimes(60) ? "//" : "/")
                    .append(parameter ? mutations.segment(api.sample(part.substring(1, part.length() - 1))) : part);
        }
        target.append(mutations.query(queryNames(operation)));
        byte[] body = operation.has("requestBody")
                ? mutations.body(operation.at("/requestBody/content/application~1json/schema"))
                : new byte[0];
        judge(called + " " + target, body, answer(base, called, target.toString(), body));
    }

    private static List<String> queryNames(JsonNode operation) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(each -> each.path("in").asText().equals("query"))
                .map(each -> each.get("name").textValue())
                .toList();
    }

    /** Over a bare socket, for no client library would send all of this. */
    private String answer(URI base, String verb, String target, byte[] body) throws IOException {
        String type = mutations.sometimes(30) ? "text/plain" : "application/json";
        String head = verb + " " + target + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nConnection: close\r\n"
                + "X-OpenStack-Ironic-API-Version: " + mutations.version() + "\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort())) {
            socket.setSoTimeout(20_000);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.US_ASCII));
            request.write(body);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void judge(String request, byte[] body, String answer) {
        int status = Integer.parseInt(answer.split(" ", 3)[1]);
        String text = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        String why = null;
        if (status >= 500 && !BEFORE_JERSEY.contains(status)) {
            why = "status " + status;
        } else if (status >= 400 && !request.startsWith("HEAD") && !text.contains("faultstring")) {
            why = "status " + status + " says nothing";
        } else if (text.contains("\tat ") || text.contains("java.lang.")) {
            why = "shows its inside";
        }
        if (why != null) {
            String sent = new String(body, StandardCharsets.UTF_8);
            faults.putIfAbsent(
                    why + " " + request.replaceAll("\\?.*", "").replaceAll("[0-9a-f-]{36}", "<uuid>"),
                    request + " " + sent.substring(0, Math.min(300, sent.length())) + " -> "
                            + text.substring(0, Math.min(300, text.length())));
        }
    }
}
