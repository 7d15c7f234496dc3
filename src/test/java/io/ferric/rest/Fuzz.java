package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/**
 * Asks a running server for everything its OpenAPI document names, with values nobody should send, one request after the
 * other. The same seed asks the same, as far as the server answers the same.
 */
final class Fuzz implements AutoCloseable {
    private static final List<String> VERBS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW");
    private static final int RENEWED_AFTER = 200;

    /** On however slow a machine. */
    private static final int FEWEST = 250;

    private final FuzzCallers callers;
    private final Mutations mutations;
    private final LiveApi api;
    private final FuzzWorld world;
    private final FuzzJudge judge;
    private final URI base;
    private final List<String> paths = new ArrayList<>();
    private int sent;

    Fuzz(FuzzCallers callers, long seed) {
        this.callers = callers;
        this.mutations = new Mutations(new Random(seed));
        this.api = new LiveApi(callers.config(), callers.authenticator(), callers.admin());
        this.world = new FuzzWorld(api);
        List<String> secrets = new ArrayList<>(callers.secrets());
        secrets.add(FuzzWorld.SECRET);
        this.judge = new FuzzJudge(secrets, found -> System.out.println("[fuzz] " + found));
        this.base = api.rest().server().localUri();
        world.paths().fieldNames().forEachRemaining(paths::add);
    }

    /** How many answers there were of which status. */
    Map<Integer, Integer> statuses() {
        return judge.statuses();
    }

