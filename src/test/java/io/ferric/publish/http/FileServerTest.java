package io.ferric.publish.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FileServerTest {
    private static FileServer server(Handler handler, LongSupplier nanoTime) throws IOException {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerOptions options = new ServerOptions(anywhere, Optional.empty(), 8, Duration.ofSeconds(10));
        FileServer server = new FileServer(options, handler, Clock.systemUTC(), nanoTime);
        server.start();
        return server;
    }

    /** The whole answer; empty when the connection just ended. */
    private static String ask(FileServer server, String path) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Response exhausted(Request request) {
        if (request.target().equals("/large")) {
            throw new OutOfMemoryError("pretended");
        }
        return Response.of(404);
    }

    @Test
    void an_error_costs_its_connection_and_nothing_else() throws IOException {
        try (FileServer server = server(FileServerTest::exhausted, System::nanoTime)) {
            assertThat(ask(server, "/large")).isEmpty();
            assertThat(ask(server, "/other")).startsWith("HTTP/1.1 404");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void says_that_it_has_stopped() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        LongSupplier clock = () -> {
            if (broken.get()) {
                throw new IllegalStateException("pretended");
            }
            return System.nanoTime();
        };
        try (FileServer server = server(request -> Response.of(404), clock)) {
            assertThat(server.isRunning()).isTrue();
            broken.set(true);
            await().until(() -> !server.isRunning());
        }
    }
}
