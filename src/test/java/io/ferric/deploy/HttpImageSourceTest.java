package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpImageSourceTest {
    private static final byte[] IMAGE = RootImage.bytes(2 << 20);

    private final HttpImageSource source =
            new HttpImageSource(new HttpImageConfig(Duration.ofSeconds(5), Duration.ofMillis(700), 3));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void learns_the_size_by_head() throws IOException {
        serve("/image", this::whole);

        assertThat(source.metadata(url("/image")).size()).hasValue(IMAGE.length);
    }

    @Test
    void goes_without_a_size_when_head_is_not_answered() throws IOException {
        serve("/image", exchange -> answer(exchange, 405));

        assertThat(source.metadata(url("/image")).size()).isEmpty();
    }

    @Test
    void streams_the_bytes() throws IOException {
        serve("/image", this::whole);

        assertThat(read("/image", 0)).isEqualTo(IMAGE);
    }

    @Test
    void asks_for_the_rest_only_when_it_resumes() throws IOException {
        serve("/image", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Range")).isEqualTo("bytes=1000000-");
            exchange.getResponseHeaders().add("Content-Range", "bytes 1000000-" + (IMAGE.length - 1) + "/*");
            body(exchange, 206, Arrays.copyOfRange(IMAGE, 1_000_000, IMAGE.length));
        });

        assertThat(read("/image", 1_000_000)).isEqualTo(Arrays.copyOfRange(IMAGE, 1_000_000, IMAGE.length));
    }

    @Test
    void skips_what_it_has_when_the_server_knows_no_ranges() throws IOException {
        serve("/image", this::whole);

        assertThat(read("/image", 1_000_000)).isEqualTo(Arrays.copyOfRange(IMAGE, 1_000_000, IMAGE.length));
    }

    @Test
    void refuses_a_range_that_begins_elsewhere() {
        serve("/image", exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-9/10");
            body(exchange, 206, new byte[10]);
        });

        assertThatThrownBy(() -> read("/image", 5)).isInstanceOf(IOException.class);
    }

    @Test
    void follows_redirects() throws IOException {
        serve("/old", redirectTo("/older?signature=secret"));
        serve("/older", redirectTo("/image"));
        serve("/image", this::whole);

        assertThat(read("/old", 0)).isEqualTo(IMAGE);
        assertThat(source.metadata(url("/old")).size()).hasValue(IMAGE.length);
    }

    @Test
    void follows_only_so_many_redirects() {
        AtomicInteger asked = new AtomicInteger();
        serve("/loop", exchange -> {
            asked.incrementAndGet();
            redirectTo("/loop").handle(exchange);
        });

        assertThatThrownBy(() -> read("/loop", 0)).hasMessageContaining("more than 3 redirects");
        assertThat(asked).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http:///x", "::"})
    void does_not_follow_a_redirect_to_just_anywhere(String location) {
        serve("/image", exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            answer(exchange, 302);
        });

        assertThatThrownBy(() -> read("/image", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("redirects to");
    }

    @Test
    void tells_the_status_of_a_refusal_without_the_query() {
        serve("/image", exchange -> answer(exchange, 403));

        assertThatThrownBy(() -> read("/image?sig=topsecret", 0))
                .hasMessageContaining("HTTP status 403")
                .hasMessageContaining("/image?...")
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void says_that_an_image_is_not_there() {
        assertThatThrownBy(() -> source.metadata(url("/nothing"))).hasMessageContaining("HTTP status 404");
    }

    @Test
    void fails_when_the_body_ends_early() {
        serve("/image", exchange -> {
            exchange.sendResponseHeaders(200, IMAGE.length);
            exchange.getResponseBody().write(IMAGE, 0, 1000);
            exchange.getResponseBody().flush();
            throw new IOException("gone");
        });

        assertThatThrownBy(() -> read("/image", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void fails_when_nothing_comes_for_too_long() {
        serve("/image", exchange -> {
            exchange.sendResponseHeaders(200, IMAGE.length);
            exchange.getResponseBody().write(IMAGE, 0, 1000);
            exchange.getResponseBody().flush();
            waitForTheEnd();
        });

        assertThatThrownBy(() -> read("/image", 0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing came for");
    }

    @Test
    void fails_when_there_is_no_answer_at_all() {
        serve("/image", exchange -> waitForTheEnd());

        assertThatThrownBy(() -> read("/image", 0)).hasMessageContaining("no answer from");
    }

    @Test
    void fails_when_nobody_listens() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> source.metadata("http://127.0.0.1:" + port + "/image"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:password@127.0.0.1/x", "http:/x", "http:x", "http://a b/", "https:"})
    void refuses_references_it_cannot_use(String reference) {
        assertThatThrownBy(() -> source.check(reference))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining("password@");
    }

    private void whole(HttpExchange exchange) throws IOException {
        body(exchange, 200, IMAGE);
    }

    private static void body(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", String.valueOf(bytes.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static HttpHandler redirectTo(String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            answer(exchange, 302);
        };
    }

    private void waitForTheEnd() {
        try {
            assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private byte[] read(String path, long offset) throws IOException {
        try (InputStream in = source.open(url(path), offset)) {
            return in.readAllBytes();
        }
    }
}
