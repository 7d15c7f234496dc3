package io.ferric.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The conductor's side of pass_deploy_info for tests: answers as told, and keeps what came. */
public final class StubConductor implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> calls = new LinkedBlockingQueue<>();
    final List<String> paths = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();

    public StubConductor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next calls with these, and all after them with 200. */
    void answerWith(Integer... next) {
        statuses.addAll(List.of(next));
    }

    public JsonNode nextCall() throws InterruptedException {
        JsonNode call = calls.poll(20, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    int callsWaiting() {
        return calls.size();
    }

    static void sayDone(SimulatedServer server, String word) throws IOException {
        try (Socket socket = new Socket(server.address(), server.notifyPort())) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Auth-Token")));
            JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
            Integer status = statuses.poll();
            calls.add(body);
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
