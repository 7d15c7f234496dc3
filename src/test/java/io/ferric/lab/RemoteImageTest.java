package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RemoteImageTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void reads_by_ranges(@TempDir Path folder) throws Exception {
        byte[] bytes = new byte[2_500_000];
        new Random(1).nextBytes(bytes);
        try (MediaShelf shelf = new MediaShelf()) {
            String url = shelf.put("a.iso", Files.write(folder.resolve("a.iso"), bytes));
            RemoteImage image = RemoteImage.open(http, url);
            assertThat(image.size()).isEqualTo(bytes.length);
            byte[] piece = new byte[1_200_000];
            image.read(1_000_000, piece);
            assertThat(Arrays.equals(piece, Arrays.copyOfRange(bytes, 1_000_000, 2_200_000)))
                    .isTrue();
            image.read(0, new byte[10]);
            image.read(2_400_000, new byte[10]);
            assertThat(shelf.requests)
                    .containsExactly(
                            "HEAD", "GET bytes=0-1048575", "GET bytes=1048576-2097151", "GET bytes=2097152-2499999");
            assertThatThrownBy(() -> image.read(2_499_999, new byte[2])).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void wants_a_server_that_knows_ranges() throws Exception {
        assertThat(complaint(200, "")).contains("Range request with 200");
        assertThat(complaint(206, "bytes 0-8/9")).contains("another range");
        assertThat(complaint(206, "bytes 0-9/10")).contains("changed");
    }

    @Test
    @Timeout(20)
    void a_body_that_stops_halfway_is_given_up() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> stall(exchange, done));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.iso";
            RemoteImage image = RemoteImage.open(http, url, Duration.ofMillis(500));
            assertThatThrownBy(() -> image.read(0, new byte[10])).hasMessageContaining("did not come within 0.5 s");
        } finally {
            done.countDown();
            server.stop(0);
        }
    }

    private static void stall(HttpExchange exchange, CountDownLatch done) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set(head ? "Content-Length" : "Content-Range", head ? "10" : "bytes 0-9/10");
            exchange.sendResponseHeaders(head ? 200 : 206, head ? -1 : 10);
            if (!head) {
                exchange.getResponseBody().write(new byte[5]);
                exchange.getResponseBody().flush();
                done.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads from a server that answers GET with this status and Content-Range, and another ETag each time. */
    private String complaint(int status, String contentRange) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, status, contentRange));
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.iso?sig=SECRET";
            RemoteImage image = RemoteImage.open(http, url);
            try {
                image.read(0, new byte[10]);
            } catch (IOException e) {
                assertThat(e.toString()).doesNotContain("SECRET");
                return e.getMessage();
            }
            return "";
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String contentRange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("ETag", "\"" + exchange.getRequestMethod() + "\"");
            exchange.getResponseHeaders().set("Content-Range", contentRange);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                exchange.getResponseHeaders().set("Content-Length", "10");
            }
            exchange.sendResponseHeaders(head ? 200 : status, head ? -1 : 10);
            if (!head) {
                exchange.getResponseBody().write(new byte[10]);
            }
        }
    }
}
