package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ferric.publish.connector.Body;
import io.ferric.publish.connector.ScriptedServer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.openstack.internal.OSClientSession;

@Timeout(60)
class KeystoneSessionTest {
    private static final String CONTAINER = "ironic_ilo_container";
    private static final String PATH = "/v1/AUTH_p/ironic_ilo_container/";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private FakeOpenStack cloud;
    private Keystone keystone;
    private SwiftApi swift;
    private byte[] content;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        cloud = new FakeOpenStack();
        keystone = session(credentials());
        swift = new SwiftApi(keystone.objectStore(), SwiftOptions.defaults().withMaxRetries(0), clock);
        content = new byte[3_000_000];
        new Random(3).nextBytes(content);
        file = Files.write(folder.resolve("f"), content);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Credentials credentials() {
        return Credentials.of(cloud.url("/v3"), "admin", "geheim", "service");
    }

    private static KeystoneOptions options() {
        return KeystoneOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    private Keystone session(Credentials who) throws PublishException {
        return Keystone.session(who, options(), clock);
    }

    private Keystone session(KeystoneOptions how) throws PublishException {
        return Keystone.session(credentials(), how, clock);
    }

    private String upload(String name) throws PublishException {
        return swift.uploadObject(
                CONTAINER, name, file, UploadOptions.defaults().withDeleteAfter(Duration.ofSeconds(900)));
    }

    @Test
    void uploads_with_length_checksum_and_expiry() throws IOException {
        assertThat(upload("image-1.img")).isEqualTo(FakeOpenStack.md5(content));
        assertThat(cloud.objects.get(PATH + "image-1.img")).isEqualTo(content);
        assertThat(cloud.heads.get(PATH + "image-1.img"))
                .containsEntry("Content-length", List.of("3000000"))
                .containsEntry("Etag", List.of(FakeOpenStack.md5(content)))
                .containsEntry("X-delete-after", List.of("900"));
        assertThat(cloud.requests)
                .containsExactly(
                        "GET /v1/AUTH_p/ironic_ilo_container",
                        "PUT /v1/AUTH_p/ironic_ilo_container",
                        "HEAD " + PATH + "image-1.img",
                        "PUT " + PATH + "image-1.img");
    }

    @Test
    void stores_the_whole_object_when_the_token_was_revoked_meanwhile() throws IOException {
        upload("first");
        cloud.goodToken = "revoked";
        swift.uploadObject(CONTAINER, "second", file, UploadOptions.defaults().withCreateContainer(false));
        assertThat(cloud.objects.get(PATH + "second")).isEqualTo(content);
        assertThat(cloud.logins).hasValue(2);
    }

    @Test
    void logs_in_once_for_many_threads_and_again_before_the_token_expires() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<Future<Optional<Map<String, String>>>> heads = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            heads.add(pool.submit(() -> swift.headObject(CONTAINER, "x")));
        }
        for (Future<?> head : heads) {
            head.get();
        }
        pool.shutdown();
        assertThat(cloud.logins).hasValue(1);
        clock.advance(Duration.ofMinutes(59));
        swift.headObject(CONTAINER, "x");
        assertThat(cloud.logins).hasValue(2);
    }

    @Test
    void keeps_one_connection_for_requests_in_a_row() throws IOException {
        for (int i = 0; i < 10; i++) {
            swift.headObject(CONTAINER, "x");
        }
        upload("y");
        assertThat(cloud.connections).hasSize(1);
    }

    @Test
    void leaves_no_session_on_the_thread() throws IOException {
        swift.headObject(CONTAINER, "x");
        assertThat(OSClientSession.getCurrent()).isNull();
    }

    @Test
    void encodes_names() throws IOException {
        upload("a b?c#d%ä");
        assertThat(cloud.objects).containsKey(PATH + "a b?c#d%ä");
        assertThat(swift.headObject(CONTAINER, "a b?c#d%ä")).isPresent();
    }

    @Test
    void keeps_the_expiry_when_it_updates_metadata() throws IOException {
        upload("x");
        cloud.heads.get(PATH + "x").set("X-Delete-At", "1795350000");
        cloud.heads.get(PATH + "x").set("X-Object-Meta-Other", "stays");
        swift.updateObjectMetadata(CONTAINER, "x", Map.of("usage_count", "2"));
        assertThat(swift.headObject(CONTAINER, "x").orElseThrow())
                .containsEntry("x-delete-at", "1795350000")
                .containsEntry("x-object-meta-other", "stays")
                .containsEntry("x-object-meta-usage-count", "2");
    }

    @Test
    void tells_absent_from_refused() throws IOException {
        assertThat(swift.headObject(CONTAINER, "absent")).isEmpty();
        assertThatExceptionOfType(NoSuchObject.class).isThrownBy(() -> swift.deleteObject(CONTAINER, "absent"));
        for (int status : new int[] {403, 507, 301}) {
            cloud.failWith = status;
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> upload("x"))
                    .withMessageContainingAll("Swift operation '", CONTAINER, "HTTP " + status)
                    .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftOperationError"));
        }
    }

    @Test
    void signs_what_swift_will_accept() throws IOException {
        SignedUrl url = swift.getTempUrl(CONTAINER, "x.iso", Duration.ofMinutes(1));
        assertThat(url.uri().toString())
                .startsWith(cloud.url(PATH + "x.iso?temp_url_sig=").toString());
        assertThat(url.uri().getQuery()).matches("temp_url_sig=[0-9a-f]{128}&temp_url_expires=\\d+");
    }

    @Test
    void learns_of_a_dead_token_although_the_front_end_closes_on_the_upload() throws IOException {
        byte[] large = new byte[20_000_000];
        AtomicReference<byte[]> stored = new AtomicReference<>(new byte[0]);
        try (FakeKeystone login = new FakeKeystone();
                ScriptedServer front = new ScriptedServer((request, out) -> {
                    if (!request.headers().get("x-auth-token").equals("token-1")) {
                        stored.set(request.content());
                        return ScriptedServer.say(out, "201 Created", "", new byte[0]);
                    }
                    if (request.line().startsWith("HEAD ")) {
                        return ScriptedServer.say(out, "401 Unauthorized", "", new byte[0]);
                    }
                    request.socket().setSoLinger(true, 0); // the answer is lost with the rest
                    return false;
                });
                KeystoneSession session = KeystoneSession.open(
                        Credentials.of(login.url(), "ferric", "geheim", "service"),
                        options().withEndpoint("object-store", front.url("/v1/AUTH_p")),
                        clock)) {
            KeystoneSession.Call upload =
                    new KeystoneSession.Call(HttpMethod.PUT, "/c/o", Map.of(), Optional.of(Body.of(large)));
            try (HttpResponse answer = session.send("object-store", upload)) {
                assertThat(answer.getStatus()).isEqualTo(201);
            }
            assertThat(stored.get()).hasSize(large.length);
            assertThat(login.logins).hasValue(2);
        }
    }

    @Test
    void reads_info_in_all_its_forms() throws IOException {
        ObjectStore store = keystone.objectStore();
        assertThat(store.info().map(SwiftInfo::tempUrlDigests)).contains(List.of("sha1", "sha512"));
        cloud.info = "{\"swift\": {}}";
        assertThat(store.info().map(SwiftInfo::tempUrlDigests)).contains(List.of());
        cloud.info = "";
        assertThat(store.info()).isEmpty();
        cloud.info = "<html>";
        assertThatExceptionOfType(IOException.class).isThrownBy(store::info);
    }

    @Test
    void gives_up_on_a_service_that_says_nothing() throws IOException {
        swift.headObject(CONTAINER, "x");
        cloud.silent = true;
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> swift.headObject(CONTAINER, "x"))
                .withMessageContaining("no answer in time");
    }

    @Test
    void says_what_keystone_refused_without_the_key() throws IOException {
        Keystone wrong = session(Credentials.of(cloud.url("/v3"), "admin", "falsch", "service"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(wrong::token)
                .withMessageContaining("refuses the user admin of service")
                .satisfies(e -> assertThat(e.code()).isEqualTo("KeystoneFailure"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("falsch"));
        Keystone nowhere = session(Credentials.of(URI.create("http://127.0.0.1:1/v3"), "admin", "geheim", "service"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> nowhere.objectStore().storageUrl())
                .withMessageContaining("http://127.0.0.1:1/v3");
    }

    @Test
    void chooses_the_region() throws IOException {
        assertThat(session(options().withRegion("RegionTwo")).objectStore().storageUrl())
                .isEqualTo(cloud.url("/v1/AUTH_two"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() ->
                        session(options().withRegion("Mars")).objectStore().storageUrl())
                .withMessageContaining("no object-store service in region Mars")
                .withMessageContaining("regions there: RegionOne, RegionTwo");
    }

    @Test
    void shows_and_downloads_images() throws IOException {
        GlanceImages images = new GlanceImages(keystone.imageCatalog(), GlanceOptions.defaults(), clock);
        GlanceImage image = images.show(FakeOpenStack.IMAGE);
        assertThat(image.size()).hasValue(5);
        assertThat(image.checksum()).contains("sha512:ab");
        assertThat(image.property("kernel_id")).contains("k");
        assertThat(image.property("checksum")).isEmpty();
        try (InputStream in = images.download(FakeOpenStack.IMAGE)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("hello");
        }
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images.show("00000000-2856-4bd2-bb20-9a4a231e187b"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("ImageNotFound"));
    }
}
