package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.ferric.testkit.Fault;
import io.ferric.testkit.FaultProxy;
import io.ferric.testkit.OpenStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images of a real Glance, which keeps them in a real Swift; a proxy between makes what goes wrong. */
class GlanceIT {
    private static final byte[] BYTES = new byte[2_000_000];
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static OpenStack cloud;
    private static String adminToken;
    private static String ferricToken;
    private static String image;

    @BeforeAll
    static void upload_an_image() throws Exception {
        cloud = OpenStack.shared();
        adminToken = cloud.token(cloud.admin());
        ferricToken = cloud.token(cloud.ferric());
        new Random(7).nextBytes(BYTES);
        image = create(
                ferricToken,
                "\"visibility\": \"private\", \"disk_format\": \"iso\", \"kernel_id\": \"9c1f0a3e-0000-4000-8000-000000000001\", \"img_type\": \"partition\"");
        glance("PUT", "/" + image + "/file", ferricToken, BYTES);
    }

    @Test
    void knows_what_glance_says_of_an_image() throws Exception {
        GlanceImage said = images().usable("glance://" + image);
        assertThat(said.size()).hasValue(BYTES.length);
        assertThat(said.checksum()).contains("sha512:" + hash("SHA-512", BYTES));
        assertThat(said.diskFormat()).contains("iso");
        assertThat(said.property("kernel_id")).contains("9c1f0a3e-0000-4000-8000-000000000001");
        assertThat(said.property("img_type")).contains("partition");
    }

