package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalPublisherLoadTest {
    private static final int SIZE = 8_000_000;
    private static final Duration TTL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(1);
    private final byte[] content = new byte[SIZE];
    private final List<RawHttp> clients = new ArrayList<>();
    private Path file;
    private LocalPublisher publisher;

    @BeforeEach
    void start() throws IOException {
        new Random(2).nextBytes(content);
        file = Files.write(folder.resolve("iso"), content);
        LocalPublisherOptions options = LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0)
                .withMaxConnections(30)
                .withStallTimeout(Duration.ofSeconds(30));
        publisher = new LocalPublisher(options, new ManualClock(), new SecureRandom(), nanos::get).start();
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttp client : clients) {
            client.close();
        }
        publisher.close();
    }

    private RawHttp client() throws IOException {
        RawHttp client = new RawHttp(publisher.baseUrl());
        clients.add(client);
        return client;
    }

    /** A client that asks for everything and reads nothing. */
    private RawHttp sleeper(SignedUrl url) throws IOException {
        RawHttp client = client();
        client.send("GET " + url.uri().getRawPath() + " HTTP/1.1\r\n\r\n");
        return client;
    }

    @Test
    void signs_nothing_that_nobody_would_serve() throws Exception {
        publisher.close();
        AtomicBoolean broken = new AtomicBoolean();
        LongSupplier clock = () -> {
            if (broken.get()) {
                throw new IllegalStateException("pretended");
            }
            return 1;
        };
        LocalPublisherOptions options = LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0);
        publisher = new LocalPublisher(options, new ManualClock(), new SecureRandom(), clock).start();
        publisher.publish("deploy.iso", file, TTL);
        broken.set(true);
        await().untilAsserted(() -> assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> publisher.sign("deploy.iso", TTL))
                .withMessageContaining("the image server has stopped")
                .satisfies(e -> assertThat(e.code()).isEqualTo("PublishFailed")));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("b.iso", file, TTL));
    }

    @Test
    void serves_twenty_clients_at_once_while_others_have_fallen_asleep() throws Exception {
        SignedUrl url = publisher.publish("deploy.iso", file, TTL);
        for (int i = 0; i < 9; i++) {
            sleeper(url);
        }
        ExecutorService pool = Executors.newFixedThreadPool(20);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            results.add(pool.submit(fetcher(url, i)));
        }
        for (Future<Boolean> result : results) {
            assertThat(result.get(120, TimeUnit.SECONDS)).isTrue();
        }
        pool.shutdown();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(publisher
                        .fetchLog()
                        .orElseThrow()
                        .of(url.uri())
                        .orElseThrow()
                        .bytes())
                .isGreaterThanOrEqualTo(20 * 16 * 100_000L));
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread ->
                        thread.getName().endsWith("-" + publisher.baseUrl().getPort()))
                .hasSize(1);
    }

    private Callable<Boolean> fetcher(SignedUrl url, int seed) {
        return () -> {
            Random random = new Random(seed);
            try (RawHttp http = new RawHttp(publisher.baseUrl())) {
                for (int i = 0; i < 16; i++) {
                    int from = random.nextInt(SIZE - 100_000);
                    byte[] got = http.ask("GET", url.uri(), "Range: bytes=" + from + "-" + (from + 99_999))
                            .body();
                    if (!Arrays.equals(got, Arrays.copyOfRange(content, from, from + 100_000))) {
                        return false;
                    }
                }
                return true;
            }
        };
    }

    @Test
    void closes_whoever_moves_nothing_for_too_long() throws IOException {
        SignedUrl url = publisher.publish("deploy.iso", file, TTL);
        RawHttp idle = client();
        assertThat(idle.ask("HEAD", url.uri()).status()).isEqualTo(200);
        RawHttp half = client();
        half.send("GET /");
        assertThat(client().ask("HEAD", url.uri()).status()).isEqualTo(200);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThat(idle.closedByServer()).isTrue();
        assertThat(half.closedByServer()).isTrue();
        assertThat(client().ask("HEAD", url.uri()).status()).isEqualTo(200);
    }

    @Test
    void makes_room_for_a_newcomer_by_closing_the_quietest() throws IOException {
        SignedUrl url = publisher.publish("deploy.iso", file, TTL);
        RawHttp first = client();
        assertThat(first.ask("HEAD", url.uri()).status()).isEqualTo(200);
        nanos.addAndGet(1000);
        List<RawHttp> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            others.add(client());
            assertThat(others.get(i).ask("HEAD", url.uri()).status()).isEqualTo(200);
        }
        assertThat(first.closedByServer()).isTrue();
        assertThat(others.get(29).ask("HEAD", url.uri()).status()).isEqualTo(200);
    }

    @Test
    void goes_on_sending_the_old_object_to_whoever_began_it() throws IOException {
        SignedUrl url = publisher.publish("deploy.iso", file, TTL);
        RawHttp sleeper = sleeper(url);
        RawHttp other = client();
        other.ask("HEAD", url.uri());
        publisher.publish("deploy.iso", Files.writeString(folder.resolve("new"), "new"), TTL);
        assertThat(sleeper.answer(true).body()).isEqualTo(content);
        assertThat(other.ask("GET", url.uri()).text()).isEqualTo("new");
    }

    @Test
    void cuts_the_connection_when_the_file_shrinks_while_it_is_sent() throws IOException {
        SignedUrl url = publisher.publish("deploy.iso", file, TTL);
        RawHttp sleeper = sleeper(url);
        RawHttp other = client();
        other.ask("HEAD", url.uri());
        Files.write(file, new byte[1000]);
        assertThat(catchIo(() -> sleeper.answer(true))).isTrue();
        assertThat(other.ask("HEAD", url.uri()).header("Content-Length")).isEqualTo("1000");
    }

    private static boolean catchIo(Callable<?> action) {
        try {
            action.call();
            return false;
        } catch (IOException e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void publishes_one_name_from_many_threads_without_losing_the_last() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<SignedUrl>> urls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Path source = Files.writeString(folder.resolve("source" + i), "content " + i);
            urls.add(pool.submit(() -> publisher.publish("image.img", source, TTL)));
        }
        for (Future<SignedUrl> url : urls) {
            assertThat(client().ask("GET", url.get().uri()).text()).startsWith("content ");
        }
        pool.shutdown();
        try (var files = Files.list(folder.resolve("published/objects"))) {
            assertThat(files).hasSize(1);
        }
    }
}
