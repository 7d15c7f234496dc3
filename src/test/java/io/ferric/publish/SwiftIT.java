package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.ferric.publish.SwiftOptions.KeyCreation;
import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.Scope;
import io.ferric.testkit.Fault;
import io.ferric.testkit.FaultProxy;
import io.ferric.testkit.OpenStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.AdditionalAnswers;

/** {@link SwiftApi} against a real Swift, some of it through a proxy that does wrong. */
class SwiftIT {
    private static final int SIZE = 100_000;
    private static final String NAME = "boot a&b%.iso";

    private static OpenStack cloud;

    @TempDir
    Path folder;

    private final String container = "swift-it-" + UUID.randomUUID();
    private final HttpClient bmc = HttpClient.newHttpClient();
    private FaultProxy proxy;
    private Keystone keystone;
    private ObjectStore store;
    private byte[] content;
    private Path file;

    @BeforeAll
    static void start() {
        cloud = OpenStack.shared();
    }

    @BeforeEach
    void prepare() throws IOException {
        proxy = FaultProxy.before(cloud.swiftUrl());
        OpenStack.User user = cloud.ferric();
        keystone = Keystone.session(
                Credentials.of(cloud.authUrl(), user.name(), user.password(), user.project()),
                KeystoneOptions.defaults()
                        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10))
                        .withEndpoint("object-store", proxy.through(cloud.swiftUrl())),
                Clock.systemUTC());
        store = keystone.objectStore();
        content = new byte[SIZE];
        new Random(5).nextBytes(content);
        file = Files.write(folder.resolve("f"), content);
    }

    @AfterEach
    void tidy() throws IOException {
        proxy.heal();
        for (Publisher.Published each : store.listObjects(container, "")) {
            store.deleteObject(container, each.name());
        }
        keystone.close();
        proxy.close();
    }

    private SwiftApi swift(SwiftOptions options) {
        return new SwiftApi(store, options, Clock.systemUTC(), pause -> {}, new Random());
    }

    private SwiftApi swift() {
        return swift(SwiftOptions.defaults());
    }

    private static SwiftOptions pieces() {
        return SwiftOptions.defaults().withSegmentSize(30_000);
    }

    private HttpResponse<byte[]> fetch(URI url) throws IOException, InterruptedException {
        return bmc.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> fetch(SwiftApi api) throws IOException, InterruptedException {
        return fetch(api.getTempUrl(container, NAME, Duration.ofMinutes(5)).uri());
    }

    @Test
    void an_upload_cut_at_every_tenth_is_whole_after_a_retry() throws Exception {
        SwiftApi api = swift();
        for (int tenth = 0; tenth < 10; tenth++) {
            new Random(tenth).nextBytes(content);
            Files.write(file, content);
            proxy.fault(Fault.cutUp(tenth * (SIZE / 10L)).on("PUT " + path()), 1);
            api.uploadObject(container, NAME, file, UploadOptions.defaults());
            assertThat(proxy.strikes()).as("cut at tenth %d", tenth).isEqualTo(1);
            assertThat(fetch(api).body()).isEqualTo(content);
        }
    }

    @Test
    void an_upload_that_is_cut_for_good_leaves_the_old_object_and_a_clear_error() throws Exception {
        SwiftApi api = swift(SwiftOptions.defaults().withMaxRetries(0));
        api.uploadObject(container, NAME, file, UploadOptions.defaults());
        Files.writeString(file, "x".repeat(SIZE));
        for (int tenth = 0; tenth < 10; tenth++) {
            proxy.fault(Fault.cutUp(tenth * (SIZE / 10L)).on("PUT " + path()), 1);
            SwiftApiTest.assertSwiftError(
                    () -> api.uploadObject(container, NAME, file, UploadOptions.defaults()),
                    "put object",
                    container,
                    NAME);
        }
        proxy.heal();
        assertThat(fetch(api).body()).isEqualTo(content);
    }

    private String path() {
        return cloud.swiftUrl().getRawPath() + "/" + container + "/";
    }

    @Test
    void statuses_of_a_real_request_are_named_with_their_cure() throws IOException {
        SwiftApi api = swift(SwiftOptions.defaults().withMaxRetries(0));
        api.uploadObject(container, NAME, file, UploadOptions.defaults());
        for (int status : new int[] {401, 403, 404, 408, 413, 422, 429, 500, 503, 507}) {
            proxy.fault(Fault.answer(status).on("PUT " + path()));
            SwiftApiTest.assertSwiftError(
                    () -> api.uploadObject(
                            container, NAME, file, UploadOptions.defaults().withCreateContainer(false)),
                    "put object",
                    container,
                    NAME,
                    "HTTP " + status);
        }
    }

    @Test
    void a_large_object_comes_back_whole_and_its_segments_go_with_it() throws Exception {
        SwiftApi api = swift(pieces());
        api.uploadObject(
                container,
                NAME,
                file,
                UploadOptions.defaults()
                        .withDeleteAfter(Duration.ofHours(1))
                        .withAnnotations(Map.of("usage_count", "1")));
        assertThat(fetch(api).body()).isEqualTo(content);
        assertThat(store.listObjects(container, "")).hasSize(5);
        assertThat(api.listObjects(container, "")).extracting("name").containsExactly(NAME);
        api.updateObjectMetadata(container, NAME, Map.of("usage_count", "2"));
        assertThat(api.objectMetadata(container, NAME)).containsEntry("usage_count", "2");
        assertThat(api.headObject(container, NAME).orElseThrow()).containsKeys("x-delete-at", "x-static-large-object");
        assertThat(fetch(api).body()).isEqualTo(content);
        swift().uploadObject(container, NAME, file, UploadOptions.defaults());
        assertThat(store.listObjects(container, "")).hasSize(1);
        api.uploadObject(container, NAME, file, UploadOptions.defaults());
        api.deleteObject(container, NAME);
        assertThat(store.listObjects(container, "")).isEmpty();
    }

    @Test
    void a_token_revoked_between_segments_is_renewed() throws Exception {
        SwiftApi api = swift(pieces());
        AtomicBoolean revoked = new AtomicBoolean();
        ObjectStore watched = mock(ObjectStore.class, AdditionalAnswers.delegatesTo(store));
        doAnswer(put -> {
                    if (revoked.compareAndSet(false, true)) {
                        cloud.revoke(keystone.token());
                    }
                    return store.putObject(
                            put.getArgument(0), put.getArgument(1), put.getArgument(2), put.getArgument(3));
                })
                .when(watched)
                .putObject(any(), endsWith("00000001"), any(), any());
        SwiftApi victim = new SwiftApi(watched, pieces(), Clock.systemUTC(), pause -> {}, new Random());
        victim.uploadObject(container, NAME, file, UploadOptions.defaults());
        assertThat(revoked).isTrue();
        assertThat(fetch(api).body()).isEqualTo(content);
    }

    @Test
    void every_digest_is_served_and_ip_range_and_prefix_bind() throws Exception {
        swift().uploadObject(container, NAME, file, UploadOptions.defaults());
        swift().uploadObject(container, "other.iso", file, UploadOptions.defaults());
        for (Digest digest : Digest.values()) {
            assertThat(fetch(swift(SwiftOptions.defaults().withTempUrlDigest(digest)))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(fetch(swift(scope(Scope.object().withIpRange("127.0.0.0/8"))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fetch(swift(scope(Scope.object().withIpRange("10.1.0.0/24"))))
                        .statusCode())
                .isEqualTo(401);
        URI prefixed = swift(scope(Scope.object().withPrefix(true)))
                .getTempUrl(container, NAME, Duration.ofMinutes(5))
                .uri();
        assertThat(fetch(prefixed).statusCode()).isEqualTo(200);
        String encoded = UrlPath.encode(NAME);
        swift().uploadObject(container, NAME + ".sha256", file, UploadOptions.defaults());
        URI plain = swift().getTempUrl(container, NAME, Duration.ofMinutes(5)).uri();
        for (URI url : List.of(prefixed, plain)) {
            assertThat(fetch(URI.create(url.toString().replaceFirst(encoded + "\\?", encoded + ".sha256?")))
                            .statusCode())
                    .isEqualTo(url.equals(prefixed) ? 200 : 401);
        }
        assertThat(fetch(URI.create(prefixed.toString().replaceFirst(encoded + "\\?", "other.iso?")))
                        .statusCode())
                .isEqualTo(401);
    }

    private static SwiftOptions scope(Scope scope) {
        return SwiftOptions.defaults().withTempUrlScope(scope);
    }

    @Test
    void a_container_s_own_key_is_made_and_opens_large_objects_too() throws Exception {
        OpenStack.User demo = cloud.demo();
        try (Keystone session = Keystone.session(
                Credentials.of(cloud.authUrl(), demo.name(), demo.password(), demo.project()),
                KeystoneOptions.defaults(),
                Clock.systemUTC())) {
            SwiftApi api = new SwiftApi(
                    session.objectStore(),
                    pieces().withKeyCreation(KeyCreation.CONTAINER),
                    Clock.systemUTC(),
                    pause -> {},
                    new Random());
            api.uploadObject(container, NAME, file, UploadOptions.defaults());
            assertThat(fetch(api).body()).isEqualTo(content);
            assertThat(session.objectStore().headContainer(container).orElseThrow())
                    .containsKey("x-container-meta-temp-url-key");
            api.deleteObject(container, NAME);
        }
    }

    @Test
    void a_reader_is_told_which_role_is_missing() throws IOException {
        OpenStack.User observer = cloud.observer();
        SwiftApi api = new SwiftApi(observer.name(), observer.project(), observer.password(), cloud.authUrl());
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> api.uploadObject(container, NAME, file, UploadOptions.defaults()))
                .withMessageContainingAll("HTTP 403", "operator_roles");
    }

    @Test
    void an_object_published_expires_and_its_metadata_update_keeps_that() throws IOException {
        SwiftPublisher publisher = new SwiftPublisher(swift(), container);
        publisher.publish("image-1.img", file, Duration.ofMinutes(10));
        String at = swift().headObject(container, "image-1.img").orElseThrow().get("x-delete-at");
        publisher.annotate("image-1.img", Map.of("usage_count", "3"));
        assertThat(swift().headObject(container, "image-1.img").orElseThrow())
                .containsEntry("x-delete-at", at)
                .containsEntry("x-object-meta-usage-count", "3");
        publisher.remove("image-1.img");
        publisher.remove("image-1.img");
    }
}