    @Test
    void a_download_that_is_cut_in_the_middle_is_resumed_from_there() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(cloud.glanceUrl())) {
            GlanceImages images = images(proxy, GlanceOptions.defaults());
            proxy.fault(Fault.cutDown(900_000).on("GET /v2/images/" + image + "/file"), 1);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            assertThatIOException().isThrownBy(() -> images.download(image).transferTo(all));
            assertThat(all.size()).isPositive().isLessThan(BYTES.length);
            try (InputStream rest = images.download(image, all.size())) {
                rest.transferTo(all);
            }
            assertThat(all.toByteArray()).isEqualTo(BYTES);
        }
    }

    @Test
    void a_download_that_is_closed_early_in_good_order_fails_too() {
        try (FaultProxy proxy = FaultProxy.before(cloud.glanceUrl())) {
            proxy.fault(Fault.closeDown(900_000).on("GET /v2/images/" + image + "/file"), 1);
            assertThatIOException().isThrownBy(() -> images(proxy, GlanceOptions.defaults())
                    .download(image)
                    .readAllBytes());
        }
    }

    @Test
    void asks_again_while_glance_is_not_well() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(cloud.glanceUrl())) {
            GlanceImages images = images(proxy, GlanceOptions.defaults());
            proxy.fault(Fault.answer(503), 2);
            assertThat(images.usable(image).uuid()).isEqualTo(image);
            proxy.fault(Fault.answer(500));
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> images.usable(image))
                    .withMessageContainingAll(image, "HTTP 500");
            assertThat(proxy.strikes()).isEqualTo(3);
        }
    }

    @Test
    void bytes_behind_the_end_are_not_to_be_had() {
        refuses(() -> images().download(image, BYTES.length + 1), "ImageUnacceptable", "HTTP 416");
    }

    @Test
    void an_image_without_content_says_so() throws Exception {
        String queued = create(ferricToken, "\"visibility\": \"private\", \"disk_format\": \"raw\"");
        refuses(() -> images().usable(queued), "ImageUnacceptable", "its status is queued");
        refuses(() -> images().download(queued), "ImageUnacceptable", "its status is queued");
    }

    @Test
    void a_deactivated_image_says_so_and_can_be_used_again() throws Exception {
        String one = create(adminToken, "\"visibility\": \"public\", \"disk_format\": \"raw\"");
        glance("PUT", "/" + one + "/file", adminToken, new byte[] {1, 2, 3});
        glance("POST", "/" + one + "/actions/deactivate", adminToken, new byte[0]);
        refuses(() -> images().usable(one), "ImageUnacceptable", "its status is deactivated");
        refuses(() -> images(cloud.demo()).download(one), "ImageUnacceptable", "its status is deactivated");
        glance("POST", "/" + one + "/actions/reactivate", adminToken, new byte[0]);
        assertThat(images(cloud.demo()).download(one).readAllBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void an_image_of_another_project_is_not_found() {
        refuses(() -> images(cloud.demo()).usable(image), "ImageNotFound", "HTTP 404");
        refuses(() -> images(cloud.demo()).download(image), "ImageNotFound", "HTTP 404");
        refuses(() -> images().usable("00000000-2856-4bd2-bb20-9a4a231e187b"), "ImageNotFound", "HTTP 404");
    }

    @Test
    void a_temp_url_leads_to_the_object_behind_an_image() throws Exception {
        GlanceImages images = images(account(cloud.tempUrlKey()));
        images.checkTempUrl(image);
        HttpResponse<byte[]> answer =
                get(images.tempUrl(image, Duration.ofMinutes(10)).uri());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
    }

    @Test
    void a_wrong_key_and_an_object_that_is_not_there_are_told_apart() {
        refuses(
                () -> images(account("wrong")).checkTempUrl(image),
                "SwiftOperationError",
                "swift_temp_url_key_file is not the TempURL key of that account");
        refuses(
                () -> images(account(cloud.tempUrlKey()).withContainer("glance", 2))
                        .checkTempUrl(image),
                "SwiftOperationError",
                "swift_store_multiple_containers_seed");
    }

    @Test
    void finds_images_in_containers_by_seed() throws Exception {
        String container = "glanceit_" + image.substring(0, 10);
        ObjectStore store = keystone(cloud.ferric()).objectStore();
        URI object = URI.create(store.storageUrl() + "/" + container);
        send(HttpRequest.newBuilder(object).PUT(BodyPublishers.noBody()), ferricToken);
        send(
                HttpRequest.newBuilder(URI.create(object + "/" + image))
                        .PUT(BodyPublishers.ofByteArray(new byte[] {7})),
                ferricToken);
        // glance_store counts the dash among the first nine characters, and goes as much farther
        GlanceImages images = images(account(cloud.tempUrlKey()).withContainer("glanceit", 9));
        images.checkTempUrl(image);
        assertThat(get(images.tempUrl(image, Duration.ofMinutes(1)).uri()).body())
                .containsExactly(7);
    }

    private static GlanceOptions account(String key) {
        String path = cloud.swiftUrl().getPath();
        return GlanceOptions.defaults().withAccount(path.substring(path.lastIndexOf('/') + 1), key);
    }

    private static GlanceImages images() throws IOException {
        return images(GlanceOptions.defaults());
    }

    private static GlanceImages images(GlanceOptions options) throws IOException {
        return new GlanceImages(keystone(cloud.ferric()).imageCatalog(), options, Clock.systemUTC());
    }

    private static GlanceImages images(OpenStack.User user) throws IOException {
        return new GlanceImages(keystone(user).imageCatalog(), GlanceOptions.defaults(), Clock.systemUTC());
    }

    /** Through a proxy, with pauses that take no time. */
    private static GlanceImages images(FaultProxy proxy, GlanceOptions options) throws IOException {
        KeystoneOptions how =
                KeystoneOptions.defaults().withEndpoint("image", proxy.through(URI.create(cloud.glanceUrl() + "/")));
        Keystone session = Keystone.session(credentials(cloud.ferric()), how, Clock.systemUTC());
        return new GlanceImages(session.imageCatalog(), options, Clock.systemUTC(), pause -> {});
    }

    private static Keystone keystone(OpenStack.User user) throws IOException {
        return Keystone.session(credentials(user), KeystoneOptions.defaults(), Clock.systemUTC());
    }

    private static Credentials credentials(OpenStack.User user) {
        return Credentials.of(cloud.authUrl(), user.name(), user.password(), user.project());
    }

    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    private static void refuses(Call call, String code, String words) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(call::run)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("temp_url_sig"));
    }

    private static String create(String token, String attributes) throws Exception {
        String body = "{\"name\": \"GlanceIT\", \"container_format\": \"bare\", " + attributes + "}";
        HttpResponse<byte[]> answer = send(
                HttpRequest.newBuilder(URI.create(cloud.glanceUrl() + "/v2/images"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)),
                token);
        String document = new String(answer.body());
        return Optional.of(document.replaceAll("(?s).*\"id\": \"([0-9a-f-]{36})\".*", "$1"))
                .filter(uuid -> uuid.length() == 36)
                .orElseThrow(() -> new AssertionError(document));
    }

    private static void glance(String method, String path, String token, byte[] body) throws Exception {
        send(
                HttpRequest.newBuilder(URI.create(cloud.glanceUrl() + "/v2/images" + path))
                        .header("Content-Type", "application/octet-stream")
                        .method(method, BodyPublishers.ofByteArray(body)),
                token);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request, String token) throws Exception {
        HttpResponse<byte[]> answer = HTTP.send(
                request.header("X-Auth-Token", token)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body())).isBetween(200, 299);
        return answer;
    }

    private static HttpResponse<byte[]> get(URI url) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
    }

    private static String hash(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }
}
