package io.ferric.publish.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ferric.publish.connector.ConnectionFault.Kind;
import io.ferric.publish.connector.ScriptedServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

@Timeout(60)
class HttpTransportTest {
    private static final Script KEEPING = (request, out) -> {
        byte[] content = request.content();
        return ScriptedServer.say(out, "200 OK", "", content);
    };

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();
    private HttpTransport transport = transport(Duration.ofSeconds(5));

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private HttpTransport transport(Duration read) {
        return new HttpTransport(TransportOptions.defaults().withTimeouts(Duration.ofSeconds(2), read));
    }

    private ScriptedServer server(Script script) throws IOException {
        ScriptedServer server = new ScriptedServer(script);
        opened.add(server);
        return server;
    }

    static HttpRequest<Void> request(HttpMethod method, URI url) {
        return HttpRequest.builder()
                .endpoint(url.getScheme() + "://" + url.getRawAuthority())
                .path(url.getRawPath())
                .method(method)
                .build();
    }

    private byte[] put(ScriptedServer server, Body body) throws IOException {
        try (HttpResponse answer = transport.execute(request(HttpMethod.PUT, server.url("/x")), body, "a/b")) {
            assertThat(answer.getStatus()).isEqualTo(200);
            return answer.getInputStream().readAllBytes();
        }
    }

    private byte[] get(ScriptedServer server) throws IOException {
        try (HttpResponse answer = transport.execute(request(HttpMethod.GET, server.url("/x")))) {
            return answer.getInputStream().readAllBytes();
        }
    }

    private Path file(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return Files.write(folder.resolve("f" + length), content);
    }

    private static final class Seen implements FileBody.Observer {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

        @Override
        public void started() {
            octets.reset();
        }

