package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ferric.publish.FetchLog.Fetched;
import io.ferric.publish.FetchLog.Refusal;
import io.ferric.publish.RawHttp.Answer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPublisherTest {
    private static final String NAME = "image-1be26c0b-03f2-4d2e-ae87-c02d7f33c123.img";
    private static final Duration TTL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private byte[] content;
    private Path file;
    private LocalPublisher publisher;

    @BeforeEach
    void start() throws IOException {
        content = new byte[100_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 + i / 251);
        }
        file = Files.write(folder.resolve("made-here"), content);
        publisher = new LocalPublisher(options(0), clock).start();
    }

    @AfterEach
    void stop() {
        publisher.close();
    }

    private LocalPublisherOptions options(int port) {
        return LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", port);
    }

    private Answer get(SignedUrl url, String... headers) throws IOException {
        return ask("GET", url.uri(), headers);
    }

    private Answer ask(String method, URI uri, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            return http.ask(method, uri, headers);
        }
    }

    @Test
    void serves_what_was_published_even_after_the_source_is_deleted() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        Files.delete(file);
        Answer answer = get(url);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Last-Modified")).isEqualTo("Sun, 22 Nov 2026 12:00:00 GMT");
        assertThat(url.expires()).isEqualTo(ManualClock.START.plus(TTL));
    }

    @Test
    void makes_short_urls_that_end_in_the_suffix_of_the_name_and_tell_nothing() throws IOException {
        SignedUrl image = publisher.publish(NAME, file, TTL);
        SignedUrl iso = publisher.publish("boot-1be26c0b-03f2-4d2e-ae87-c02d7f33c123.iso", file, TTL);
        assertThat(image.uri().toString()).endsWith(".img").doesNotContain("1be26c0b");
        assertThat(iso.uri().toString()).endsWith(".iso");
        assertThat(image.uri().getRawPath()).hasSizeLessThanOrEqualTo(52);
        assertThat(image.toString()).doesNotContain(signature(image)).contains("***.img");
    }

    @Test
    void stays_under_120_characters_with_the_longest_ipv6_address() throws IOException {
        publisher.close();
        URI external = URI.create("https://[2001:db8:1111:2222:3333:4444:5555:6666]:65535/");
        publisher = new LocalPublisher(options(0).withExternalUrl(external), clock).start();
        assertThat(publisher.publish(NAME, file, TTL).uri().toString())
                .startsWith(external.toString())
                .hasSizeLessThan(120);
    }

    @Test
    void signs_a_new_url_each_time() throws IOException {
        publisher.store(NAME, file);
        Set<URI> urls = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            urls.add(publisher.sign(NAME, TTL).uri());
        }
        assertThat(urls).hasSize(50);
    }

    @Test
    void answers_head_with_the_length_and_no_body() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            Answer head = http.ask("HEAD", url.uri());
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("100000");
            assertThat(http.ask("HEAD", url.uri(), "Range: bytes=0-9").header("Content-Length"))
                    .isEqualTo("100000");
            assertThat(http.ask("GET", url.uri()).body()).isEqualTo(content);
        }
    }

    @Test
    void sends_one_range() throws IOException {
        Answer answer = get(publisher.publish(NAME, file, TTL), "Range: bytes=2048-4095");
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes 2048-4095/100000");
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, 2048, 4096));
    }

    @Test
    void sends_several_ranges_as_multipart() throws IOException {
        Answer answer = get(publisher.publish(NAME, file, TTL), "Range: bytes=0-9, 500-599,-7");
        assertThat(answer.status()).isEqualTo(206);
        String boundary = answer.header("Content-Type").replace("multipart/byteranges; boundary=", "");
        String[] parts = answer.text().split("\r\n--" + boundary + "(--)?\r\n");
        assertThat(parts).hasSize(4);
        assertThat(parts[1]).endsWith("Content-Range: bytes 0-9/100000\r\n\r\n" + latin1(0, 10));
        assertThat(parts[2]).endsWith("Content-Range: bytes 500-599/100000\r\n\r\n" + latin1(500, 600));
        assertThat(parts[3]).endsWith("Content-Range: bytes 99993-99999/100000\r\n\r\n" + latin1(99_993, 100_000));
    }

    @Test
    void says_416_with_the_size_when_a_range_lies_outside() throws IOException {
        Answer answer = get(publisher.publish(NAME, file, TTL), "Range: bytes=100000-");
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */100000");
    }

    @Test
    void sends_the_whole_when_the_first_half_was_of_another_file() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        String etag = get(url).header("ETag");
        String date = get(url).header("Last-Modified");
        assertThat(get(url, "Range: bytes=0-9", "If-Range: " + etag).status()).isEqualTo(206);
        assertThat(get(url, "Range: bytes=0-9", "If-Range: " + date).status()).isEqualTo(206);
        assertThat(get(url, "Range: bytes=0-9", "If-Range: \"other\"").status()).isEqualTo(200);
        assertThat(get(url, "Range: bytes=0-9", "If-Range: Sun, 22 Nov 2026 11:59:59 GMT")
                        .status())
                .isEqualTo(200);
        publisher.publish(NAME, file, TTL);
        assertThat(get(url, "Range: bytes=0-9", "If-Range: " + etag).status()).isEqualTo(200);
    }

    @Test
    void honours_conditions() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        String etag = get(url).header("ETag");
        assertThat(get(url, "If-None-Match: \"x\", " + etag).status()).isEqualTo(304);
        assertThat(get(url, "If-None-Match: \"x\"").status()).isEqualTo(200);
        assertThat(get(url, "If-Match: \"x\"").status()).isEqualTo(412);
        assertThat(get(url, "If-Match: " + etag).status()).isEqualTo(200);
        assertThat(get(url, "If-Modified-Since: Sun, 22 Nov 2026 12:00:00 GMT").status())
                .isEqualTo(304);
        assertThat(get(url, "If-Unmodified-Since: Sun, 22 Nov 2026 11:00:00 GMT")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void keeps_the_connection_for_many_requests() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            for (int start = 0; start < 100_000; start += 1000) {
                Answer answer = http.ask("GET", url.uri(), "Range: bytes=" + start + "-" + (start + 999));
                assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, start, start + 1000));
            }
        }
    }

    @Test
    void answers_requests_sent_in_one_go_in_their_order() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        String path = url.uri().getRawPath();
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            http.send("GET " + path + " HTTP/1.1\r\nRange: bytes=0-4\r\n\r\nGET " + path
                    + " HTTP/1.1\r\nRange: bytes=5-9\r\nConnection: close\r\n\r\n");
            assertThat(http.answer(true).text()).isEqualTo(latin1(0, 5));
            assertThat(http.answer(true).text()).isEqualTo(latin1(5, 10));
            assertThat(http.closedByServer()).isTrue();
        }
    }

    @Test
    void speaks_http_1_0() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            http.send("GET " + url.uri().getRawPath() + " HTTP/1.0\r\n\r\n");
            assertThat(http.answer(true).body()).isEqualTo(content);
            assertThat(http.closedByServer()).isTrue();
        }
    }

    @Test
    void refuses_other_methods_and_what_is_no_http() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        assertThat(ask("DELETE", url.uri()).status()).isEqualTo(405);
        assertThat(ask("PUT", url.uri(), "Content-Length: 0").header("Allow")).isEqualTo("GET, HEAD");
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            http.send("what is this\r\n\r\n");
            assertThat(http.answer(true).status()).isEqualTo(400);
            assertThat(http.closedByServer()).isTrue();
        }
        assertThat(publisher.exists(NAME)).isTrue();
    }

    @Test
    void refuses_a_url_tampered_with_in_any_character() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        String path = url.uri().getRawPath();
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            for (int i = 1; i < path.length(); i++) {
                for (char other :
                        new char[] {path.charAt(i) == 'A' ? 'B' : 'A', (char) (path.charAt(i) ^ 1), '%', '?'}) {
                    String tampered = path.substring(0, i) + other + path.substring(i + 1);
                    http.send("GET " + tampered + " HTTP/1.1\r\n\r\n");
                    Answer answer = http.answer(true);
                    assertThat(answer.status()).as("%s at %d", other, i).isEqualTo(403);
                    assertThat(answer.body()).isEmpty();
                }
            }
            assertThat(http.ask("GET", url.uri()).status()).isEqualTo(200);
        }
        assertThat(publisher.fetchLog().orElseThrow().refusal(NAME))
                .map(Refusal::status)
                .contains(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/..", "/../../etc/passwd", "/objects/x", "/url.key", "/%2e%2e/url.key", "*"})
    void tells_a_stranger_nothing(String target) throws IOException {
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            http.send("GET " + target + " HTTP/1.1\r\n\r\n");
            Answer answer = http.answer(true);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void refuses_an_expired_url_and_says_when_it_expired() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        clock.advance(TTL.minusSeconds(1));
        assertThat(get(url).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(get(url).status()).isEqualTo(403);
        Refusal refusal = publisher.fetchLog().orElseThrow().refusal(NAME).orElseThrow();
        assertThat(refusal.reason()).isEqualTo("the URL expired at 2026-11-22T12:10:00Z");
        assertThat(refusal.client()).isEqualTo("127.0.0.1");
        assertThat(publisher.fetchLog().orElseThrow().refusal(url.uri())).contains(refusal);
    }

    @Test
    void still_says_so_when_the_object_was_swept_meanwhile() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        publisher.store("stays.iso", file);
        clock.advance(TTL);
        assertThat(publisher.sweep()).isEqualTo(1);
        assertThat(publisher.sweep()).isZero();
        assertThat(publisher.exists("stays.iso")).isTrue();
        assertThat(stored()).isEqualTo(1);
        assertThat(get(url).status()).isEqualTo(403);
        assertThat(publisher.fetchLog().orElseThrow().refusal(NAME)).isPresent();
    }

    @Test
    void tells_apart_what_was_removed_and_what_expired() throws IOException {
        publisher.store(NAME, file);
        SignedUrl url = publisher.sign(NAME, TTL);
        publisher.publish(NAME, file, Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(5));
        assertThat(get(url).status()).isEqualTo(410);
        assertThat(reason()).isEqualTo("the object expired at 2026-11-22T12:00:05Z");
        publisher.remove(NAME);
        publisher.remove(NAME);
        assertThat(get(url).status()).isEqualTo(404);
        assertThat(reason()).isEqualTo("the object has been removed");
    }

    @Test
    void forgets_an_expired_object_when_asked_for_it() throws IOException {
        publisher.publish(NAME, file, TTL);
        clock.advance(TTL);
        assertThat(publisher.exists(NAME)).isFalse();
        assertThat(stored()).isZero();
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> publisher.sign(NAME, TTL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("NoSuchObject"))
                .withMessageContaining(NAME);
    }

    @Test
    void never_signs_a_url_that_outlives_its_object() throws IOException {
        publisher.publish(NAME, file, TTL);
        assertThat(publisher.sign(NAME, Duration.ofDays(1)).expires()).isEqualTo(ManualClock.START.plus(TTL));
    }

    @Test
    void replaces_what_goes_by_the_same_name() throws IOException {
        publisher.publish(NAME, file, TTL);
        Path other = Files.writeString(folder.resolve("other"), "new");
        SignedUrl url = publisher.publish(NAME, other, TTL);
        assertThat(get(url).text()).isEqualTo("new");
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void keeps_urls_good_through_a_restart() throws IOException {
        int port = publisher.baseUrl().getPort();
        SignedUrl floppy = publisher.publish(NAME, file, TTL);
        publisher.store("boot.iso", file);
        SignedUrl iso = publisher.sign("boot.iso", Duration.ofHours(1));
        String etag = get(iso).header("ETag");
        publisher.close();
        publisher = new LocalPublisher(options(port), clock).start();
        assertThat(get(iso).body()).isEqualTo(content);
        assertThat(get(iso).header("ETag")).isEqualTo(etag);
        assertThat(get(floppy).status()).isEqualTo(200);
        clock.advance(TTL);
        assertThat(get(floppy).status()).isEqualTo(403);
        assertThat(publisher.exists(NAME)).isFalse();
        assertThat(get(iso).status()).isEqualTo(200);
    }

    @Test
    void refuses_the_urls_of_another_key() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, TTL);
        publisher.close();
        Files.delete(folder.resolve("published/url.key"));
        publisher = new LocalPublisher(options(0), clock).start();
        assertThat(get(url).status()).isEqualTo(403);
    }

    @Test
    void logs_who_fetched_how_much() throws IOException {
        FetchLog log = publisher.fetchLog().orElseThrow();
        SignedUrl url = publisher.publish(NAME, file, TTL);
        SignedUrl unused = publisher.sign(NAME, TTL);
        assertThat(log.since()).isEqualTo(ManualClock.START);
        assertThat(log.of(NAME)).isEmpty();
        ask("HEAD", url.uri());
        clock.advance(Duration.ofSeconds(3));
        get(url, "Range: bytes=0-499");
        Fetched fetched = new Fetched(ManualClock.START, ManualClock.START.plusSeconds(3), 2, 500, "127.0.0.1");
        // the last bytes reach the client a moment before the server has counted them
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(log.of(NAME)).contains(fetched));
        assertThat(log.of(url.uri())).contains(fetched);
        assertThat(log.of(unused.uri())).isEmpty();
        publisher.publish(NAME, file, TTL);
        assertThat(log.of(NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a b", "a;b", "a\u0000b", "ä", "a\n"})
    void refuses_names_that_are_not_one_harmless_component(String name) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> publisher.publish(name, file, TTL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidParameterValue"));
    }

    @Test
    void refuses_symbolic_links_folders_and_devices() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        for (Path bad : new Path[] {link, folder, Path.of("/dev/zero"), folder.resolve("absent")}) {
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> publisher.store(NAME, bad))
                    .withMessageContaining(bad.toString());
        }
        assertThat(stored()).isZero();
        assertThat(publisher.exists(NAME)).isFalse();
    }

    @Test
    void refuses_a_life_that_is_over() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> publisher.publish(NAME, file, Duration.ZERO))
                .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidParameterValue"));
    }

    @Test
    void keeps_the_directory_for_itself() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> new LocalPublisher(options(0), clock))
                .withMessageContaining("another publisher");
    }

    @Test
    void keeps_its_key_from_others() throws IOException {
        Path key = folder.resolve("published/url.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        Path objects = folder.resolve("published/objects");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(objects)))
                .isEqualTo("rwx------");
        publisher.close();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> new LocalPublisher(options(0), clock))
                .withMessageContaining("chmod 600");
    }

    @Test
    void cleans_up_what_a_crash_left() throws IOException {
        publisher.store(NAME, file);
        publisher.close();
        Path objects = folder.resolve("published/objects");
        Files.writeString(objects.resolve(".new-123"), "half");
        Files.writeString(objects.resolve(NAME + ";1;never"), "older");
        publisher = new LocalPublisher(options(0), clock).start();
        assertThat(get(publisher.sign(NAME, TTL)).body()).isEqualTo(content);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void uses_the_external_url_with_or_without_its_path() throws IOException {
        URI inside = publisher.baseUrl();
        publisher.close();
        URI external = URI.create("https://media.example.org:8443/vmedia");
        publisher = new LocalPublisher(options(inside.getPort()).withExternalUrl(external), clock).start();
        SignedUrl url = publisher.publish(NAME, file, TTL);
        assertThat(publisher.baseUrl()).isEqualTo(URI.create(external + "/"));
        assertThat(url.uri().toString()).startsWith("https://media.example.org:8443/vmedia/");
        URI stripped = URI.create(url.uri().getRawPath().replaceFirst("^/vmedia", ""));
        try (RawHttp http = new RawHttp(inside)) {
            assertThat(http.ask("GET", url.uri()).status()).isEqualTo(200);
            assertThat(http.ask("GET", stripped).status()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(publisher
                        .fetchLog()
                        .orElseThrow()
                        .of(url.uri())
                        .orElseThrow()
                        .requests())
                .isEqualTo(2));
    }

    @Test
    void needs_an_external_url_behind_a_wildcard() throws IOException {
        LocalPublisherOptions anywhere = LocalPublisherOptions.defaults(folder.resolve("second"), "0.0.0.0", 0);
        try (LocalPublisher second = new LocalPublisher(anywhere, clock)) {
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(second::start)
                    .withMessageContaining("publisher.local.external_url");
        }
    }

    @Test
    void says_which_address_is_taken() throws IOException {
        int taken = publisher.baseUrl().getPort();
        LocalPublisherOptions same = LocalPublisherOptions.defaults(folder.resolve("second"), "127.0.0.1", taken);
        try (LocalPublisher second = new LocalPublisher(same, clock)) {
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(second::start)
                    .withMessageContaining("127.0.0.1:" + taken);
        }
    }

    private String reason() {
        return publisher.fetchLog().orElseThrow().refusal(NAME).orElseThrow().reason();
    }

    private long stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("published/objects"))) {
            return files.count();
        }
    }

    private String latin1(int from, int to) {
        return new String(Arrays.copyOfRange(content, from, to), StandardCharsets.ISO_8859_1);
    }

    private static String signature(SignedUrl url) {
        String path = url.uri().getRawPath();
        return path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
    }

    @Test
    void publishers_that_share_a_directory_serve_what_any_of_them_has() throws IOException {
        LocalPublisherOptions together = LocalPublisherOptions.defaults(folder.resolve("together"), "127.0.0.1", 0)
                .withSharedDirectory();
        try (LocalPublisher one = new LocalPublisher(together, clock).start();
                LocalPublisher two = new LocalPublisher(together, clock).start()) {
            SignedUrl url = one.publish(NAME, file, TTL);
            assertThat(two.exists(NAME)).isTrue();
            assertThat(two.list("image-")).hasSize(1);
            assertThat(at(two, url.uri()).body()).isEqualTo(content);

            Path other = Files.writeString(folder.resolve("other"), "other");
            two.publish(NAME, other, TTL);
            assertThat(at(one, url.uri()).body()).asString().isEqualTo("other");
            assertThat(objectsIn(folder.resolve("together"))).hasSize(1);

            one.remove(NAME);
            assertThat(two.exists(NAME)).isFalse();
            assertThat(at(two, url.uri()).status()).isEqualTo(404);
            assertThat(objectsIn(folder.resolve("together"))).isEmpty();

            clock.advance(Duration.ofMinutes(1));
            two.store(NAME, file);
            assertThat(one.exists(NAME)).isTrue();
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> new LocalPublisher(
                            LocalPublisherOptions.defaults(folder.resolve("together"), "127.0.0.1", 0), clock))
                    .withMessageContaining("publisher.local.shared");
        }
    }

    private static Stream<Path> objectsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("objects"))) {
            return files.toList().stream();
        }
    }

    /** What another publisher answers to a URL of the first: behind one address, either may be asked. */
    private static Answer at(LocalPublisher publisher, URI uri) throws IOException {
        try (RawHttp http = new RawHttp(publisher.baseUrl())) {
            return http.ask("GET", uri);
        }
    }
}