    /**
     * @param pause between two requests, to leave the machine to others
     * @return what was wrong, by kind; empty when nothing was
     */
    Map<String, String> run(Duration time, Duration pause) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end || sent < FEWEST) {
            if (sent % RENEWED_AFTER == 0) {
                world.renew();
            }
            String path = sent < paths.size() ? paths.get(sent) : mutations.one(paths);
            List<String> verbs = new ArrayList<>();
            world.paths().get(path).fieldNames().forEachRemaining(verbs::add);
            String verb = mutations.one(verbs);
            if (mutations.sometimes(4)) {
                oneThingWrong(path, verb);
            } else {
                anything(path, verb);
            }
            sent++;
            LockSupport.parkNanos(pause.toNanos());
        }
        if (api.ask("GET", "/v1/nodes", Optional.empty()).status() != 200) {
            judge.judge("GET /v1/nodes at the end", "");
        }
        return judge.faults();
    }

    private void anything(String path, String verb) throws IOException {
        JsonNode operation = world.paths().get(path).get(verb);
        StringBuilder target = new StringBuilder();
        String before = "";
        for (String part : path.substring(1).split("/")) {
            target.append(mutations.sometimes(60) ? "//" : "/")
                    .append(part.startsWith("{") ? mutations.segment(world.sample(before)) : part);
            before = part;
        }
        target.append(mutations.query(query(operation).stream()
                .map(each -> each.get("name").textValue())
                .toList()));
        boolean patch = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText()
                .endsWith("JsonPatch");
        byte[] body = operation.has("requestBody")
                ? mutations.body(names(world.properties(path, operation)), patch)
                : new byte[0];
        String called = mutations.sometimes(20) ? mutations.one(VERBS) : verb.toUpperCase(Locale.ROOT);
        String head = called + " " + target + " HTTP/1.1\r\n" + caller() + mutations.oddHeaders()
                + "X-OpenStack-Ironic-API-Version: " + mutations.version() + "\r\nContent-Type: "
                + mutations.contentType() + "\r\n";
        judge.judge(shown(head, body), answer(head, body));
    }

    private String caller() {
        if (mutations.sometimes(8)) {
            return mutations.one(callers.strangers());
        }
        return callers.others().isEmpty() || !mutations.sometimes(3)
                ? callers.adminLine()
                : mutations.one(callers.others());
    }

    /** An administrator's plain request, but for one value of another type than the document says. */
    private void oneThingWrong(String path, String verb) throws IOException {
        JsonNode operation = world.paths().get(path).get(verb);
        List<JsonNode> query = query(operation).stream()
                .filter(each -> wrong(each.path("schema"), true).isPresent())
                .toList();
        if (verb.equals("get") && !query.isEmpty()) {
            JsonNode parameter = mutations.one(query);
            String name = parameter.get("name").textValue();
            String value = wrong(parameter.path("schema"), true).orElseThrow();
            plain("GET", world.filled(path) + "?" + name + "=" + value, "", name);
        } else if (operation.has("requestBody")) {
            JsonNode properties = world.properties(path, operation);
            List<String> typed = names(properties);
            typed.removeIf(name -> wrong(properties.path(name), false).isEmpty());
            if (!typed.isEmpty()) {
                String name = mutations.one(typed);
                String value = wrong(properties.path(name), false).orElseThrow();
                plain(verb.toUpperCase(Locale.ROOT), world.filled(path), body(path, verb, name, value), name);
            }
        }
    }

    private String body(String path, String verb, String name, String value) throws IOException {
        if (verb.equals("patch")) {
            return "[{\"op\": \"add\", \"path\": \"/" + name + "\", \"value\": " + value + "}]";
        }
        ObjectNode body = (ObjectNode) Served.JSON.readTree(world.bodyFor(path));
        body.set(name, Served.JSON.readTree(value));
        return body.toString();
    }

    private void plain(String verb, String target, String body, String wrong) throws IOException {
        String head = verb + " " + target + " HTTP/1.1\r\n" + callers.adminLine()
                + "X-OpenStack-Ironic-API-Version: latest\r\nContent-Type: application/json\r\n";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        judge.judgeNaming(wrong, shown(head, bytes), answer(head, bytes));
    }

    /** A value that the schema excludes; empty when it says too little. */
    private Optional<String> wrong(JsonNode schema, boolean inQuery) {
        String type = schema.path("type").isArray()
                ? schema.path("type").get(0).asText()
                : schema.path("type").asText();
        if (inQuery) {
            return switch (schema.has("enum") ? "enum" : type) {
                case "boolean", "enum" -> Optional.of("sideways");
                case "integer" -> Optional.of(mutations.one(List.of("abc", "1.5", "99999999999999999999", "-7")));
                default -> Optional.empty();
            };
        }
        return switch (type) {
            case "string" -> Optional.of(mutations.one(List.of("5", "[]", "{\"a\": 1}", "true")));
            case "boolean" -> Optional.of(mutations.one(List.of("[]", "{}", "\"sideways\"")));
            case "integer" -> Optional.of(mutations.one(List.of("[]", "{}", "\"abc\"")));
            case "object" -> Optional.of(mutations.one(List.of("5", "[]", "\"abc\"")));
            case "array" -> Optional.of(mutations.one(List.of("5", "{}", "\"abc\"")));
            default -> Optional.empty();
        };
    }

    private static List<JsonNode> query(JsonNode operation) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(each -> each.path("in").asText().equals("query"))
                .toList();
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            names.add("a");
        }
        return names;
    }

    private static String shown(String head, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String line = head.substring(0, head.indexOf(" HTTP/1.1\r\n"));
        return line + " ? " + head.substring(head.indexOf("\r\n") + 2).replace("\r\n", " | ")
                + text.substring(0, Math.min(300, text.length()));
    }

    /** Over a bare socket, for no client library would send all of this. Empty when there is none. */
    private String answer(String head, byte[] body) throws IOException {
        String all = head + "Host: " + base.getAuthority() + "\r\nConnection: close\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort())) {
            socket.setSoTimeout(20_000);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(all.getBytes(StandardCharsets.ISO_8859_1));
            request.write(body);
            try {
                socket.getOutputStream().write(request.toByteArray());
            } catch (IOException e) {
                // refused before it was read to its end; the answer may be there
            }
            return read(socket.getInputStream());
        }
    }

    /** As far as it goes: a server that refuses a large body may reset the connection behind its answer. */
    private static String read(InputStream in) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // what came before counts
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        api.close();
    }
}