        @Override
        public void sent(ByteBuffer piece) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            octets.writeBytes(copy);
        }
    }

    @Test
    void sends_slices_with_their_length_as_often_as_asked_on_one_connection() throws IOException {
        ScriptedServer server = server(KEEPING);
        byte[] content = Files.readAllBytes(file(300_000));
        Seen seen = new Seen();
        Body slice = new FileBody(file(300_000), 70_000, 200_001).observedBy(seen);
        for (int i = 0; i < 3; i++) {
            assertThat(put(server, slice)).isEqualTo(Arrays.copyOfRange(content, 70_000, 270_001));
            assertThat(seen.octets.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 70_000, 270_001));
        }
        assertThat(server.requests.get(0).headers())
                .containsEntry("content-length", "200001")
                .containsEntry("content-type", "a/b")
                .doesNotContainKey("transfer-encoding");
        assertThat(put(server, new FileBody(file(0)))).isEmpty();
        assertThat(server.requests.get(3).headers()).containsEntry("content-length", "0");
        assertThat(put(server, Body.of(new byte[] {1, 2}))).containsExactly(1, 2);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void refuses_a_slice_beyond_the_end() throws IOException {
        Path file = file(10);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new FileBody(file, 5, 6))
                .withMessageContaining("has 10 octets, not 6 from 5 on");
    }

    @Test
    void sends_nothing_of_a_file_that_has_changed_since() throws IOException {
        ScriptedServer server = server(KEEPING);
        FileBody body = new FileBody(file(100_000));
        put(server, body);
        Files.write(folder.resolve("f100000"), new byte[99_999]);
        assertThatExceptionOfType(FileBody.Changed.class)
                .isThrownBy(() -> put(server, body))
                .withMessageContaining("has changed");
        assertThat(server.requests.stream()
                        .map(request -> request.headers().get("content-length"))
                        .distinct())
                .containsExactly("100000");
    }

    @Test
    void never_ends_a_body_early_when_the_file_shrinks_under_it() throws Exception {
        Path file = file(60_000_000);
        long[] arrived = {0};
        CountDownLatch over = new CountDownLatch(1);
        ScriptedServer server = server((request, out) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1000);
            }
            try {
                arrived[0] = request.body().transferTo(java.io.OutputStream.nullOutputStream());
            } finally {
                over.countDown();
            }
            return false;
        });
        assertThatExceptionOfType(FileBody.Changed.class).isThrownBy(() -> put(server, new FileBody(file)));
        assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(arrived[0]).isLessThan(60_000_000);
        assertThat(server.requests.get(0).headers()).containsEntry("content-length", "60000000");
    }

    @Test
    void waits_for_a_slow_upload_and_not_for_one_that_stands_still() throws Exception {
        transport = transport(Duration.ofMillis(800));
        Path file = file(40_000_000);
        CountDownLatch never = new CountDownLatch(1);
        ScriptedServer slow = server((request, out) -> {
            for (int i = 0; i < 20; i++) {
                request.body().readNBytes(2_000_000);
                pause(never, 100);
            }
            return ScriptedServer.say(out, "200 OK", "", new byte[0]);
        });
        put(slow, new FileBody(file));
        ScriptedServer still = server((request, out) -> {
            pause(never, 20_000);
            return false;
        });
        assertThatExceptionOfType(ConnectionFault.class)
                .isThrownBy(() -> put(still, new FileBody(file)))
                .withMessageContaining("no answer in time (0.8 s)")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.SILENT));
        never.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> !isOpen(file));
    }

    private static void pause(CountDownLatch never, int millis) {
        try {
            never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isOpen(Path file) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return false;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(each -> {
                try {
                    return Files.readSymbolicLink(each).equals(file);
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    /** Answers the first request of a connection, and drops the connection at the second. */
    private static final Script DEAD_WHEN_KEPT = new Script() {
        private final Map<Integer, Boolean> used = new java.util.concurrent.ConcurrentHashMap<>();

        @Override
        public boolean answer(ScriptedServer.Request request, java.io.OutputStream out) throws IOException {
            request.content();
            return used.put(request.number(), true) == null && ScriptedServer.say(out, "200 OK", "", new byte[0]);
        }
    };

    @Test
    void repeats_a_get_on_a_dead_connection_but_nothing_that_may_have_arrived() throws IOException {
        ScriptedServer server = server(DEAD_WHEN_KEPT);
        get(server);
        get(server);
        assertThat(server.connections).hasValue(2);
        assertThatExceptionOfType(ConnectionFault.class)
                .isThrownBy(() -> put(server, Body.of(new byte[1])))
                .withMessageContaining("was lost")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LOST));
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void does_not_use_a_connection_whose_end_it_knows() throws IOException {
        ScriptedServer server = server((request, out) -> {
            request.content();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes());
            return false;
        });
        for (int i = 0; i < 20; i++) {
            put(server, Body.of(new byte[1]));
        }
        assertThat(server.connections).hasValue(20);
    }

    @Test
    void follows_nobody() throws IOException {
        ScriptedServer server =
                server((request, out) -> ScriptedServer.say(out, "302 Found", "Location: /other\r\n", new byte[0]));
        try (HttpResponse answer = transport.execute(request(HttpMethod.GET, server.url("/x")))) {
            assertThat(answer.getStatus()).isEqualTo(302);
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void refuses_endless_documents() throws IOException {
        ScriptedServer server = server((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[".getBytes());
            byte[] ones = "1,".repeat(50_000).getBytes();
            while (true) {
                out.write(ones);
            }
        });
        try (HttpResponse answer = transport.execute(request(HttpMethod.GET, server.url("/x")))) {
            assertThatExceptionOfType(ResponseException.class)
                    .isThrownBy(() -> answer.readEntity(List.class))
                    .withMessageContaining("longer than 16777216 octets");
        }
    }

    @Test
    void names_what_became_of_a_download() throws IOException {
        ScriptedServer server = server((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".getBytes());
            return false;
        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(server))
                .withMessageContaining("was lost");
    }

    @Test
    void says_in_plain_words_why_there_is_no_connection() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        fails("http://127.0.0.1:" + free + "/", Kind.REFUSED, "127.0.0.1:" + free + " refuses the connection");
        fails(
                "http://no-such-host.invalid:5000/",
                Kind.UNREACHABLE,
                "the name of no-such-host.invalid:5000 is not known");
    }

    private void fails(String url, Kind kind, String words) {
        assertThatExceptionOfType(ConnectionFault.class)
                .isThrownBy(() -> transport.execute(request(HttpMethod.GET, URI.create(url))))
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void lets_its_threads_go_when_it_is_closed() throws IOException {
        ScriptedServer server = server(KEEPING);
        for (int i = 0; i < 10; i++) {
            try (HttpTransport each = transport(Duration.ofSeconds(2));
                    HttpResponse answer = each.execute(request(HttpMethod.GET, server.url("/x")))) {
                assertThat(answer.getStatus()).isEqualTo(200);
                answer.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().contains("SelectorManager"))
                            .count()
                    < 8;
        });
        transport.close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(server))
                .withMessageContaining("closed");
    }

    @Test
    void keeps_the_interruption() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(java.io.InterruptedIOException.class)
                .isThrownBy(() -> transport.execute(request(HttpMethod.GET, URI.create("http://127.0.0.1:1/"))));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void reads_as_a_stream_for_those_who_know_no_better() throws IOException {
        try (InputStream in = new FileBody(file(1000), 10, 20)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(Files.readAllBytes(file(1000)), 10, 30));
        }
    }
}
