package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.redfish.RedfishSettings.Tries;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TestCertificate;
import io.ferric.node.Secret;
import io.ferric.testkit.ManualClock;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLServerSocket;

/**
 * An HTTPS server on a free loopback port with the resources and answers a test gives it. Sessions are real: without a
 * token it answers 401. Connections are kept open.
 */
final class ScriptedRedfish implements AutoCloseable {
    static final String SESSIONS = "/redfish/v1/SessionService/Sessions/";

    /** A request as it came. */
    record Request(String method, String path, Map<String, String> headers, String body) {
        @Override
        public String toString() {
            return method + " " + path + (body.isEmpty() ? "" : " " + body);
        }
    }

    /** An answer. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        Reply with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }

        /** As an iLO says no. */
        static Reply error(int status, String messageId, String... args) {
            String list = args.length == 0 ? "" : "\"" + String.join("\",\"", args) + "\"";
            return of(
                    status,
                    "{\"error\":{\"code\":\"iLO.0.10.ExtendedInfo\",\"message\":\"See @Message.ExtendedInfo for more"
                            + " information.\",\"@Message.ExtendedInfo\":[{\"MessageArgs\":[" + list
                            + "],\"MessageId\":\"" + messageId + "\"}]}}");
        }
    }

    /** Answers a request; empty leaves it to the next. */
    interface Handler {
        Optional<Reply> answer(Request request);
    }

    private final SSLServerSocket server;
    private final TestCertificate certificate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, String> resources = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, Deque<Handler>> once = new ConcurrentHashMap<>();
    private final List<Handler> handlers = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1);
    private final ManualScheduler logouts = new ManualScheduler();
    private final ManualClock clock = new ManualClock();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<String> trace = new CopyOnWriteArrayList<>();
    private final RedfishConnector connector;
    private int sessions;

    ScriptedRedfish() throws Exception {
        this.certificate =
                TestCertificate.selfSigned(Optional.empty(), Instant.now().plus(Duration.ofDays(1)));
        this.server = (SSLServerSocket) certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.connector = new RedfishConnector(
                new HttpsExchange(watchdog), (bmc, direction, text) -> trace.add(text), settings());
        threads.execute(this::accept);
    }

    /** All that is read, by path. */
    Map<String, String> resources() {
        return Map.copyOf(resources);
    }

    RedfishSettings settings() {
        return new RedfishSettings(
                clock,
                duration -> {
                    pauses.add(duration);
                    clock.advance(duration);
                },
                logouts,
                Duration.ofSeconds(30),
                new Tries(14, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Tries.every(Duration.ofSeconds(3), 5),
                Tries.every(Duration.ofSeconds(7), 3),
                Tries.every(Duration.ofSeconds(1), 15),
                Duration.ofMinutes(5));
    }

    /** What is read at a path, with and without a slash at its end. */
    ScriptedRedfish has(String path, String json) {
        resources.put(slashed(path), json.replace('\'', '"'));
        return this;
    }

    ScriptedRedfish hasNot(String path) {
        resources.remove(slashed(path));
        return this;
    }

    String resource(String path) {
        return resources.get(slashed(path));
    }

    /** Answers the next such request, before anything else does. */
    ScriptedRedfish next(String methodAndPath, Reply reply) {
        once.computeIfAbsent(methodAndPath, key -> new ArrayDeque<>()).add(request -> Optional.of(reply));
        return this;
    }

    /** Asked for every request that carries a valid token. */
    ScriptedRedfish when(Handler handler) {
        handlers.add(handler);
        return this;
    }

    ScriptedRedfish when(String methodAndPath, Handler handler) {
        return when(request -> (request.method() + " " + request.path()).equals(methodAndPath)
                ? handler.answer(request)
                : Optional.empty());
    }

    IloClient client(Generation generation, String firmware, String model) throws Exception {
        return connector.connect(access(), new Identity(generation, firmware, Optional.of(model)));
    }

    IloAccess access() throws Exception {
        return new IloAccess(
                "127.0.0.1",
                server.getLocalPort(),
                "Administrator",
                Secret.of("pretend-9"),
                Duration.ofSeconds(10),
                new IloTrust.Pinned(certificate.fingerprint()));
    }

    RedfishConnector connector() {
        return connector;
    }

    ManualClock clock() {
        return clock;
    }

    ManualScheduler logouts() {
        return logouts;
    }

    List<Duration> pauses() {
        return pauses;
    }

    List<String> trace() {
        return trace;
    }

    /** All sessions the iLO has open. */
    int openSessions() {
        return tokens.size();
    }

    void forgetSessions() {
        tokens.clear();
    }

    /** Requests that change something, but for sessions. */
    List<String> changes() {
        return requests.stream()
                .filter(each -> !each.method().equals("GET") && !each.path().startsWith(SESSIONS))
                .map(Request::toString)
                .toList();
    }

    List<Request> requests() {
        return requests;
    }

    long count(String methodAndPath) {
        return requests.stream()
                .filter(each -> (each.method() + " " + each.path()).equals(methodAndPath))
                .count();
    }

    private Reply answer(Request request) {
        Deque<Handler> waiting = once.get(request.method() + " " + request.path());
        if (waiting != null && !waiting.isEmpty()) {
            return waiting.poll().answer(request).orElseThrow();
        }
        if (request.path().equals(SESSIONS) && request.method().equals("POST")) {
            return logIn(request);
        }
        String token = request.headers().getOrDefault("x-auth-token", "");
        if (!tokens.containsValue(token)) {
            return Reply.error(401, "Base.0.10.NoValidSession");
        }
        if (request.method().equals("DELETE")) {
            tokens.remove(request.path());
            return Reply.error(200, "Base.0.10.Success");
        }
        for (Handler each : handlers) {
            Optional<Reply> reply = each.answer(request);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        return plain(request);
    }

    private Reply plain(Request request) {
        String json = resources.get(slashed(request.path()));
        if (request.method().equals("GET")) {
            return json == null ? Reply.error(404, "Base.1.4.ResourceMissingAtURI") : Reply.of(200, json);
        }
        return Reply.error(200, "Base.0.10.Success");
    }

    private Reply logIn(Request request) {
        if (!request.body().contains("\"pretend-9\"")) {
            return Reply.error(401, "iLO.2.8.UnauthorizedLoginAttempt");
        }
        sessions++;
        String location = SESSIONS + "administrator" + sessions + "/";
        String token = "0123456789abcdef" + sessions;
        tokens.put(location, token);
        return Reply.error(201, "Base.0.10.Created")
                .with("X-Auth-Token", token)
                .with("Location", "https://ilo.example.test" + location);
    }

    private static String slashed(String path) {
        return path.endsWith("/") ? path : path + "/";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // a closed server ends the loop
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Optional<Request> next = read(in); next.isPresent(); next = read(in)) {
                requests.add(next.get());
                write(socket.getOutputStream(), answer(next.get()));
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String each = line(in); !each.isEmpty(); each = line(in)) {
            int colon = each.indexOf(':');
            headers.put(
                    each.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    each.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String[] words = first.split(" ");
        return Optional.of(new Request(words[0], words[1], headers, body));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            line.write(each);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private static void write(OutputStream out, Reply reply) throws IOException {
        StringBuilder head =
                new StringBuilder("HTTP/1.1 " + reply.status() + " X\r\nContent-Type: application/json\r\n");
        reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + reply.body().length + "\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(reply.body());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        watchdog.shutdownNow();
        logouts.shutdownNow();
    }
}
