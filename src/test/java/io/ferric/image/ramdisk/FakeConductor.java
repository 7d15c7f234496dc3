package io.ferric.image.ramdisk;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** Takes what a ramdisk POSTs and answers as it is told to; 202 when it was told nothing. */
final class FakeConductor implements AutoCloseable {
    /** In place of a status: the connection is closed without an answer. */
    static final int HANG_UP = -1;

    /** What came. */
    record Call(String path, Headers headers, String body) {}

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final String scheme;
    private final String host;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeAnswer = () -> {};

    FakeConductor(String host) throws IOException {
        this("http", host, HttpServer.create(new InetSocketAddress(host, 0), 0));
    }

    private FakeConductor(String scheme, String host, HttpServer server) {
        this.scheme = scheme;
        this.host = host;
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    static FakeConductor https(String host, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(host, 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new FakeConductor("https", host, server);
    }

    String url() {
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort();
    }

    FakeConductor answer(int status, String body) {
        answers.add(new Answer(status, body));
        return this;
    }

    /** What it does while a caller waits for the answer. */
    FakeConductor beforeAnswer(Runnable action) {
        beforeAnswer = action;
        return this;
    }

    List<Call> calls() {
        return calls;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        calls.add(new Call(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
        beforeAnswer.run();
        Answer answer = answers.isEmpty() ? new Answer(202, "") : answers.remove();
        if (answer.status() == HANG_UP) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
