package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.publish.SwiftOptions.KeyCreation;
import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import io.ferric.publish.connector.ConnectionFault;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwiftApiTest {
    private static final String CONTAINER = "isos";
    private static final String NAME = "boot-1.iso";
    private static final String PUT = "PUT isos/boot-1.iso";
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592"; // of "hello"

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final ManualClock clock = new ManualClock();
    private final List<Duration> pauses = new ArrayList<>();
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("f"), "hello");
    }

    private SwiftApi swift(SwiftOptions options) {
        return new SwiftApi(store, options, clock, pauses::add, new Random(1));
    }

    private final SwiftApi swift = swift(SwiftOptions.defaults());

    private String upload(SwiftApi api) throws PublishException {
        return api.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults());
    }

    private static IOException lost() {
        ConnectionFault fault = mock(ConnectionFault.class);
        when(fault.mayPass()).thenReturn(true);
        when(fault.getMessage()).thenReturn("the connection broke");
        return fault;
    }

    private static Refusal status(int status) {
        return new Refusal(status, Map.of("x-trans-id", "tx42"));
    }

    @Test
    void makes_the_container_once_and_puts_the_object_and_returns_its_id() throws IOException {
        assertThat(upload(swift)).isEqualTo(MD5);
        assertThat(upload(swift)).isEqualTo(MD5);
        assertThat(store.requests)
                .containsExactly(
                        "GET /info", "HEAD isos", "PUT isos", "HEAD isos/boot-1.iso", PUT, "HEAD isos/boot-1.iso", PUT);
        assertThat(store.objects.get("isos/boot-1.iso")).asString().isEqualTo("hello");
    }

    @Test
    void sets_expiry_and_annotations_in_the_put_itself() throws IOException {
        UploadOptions options = UploadOptions.defaults()
                .withDeleteAfter(Duration.ofMillis(899_500))
                .withAnnotations(Map.of("usage_count", "1"));
        swift.uploadObject(CONTAINER, NAME, file, options);
        assertThat(store.heads.get("isos/boot-1.iso"))
                .containsEntry("x-delete-after", "900")
                .containsEntry("x-object-meta-usage-count", "1")
                .containsEntry("etag", MD5);
        assertThat(swift.objectMetadata(CONTAINER, NAME)).isEqualTo(Map.of("usage_count", "1"));
    }

    @Test
    void names_the_container_that_is_missing_and_may_not_be_made() {
        assertSwiftError(
                () -> swift.uploadObject(
                        CONTAINER, NAME, file, UploadOptions.defaults().withCreateContainer(false)),
                "'head container'",
                "container isos",
                "publisher.swift.create_container");
        assertThat(store.requests).noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void makes_a_container_again_that_somebody_deleted() throws IOException {
        upload(swift);
        store.containers.clear();
        assertThat(upload(swift)).isEqualTo(MD5);
    }

    @Test
    void warns_of_a_container_that_everybody_can_read() throws IOException {
        store.containers.put(CONTAINER, Map.of("x-container-read", ".rlistings, .r:*"));
        Containers containers = new Containers(new Swift(
                store,
                SwiftOptions.defaults(),
                new Retries(0, pauses::add, new Random(1), clock),
                new SwiftClock(clock)));
        containers.require(CONTAINER, false);
        assertThat(containers.exposed(CONTAINER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 498, 500, 502, 503, 504, 507})
    void tries_again_what_may_pass(int status) throws IOException {
        store.failing(PUT, status(status)).failing(PUT, lost());
        assertThat(upload(swift)).isEqualTo(MD5);
        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void gives_up_after_as_many_tries_as_it_was_told() {
        store.failing(PUT, lost()).failing(PUT, lost()).failing(PUT, lost());
        assertSwiftError(() -> upload(swift), "'put object'", "isos", "boot-1.iso", "5 bytes", "the connection broke");
        assertThat(pauses).hasSize(2);
        assertThat(store.objects).isEmpty();
        store.failing(PUT, lost());
        pauses.clear();
        assertSwiftError(() -> upload(swift(SwiftOptions.defaults().withMaxRetries(0))), "the connection broke");
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, HTTP 400",
        "401, does not accept the token",
        "403, operator_roles",
        "413, max_file_size",
        "422, damages",
    })
    void does_not_repeat_a_refusal_and_names_its_cure(int status, String cure) {
        store.failing(PUT, status(status));
        assertSwiftError(() -> upload(swift), "'put object'", "isos", "boot-1.iso", "HTTP " + status + " (tx42)", cure);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500, log", "503, overloaded", "507, full", "429, ratelimit", "408, client_timeout"})
    void names_the_cure_of_what_did_not_pass(int status, String cure) {
        store.failing(PUT, status(status));
        assertSwiftError(
                () -> upload(swift(SwiftOptions.defaults().withMaxRetries(0))), "isos", "HTTP " + status, cure);
    }

    @Test
    void waits_as_long_as_swift_asks_but_not_for_ever() throws IOException {
        store.failing(PUT, new Refusal(503, Map.of("retry-after", "20")))
                .failing(PUT, new Refusal(429, Map.of("retry-after", "86400")));
        upload(swift);
        assertThat(pauses).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(60));
        assertThat(new Refusal(503, Map.of("retry-after", "Sun, 22 Nov 2026 12:00:30 GMT")).retryAfter(clock))
                .contains(Duration.between(ManualClock.START, java.time.Instant.parse("2026-11-22T12:00:30Z")));
        assertThat(new Refusal(503, Map.of("retry-after", "soon")).retryAfter(clock))
                .isEmpty();
    }

    @Test
    void notices_that_the_file_changed_before_the_next_try() {
        SwiftApi api = new SwiftApi(
                store, SwiftOptions.defaults(), clock, pause -> Files.writeString(file, "hello again"), new Random(1));
        store.failing(PUT, status(503));
        assertSwiftError(() -> upload(api), "changed");
        assertThat(store.objects).isEmpty();
    }

    @Test
    void says_when_the_file_is_missing() {
        assertSwiftError(
                () -> swift.uploadObject(CONTAINER, NAME, folder.resolve("absent"), UploadOptions.defaults()),
                "cannot be read",
                "NoSuchFile");
    }

    @Test
    void deletes_an_object_also_when_the_answer_was_lost() throws IOException {
        upload(swift);
        store.losing("DELETE isos/boot-1.iso", status(503));
        swift.deleteObject(CONTAINER, NAME);
        assertThat(store.objects).isEmpty();
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> swift.deleteObject(CONTAINER, NAME))
                .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftObjectNotFound"));
    }

    @Test
    void keeps_expiry_and_other_metadata_when_it_updates_some() throws IOException {
        upload(swift);
        store.heads.put(
                "isos/boot-1.iso",
                new HashMap<>(Map.of(
                        "x-object-meta-usage-count", "1",
                        "x-object-meta-other", "stays",
                        "x-delete-at", "1795350000",
                        "content-length", "5",
                        "etag", MD5)));
        swift.updateObjectMetadata(CONTAINER, NAME, Map.of("Usage_Count", "2"));
        assertThat(store.heads.get("isos/boot-1.iso"))
                .isEqualTo(Map.of(
                        "x-object-meta-usage-count", "2",
                        "x-object-meta-other", "stays",
                        "x-delete-at", "1795350000"));
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> swift.updateObjectMetadata(CONTAINER, "absent.iso", Map.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ü", "a\r\nX-Container-Read", ""})
    void refuses_annotations_that_are_no_headers(String name) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> Annotations.toHeaders(Map.of(name, "x")))
                .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidParameterValue"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> Annotations.toHeaders(Map.of("x", "a\r\nb")));
    }

    @Test
    void signs_with_the_account_s_key_and_the_digest_the_server_allows() throws IOException {
        store.account.put("x-account-meta-temp-url-key", "key");
        store.info = Optional.of(new SwiftInfo(List.of("sha512", "sha1"), 1, 1));
        SignedUrl url = swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        assertThat(url)
                .isEqualTo(TempUrl.sign(
                        URI.create("http://swift:8080/v1/AUTH_x"),
                        CONTAINER,
                        NAME,
                        new SigningKey("key", Digest.SHA512),
                        ManualClock.START.plusSeconds(900)));
        swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        assertThat(store.requests).containsExactly("HEAD account", "GET /info", "HEAD account");
        clock.advance(Duration.ofHours(2));
        swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        assertThat(store.requests).endsWith("HEAD account", "GET /info");
    }

    @Test
    void takes_the_second_key_and_the_container_s() throws IOException {
        store.account.put("x-account-meta-temp-url-key-2", "second");
        assertThat(keyOf(swift)).isEqualTo("second");
        store.account.clear();
        store.containers.put(CONTAINER, Map.of("x-container-meta-temp-url-key", "its own"));
        assertThat(keyOf(swift)).isEqualTo("its own");
        store.failing("HEAD account", status(403));
        assertThat(keyOf(swift)).isEqualTo("its own");
    }

    /** Tells a key by its signature. */
    private String keyOf(SwiftApi api) throws PublishException {
        String url =
                api.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)).uri().toString();
        for (String key : List.of("second", "its own", "the winner's")) {
            SignedUrl expected = TempUrl.sign(
                    store.storageUrl(),
                    CONTAINER,
                    NAME,
                    new SigningKey(key, Digest.SHA256),
                    ManualClock.START.plusSeconds(1));
            if (expected.uri().toString().equals(url)) {
                return key;
            }
        }
        return "another one";
    }

    @Test
    void makes_a_key_where_it_is_allowed_and_takes_what_won() throws IOException {
        store.containers.put(CONTAINER, new HashMap<>());
        assertSwiftError(
                () -> swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)),
                "Temp-URL-Key",
                "create_temp_url_key",
                "isos");
        SwiftApi container = swift(SwiftOptions.defaults().withKeyCreation(KeyCreation.CONTAINER));
        assertThat(keyOf(container)).isEqualTo("another one");
        assertThat(store.containers.get(CONTAINER).get("x-container-meta-temp-url-key"))
                .matches("[A-Za-z0-9_-]{43}");
        store.containers.clear();
        SwiftApi account = new SwiftApi(
                store,
                SwiftOptions.defaults().withKeyCreation(KeyCreation.ACCOUNT),
                clock,
                pause -> store.account.put("x-account-meta-temp-url-key", "the winner's"),
                new Random(1));
        assertThat(keyOf(account)).isEqualTo("the winner's");
    }

    @Test
    void signs_with_configured_key_and_digest_without_asking() throws IOException {
        SwiftOptions options = SwiftOptions.defaults().withTempUrlKey("mine").withTempUrlDigest(Digest.SHA1);
        assertThat(options.toString()).doesNotContain("mine");
        SignedUrl url = swift(options).getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1));
        assertThat(url.uri().getQuery()).matches("temp_url_sig=[0-9a-f]{40}&temp_url_expires=\\d+");
        assertThat(store.requests).isEmpty();
    }

    @Test
    void says_when_no_digest_is_common() {
        store.account.put("x-account-meta-temp-url-key", "key");
        store.info = Optional.of(new SwiftInfo(List.of("md5"), 1, 1));
        assertSwiftError(() -> swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)), "[md5]");
    }

    @ParameterizedTest
    @CsvSource({"90, 990, true", "-90, 810, true", "30, 930, false", "1, 900, false"})
    void signs_by_swift_s_clock_where_it_differs(int ahead, int expires, boolean warned) {
        SwiftClock time = new SwiftClock(clock);
        time.heard(Map.of(
                "date",
                java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ManualClock.START.plusSeconds(ahead).atOffset(java.time.ZoneOffset.UTC))));
        assertThat(Duration.ofSeconds(900).plus(time.ahead())).isEqualTo(Duration.ofSeconds(expires));
        assertThat(time.warned()).isEqualTo(warned);
        time.heard(Map.of("date", "yesterday"));
    }

    @Test
    void lets_swift_s_clock_decide_when_the_url_ends() throws IOException {
        String date = java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ManualClock.START.plusSeconds(600).atOffset(java.time.ZoneOffset.UTC));
        store.account.putAll(Map.of("x-account-meta-temp-url-key", "key", "date", date));
        SignedUrl url = swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        assertThat(url.uri().getQuery())
                .contains("temp_url_expires="
                        + ManualClock.START.plusSeconds(1500).getEpochSecond());
        assertThat(url.expires()).isEqualTo(ManualClock.START.plusSeconds(900));
    }

    @Test
    void shows_no_key_in_any_error() {
        store.account.put("x-account-meta-temp-url-key", "geheim");
        store.failing("GET /info", status(500))
                .failing("GET /info", status(500))
                .failing("GET /info", status(500));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("geheim"));
    }

    static void assertSwiftError(ThrowingCallable call, String... texts) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(call)
                .withMessageContainingAll(texts)
                .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftOperationError"));
    }

    @Test
    void refuses_names_that_would_mean_another_request() {
        for (String[] names : new String[][] {{"isos", ""}, {"", "boot.iso"}, {"isos/other", "boot.iso"}}) {
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> swift.deleteObject(names[0], names[1]))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(PublishException.INVALID_PARAMETER_VALUE));
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> swift.getTempUrl(names[0], names[1], Duration.ofMinutes(1)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(PublishException.INVALID_PARAMETER_VALUE));
        }
    }
}
