package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpsExchangeTest {
    private static final HttpCall GET = HttpCall.get("/a");
    private static final HttpCall POST = HttpCall.of("POST", "/b", "text/plain", "do it");

    private final ScheduledThreadPoolExecutor watchdog = IdleThreads.timer("test-watchdog", 1);
    private final HttpsExchange https = new HttpsExchange(watchdog, 3);
    private TlsPeer peer;

    @BeforeEach
    void start() throws Exception {
        peer = new TlsPeer(
                TestCertificate.selfSigned(Optional.empty(), Instant.now().plus(Duration.ofDays(1))));
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        watchdog.shutdownNow();
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private List<String> ask(HttpCall... calls) throws IOException {
        return https.inTurn(peer.access(), line -> {
            List<String> said = new ArrayList<>();
            for (HttpCall call : calls) {
                said.add(line.exchange(call).text());
            }
            return said;
        });
    }

    @Test
    void requests_of_one_turn_share_a_connection() throws Exception {
        peer.connection(ok("1"), ok("2"), ok("3"));
        assertThat(ask(GET, POST, GET)).containsExactly("1", "2", "3");
        assertThat(peer.connections()).isEqualTo(1);
        assertThat(peer.requests()).extracting(request -> request.split(" ")[0]).containsExactly("GET", "POST", "GET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1",
                "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1",
                "HTTP/1.1 200 OK\r\n\r\n1"
            })
    void a_connection_the_ilo_ends_is_followed_by_another(String last) throws Exception {
        peer.connection(last).connection(ok("2"));
        assertThat(ask(GET, POST)).containsExactly("1", "2");
        assertThat(peer.connections()).isEqualTo(2);
    }

    @Test
    void a_call_that_asks_to_close_ends_its_connection() throws Exception {
        peer.connection(ok("1"), ok("never")).connection(ok("2"));
        assertThat(ask(GET.with("Connection", "close"), GET)).containsExactly("1", "2");
    }

    @Test
    void a_kept_connection_that_was_closed_is_noticed_before_anything_is_sent() throws Exception {
        peer.connection(ok("1")).connection(ok("2"));
        String second = https.inTurn(peer.access(), line -> {
            line.exchange(GET);
            peer.awaitClosed(1);
            return line.exchange(POST).text();
        });
        assertThat(second).isEqualTo("2");
        assertThat(peer.requests()).hasSize(2);
    }

    @Test
    void a_get_whose_kept_connection_dies_is_sent_once_more() throws Exception {
        peer.connection(ok("1"), "").connection(ok("2"));
        assertThat(ask(GET, GET)).containsExactly("1", "2");
        assertThat(peer.requests()).hasSize(3);
    }

    @Test
    void nothing_else_is_ever_sent_twice() throws Exception {
        peer.connection(ok("1"), "").connection(ok("2"));
        assertThatThrownBy(() -> ask(GET, POST)).isInstanceOf(BrokenAnswer.class);
        assertThat(peer.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2"})
    void not_even_a_get_on_a_fresh_connection_or_with_half_an_answer(String answer) throws Exception {
        peer.connection(answer).connection(ok("1"), "HTTP/1.1 2").connection(ok("never"));
        assertThatThrownBy(() -> ask(GET)).isInstanceOf(BrokenAnswer.class);
        assertThatThrownBy(() -> ask(GET, GET)).isInstanceOf(BrokenAnswer.class);
        assertThat(peer.requests()).hasSize(3);
    }

    @Test
    void what_follows_an_answer_unasked_is_not_taken_for_the_next_answer() throws Exception {
        peer.connection(ok("1") + ok("smuggled")).connection(ok("2"));
        assertThat(ask(GET, GET)).containsExactly("1", "2");
    }

    @Test
    void the_time_out_bounds_the_second_try_too() throws Exception {
        peer.connection(ok("1"), "").connection(TlsPeer.SILENCE);
        IloAccess hasty = peer.access(new IloTrust.Off(), Duration.ofMillis(700));
        assertThatThrownBy(() -> https.inTurn(hasty, line -> {
                    line.exchange(GET);
                    return line.exchange(GET);
                }))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_line_is_of_use_after_a_time_out() throws Exception {
        peer.connection(TlsPeer.SILENCE).connection(ok("2"));
        IloAccess hasty = peer.access(new IloTrust.Off(), Duration.ofMillis(700));
        String second = https.inTurn(hasty, line -> {
            assertThatThrownBy(() -> line.exchange(GET)).isInstanceOf(SocketTimeoutException.class);
            return line.exchange(GET).text();
        });
        assertThat(second).isEqualTo("2");
    }

    @Test
    void tls_sessions_are_taken_up_again() throws Exception {
        peer.connection(ok("1")).connection(ok("2")).connection(ok("3"));
        ask(GET);
        ask(GET);
        ask(GET);
        assertThat(peer.handshakes()).as("full handshakes").isEqualTo(1);
    }

    @Test
    void a_session_made_without_checking_is_of_no_use_to_those_who_check() throws Exception {
        peer.connection(ok("1"));
        https.inTurn(peer.access(new IloTrust.Off(), Duration.ofSeconds(10)), line -> line.exchange(GET));
        assertThatThrownBy(() -> https.inTurn(
                        peer.access(new IloTrust.Pinned("ab".repeat(32)), Duration.ofSeconds(10)),
                        line -> line.exchange(GET)))
                .hasStackTraceContaining("is not trusted");
    }

    @Test
    void no_more_connections_than_allowed_are_open_to_all_ilos_together() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        ExecutorService threads = Executors.newFixedThreadPool(9);
        List<TlsPeer> peers = new ArrayList<>();
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                TlsPeer each = new TlsPeer(peer.certificate());
                peers.add(each);
                each.onRequest(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    three.countDown();
                    await(three);
                    inside.decrementAndGet();
                });
                each.connection(ok("x"));
                calls.add(threads.submit(() -> https.inTurn(each.access(), line -> line.exchange(GET))));
            }
            for (Future<?> call : calls) {
                call.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
            for (TlsPeer each : peers) {
                each.close();
            }
        }
        assertThat(most).hasValue(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void connections_that_fail_are_given_back() throws Exception {
        for (int i = 0; i < 5; i++) {
            peer.connection("");
            assertThatThrownBy(() -> ask(GET)).isInstanceOf(IOException.class);
        }
        peer.connection(ok("1"));
        assertThat(ask(GET)).containsExactly("1");
    }

    @Test
    void a_request_within_a_request_is_refused() {
        HttpCall path = HttpCall.get("/a HTTP/1.1\r\nX: y\r\n\r\nDELETE /b");
        HttpCall value = GET.with("If-Match", "x\r\n\r\nDELETE /b HTTP/1.1");
        HttpCall name = GET.with("If-Match: x\r\nY", "z");
        HttpCall elsewhere = HttpCall.get("//evil\n");
        for (HttpCall call : List.of(path, value, name, elsewhere, GET.to(""), GET.to("http://a/"))) {
            assertThatThrownBy(() -> ask(call))
                    .isInstanceOf(BrokenAnswer.class)
                    .hasMessageContaining("cannot be sent")
                    .hasMessageNotContaining("DELETE");
        }
        assertThat(peer.requests()).isEmpty();
    }

    @Test
    void host_is_what_a_server_can_understand() throws Exception {
        IloAccess access = peer.access();
        assertThat(head("ilo.example", 443, access)).contains("\r\nHost: ilo.example\r\n");
        assertThat(head("10.0.0.1", 8443, access)).contains("\r\nHost: 10.0.0.1:8443\r\n");
        assertThat(head("fe80::1%eth0", 8443, access)).contains("\r\nHost: [fe80::1]:8443\r\n");
        assertThat(head("[fe80::1]", 443, access)).contains("\r\nHost: [fe80::1]\r\n");
    }

    private static String head(String address, int port, IloAccess like) throws IOException {
        IloAccess access = new IloAccess(address, port, like.username(), like.password(), like.timeout(), like.trust());
        return new String(HttpHead.of(GET, access), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void headers_of_a_call_are_sent() throws Exception {
        peer.connection(ok("1"));
        ask(new HttpCall("PATCH", "/c", Map.of("OData-Version", "4.0"), new byte[] {'{', '}'}));
        assertThat(peer.requests().get(0))
                .contains("PATCH /c HTTP/1.1\r\n", "OData-Version: 4.0\r\n", "Content-Length: 2\r\n");
    }

    @Test
    void locks_are_kept_only_while_they_are_needed() throws Exception {
        BmcLocks locks = new BmcLocks();
        int inside = locks.inTurn("a", Duration.ofSeconds(1), () -> {
            locks.inTurn("b", Duration.ofSeconds(1), () -> 0);
            return locks.size();
        });
        assertThat(inside).isEqualTo(1);
        assertThatThrownBy(() -> locks.inTurn("c", Duration.ofSeconds(1), () -> {
                    throw new IOException("no");
                }))
                .hasMessage("no");
        assertThat(locks.size()).isZero();
    }

    @Test
    void the_watchdogs_thread_ends_when_it_has_nothing_to_watch() {
        assertThat(watchdog.allowsCoreThreadTimeOut()).isTrue();
        assertThat(watchdog.getKeepAliveTime(TimeUnit.SECONDS)).isEqualTo(10);
    }
}
