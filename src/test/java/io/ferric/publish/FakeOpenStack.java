package io.ferric.publish;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Keystone, Swift and Glance, as far as Ferric asks them, on one port of the loopback address. */
final class FakeOpenStack implements AutoCloseable {
    static final String IMAGE = "757274c4-2856-4bd2-bb20-9a4a231e187b";

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    final Map<String, Headers> heads = new ConcurrentHashMap<>();
    final Set<Integer> connections = ConcurrentHashMap.newKeySet();
    final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger logins = new AtomicInteger();
    /** What Glance answers on a path instead of the usual, once its token was found good. */
    final Map<String, HttpHandler> scripted = new ConcurrentHashMap<>();
    /** What a HEAD of any TempURL below {@code /v1/AUTH_glance} answers. */
    volatile int tempUrlStatus = 200;

    volatile String goodToken = "";
    volatile int failWith;
    volatile String info = "{\"tempurl\": {\"allowed_digests\": [\"sha1\", \"sha512\"]}}";
    volatile boolean silent;

    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool();

    FakeOpenStack() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/auth/tokens", this::login);
        server.createContext("/v1/AUTH_p", this::swift);
        server.createContext("/info", exchange -> answer(exchange, info.isEmpty() ? 404 : 200, info.getBytes()));
        server.createContext("/v2/images", this::glance);
        server.createContext("/v1/AUTH_glance", exchange -> {
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            answer(exchange, tempUrlStatus, new byte[0]);
        });
        server.setExecutor(pool);
        server.start();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void login(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!body.contains("geheim")) {
            answer(exchange, 401, "{\"error\": {\"code\": 401, \"message\": \"no\"}}".getBytes());
            return;
        }
        goodToken = "token-" + logins.incrementAndGet();
        exchange.getResponseHeaders().set("X-Subject-Token", goodToken);
        String catalog = service("object-store", "RegionOne", "/v1/AUTH_p") + ","
                + service("object-store", "RegionTwo", "/v1/AUTH_two") + "," + service("image", "RegionOne", "");
        answer(
                exchange,
                201,
                ("{\"token\": {\"methods\": [\"password\"], \"issued_at\": \"2026-11-22T12:00:00.000000Z\","
                                + " \"expires_at\": \""
                                + ManualClock.START.plusSeconds(3600).toString().replace("Z", ".000000Z")
                                + "\", \"catalog\": [" + catalog + "]}}")
                        .getBytes());
    }

    private String service(String type, String region, String path) {
        String endpoint = "{\"id\": \"e\", \"interface\": \"%s\", \"region\": \"" + region + "\", \"region_id\": \""
                + region + "\", \"url\": \"%s\"}";
        return "{\"type\": \"" + type + "\", \"name\": \"x\", \"id\": \"i\", \"endpoints\": ["
                + String.format(endpoint, "internal", "http://127.0.0.1:1/wrong") + ","
                + String.format(endpoint, "public", url(path)) + "]}";
    }

    private void swift(HttpExchange exchange) throws IOException {
        if (!admitted(exchange)) {
            return;
        }
        String name = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, name);
            case "POST" -> post(exchange, name);
            case "DELETE" -> answer(exchange, objects.remove(name) == null ? 404 : 204, new byte[0]);
            default -> head(exchange, name);
        }
    }

    private void put(HttpExchange exchange, String name) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        objects.put(name, body);
        Headers kept = new Headers();
        kept.putAll(exchange.getRequestHeaders());
        heads.put(name, kept);
        exchange.getResponseHeaders().set("ETag", md5(body));
        answer(exchange, 201, new byte[0]);
    }

    /** Replaces all metadata and forgets the expiry, as Swift does. */
    private void post(HttpExchange exchange, String name) throws IOException {
        Headers kept = new Headers();
        exchange.getRequestHeaders().forEach((header, values) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-object-meta-") || lower.equals("x-delete-at")) {
                kept.put(header, values);
            }
        });
        if (objects.containsKey(name)) {
            heads.put(name, kept);
        }
        answer(exchange, objects.containsKey(name) ? 202 : 404, new byte[0]);
    }

    private void head(HttpExchange exchange, String name) throws IOException {
        if (name.equals("/v1/AUTH_p")) {
            exchange.getResponseHeaders().set("X-Account-Meta-Temp-Url-Key", "the key");
            answer(exchange, 204, new byte[0]);
            return;
        }
        heads.getOrDefault(name, new Headers()).forEach((header, values) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-object-meta-") || lower.startsWith("x-delete-")) {
                exchange.getResponseHeaders().put(header, values);
            }
        });
        answer(exchange, objects.containsKey(name) ? 200 : 404, new byte[0]);
    }

    private void glance(HttpExchange exchange) throws IOException {
        if (!admitted(exchange)) {
            return;
        }
        HttpHandler special = scripted.get(exchange.getRequestURI().getPath());
        if (special != null) {
            special.handle(exchange);
            exchange.close();
            return;
        }
        switch (exchange.getRequestURI().getPath()) {
            case "/v2/images/" + IMAGE ->
                answer(
                        exchange,
                        200,
                        ("{\"id\": \"" + IMAGE + "\", \"size\": 5, \"disk_format\": \"raw\", \"checksum\": null,"
                                        + " \"os_hash_algo\": \"sha512\", \"os_hash_value\": \"ab\", \"kernel_id\": \"k\","
                                        + " \"tags\": []}")
                                .getBytes());
            case "/v2/images/" + IMAGE + "/file" -> answer(exchange, 200, "hello".getBytes());
            default -> answer(exchange, 404, new byte[0]);
        }
    }

    private boolean admitted(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress().getPort());
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
        if (silent) {
            return false;
        }
        boolean known = goodToken.equals(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
        int status = known ? failWith : 401;
        if (status != 0) {
            exchange.getRequestBody().readAllBytes();
            answer(exchange, status, new byte[0]);
        }
        return status == 0;
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    static String md5(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
