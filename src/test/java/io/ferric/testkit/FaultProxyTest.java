package io.ferric.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int ANSWER = 100_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try {
                received.addAndGet(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
                exchange.sendResponseHeaders(200, ANSWER);
                exchange.getResponseBody().write(new byte[ANSWER]);
            } catch (IOException e) {
                broken.incrementAndGet();
            } finally {
                exchange.close();
            }
        });
        server.start();
        proxy = new FaultProxy(server.getAddress());
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
    }

    @Test
    void carries_everything_both_ways_when_nothing_is_asked_for() throws Exception {
        assertThat(put(1_000_000).body()).hasSize(ANSWER);
        assertThat(get().statusCode()).isEqualTo(200);
        assertThat(received).hasValue(1_000_000);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void cuts_an_upload_after_so_many_bytes() {
        proxy.fault(Fault.cutUp(50_000).on("PUT"));
        assertThatThrownBy(() -> put(1_000_000)).isInstanceOf(IOException.class);
        assertThat(received.get()).isLessThan(50_000);
    }

    @Test
    void cuts_only_so_often_and_meets_connections_that_were_open_before() throws Exception {
        get();
        proxy.fault(Fault.cutUp(50_000).on("PUT"), 1);
        assertThatThrownBy(() -> put(1_000_000)).isInstanceOf(IOException.class);
        assertThat(put(10).statusCode()).isEqualTo(200);
        assertThat(proxy.strikes()).isEqualTo(1);
    }

    @Test
    void cuts_and_closes_an_answer_in_the_middle() {
        proxy.fault(Fault.cutDown(5000));
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
        proxy.fault(Fault.closeDown(5000));
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    }

    @Test
    void loses_the_answer_of_a_request_that_the_server_has_had() {
        proxy.fault(Fault.cutDown(0).on("PUT"));
        assertThatThrownBy(() -> put(1000)).isInstanceOf(IOException.class);
        assertThat(requests).hasPositiveValue();
        assertThat(received.get()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void freezes_until_the_client_gives_up() {
        proxy.fault(Fault.freezeDown(0));
        assertThatThrownBy(() ->
                        http.send(request().timeout(Duration.ofMillis(300)).build(), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        proxy.fault(Fault.halfOpen(0));
        assertThatThrownBy(() ->
                        http.send(request().timeout(Duration.ofMillis(300)).build(), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void answers_in_place_of_the_server_even_while_the_client_sends() throws Exception {
        proxy.fault(Fault.answer(503).on("PUT"), 1);
        assertThat(get().statusCode()).isEqualTo(200);
        HttpResponse<String> answer = put(1_000_000);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("fault proxy");
        assertThat(received).hasValue(0);
        assertThat(put(10).statusCode()).isEqualTo(200);
    }

    @Test
    void holds_an_answer_back() throws Exception {
        proxy.fault(Fault.delay(Duration.ofMillis(200)), 1);
        long start = System.nanoTime();
        assertThat(get().body()).hasSize(ANSWER);
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(190).toNanos());
    }

    @Test
    void is_down_and_comes_back_on_the_same_port() throws Exception {
        get();
        proxy.refuse();
        assertThatThrownBy(this::get).isInstanceOf(ConnectException.class);
        proxy.accept();
        assertThat(get().statusCode()).isEqualTo(200);
    }

    @Test
    void counts_requests_on_connections_that_are_kept_too() throws Exception {
        get();
        get();
        put(100_000);
        assertThat(proxy.requests("GET /x")).isEqualTo(2);
        assertThat(proxy.requests("PUT")).isEqualTo(1);
        assertThat(proxy.requests("")).isEqualTo(3);
    }

    @Test
    void leads_a_url_of_the_server_through_itself() {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/a%20b?x=%2F");
        assertThat(proxy.through(url)).hasToString("http://127.0.0.1:" + proxy.port() + "/v1/a%20b?x=%2F");
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return http.send(request().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(int bytes) throws IOException, InterruptedException {
        return http.send(
                request().PUT(BodyPublishers.ofByteArray(new byte[bytes])).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/x"))
                .timeout(Duration.ofSeconds(30));
    }
}
