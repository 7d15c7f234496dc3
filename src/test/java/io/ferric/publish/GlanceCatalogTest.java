package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.ferric.publish.ImageCatalog.Content;
import io.ferric.publish.connector.ScriptedServer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to Glance, answered as the Glance of Debian 12 was seen to answer. */
class GlanceCatalogTest {
    private static final String UUID = FakeOpenStack.IMAGE;
    private static final String FILE = "/v2/images/" + UUID + "/file";
    private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private FakeOpenStack cloud;
    private ImageCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        cloud = new FakeOpenStack();
        catalog = Keystone.session(
                        Credentials.of(cloud.url("/v3"), "admin", "geheim", "service"),
                        KeystoneOptions.defaults(),
                        new ManualClock())
                .imageCatalog();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void resumes_by_range_where_the_store_can() throws IOException {
        cloud.scripted.put(FILE, ranged(4, "bytes 4-9/10"));
        Content content = catalog.content(UUID, 4);
        assertThat(content.start()).isEqualTo(4);
        assertThat(content.length()).hasValue(6);
        assertThat(content.stream().readAllBytes()).asString().isEqualTo("456789");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404, 405, 301, 401, 429, 503})
    void tells_a_swift_without_info_from_one_that_will_not_say_now(int status) throws IOException {
        byte[] info = "{}".getBytes(StandardCharsets.UTF_8);
        String headers = "Content-Type: application/json\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ManualClock.START.plusSeconds(3600).atZone(ZoneOffset.UTC))
                + "\r\n";
        try (ScriptedServer swift =
                new ScriptedServer((request, out) -> ScriptedServer.say(out, status + " So", headers, info))) {
            if (status == 200) {
                assertThat(catalog.tempUrlDigests(swift.url(""))).contains(List.of());
            } else if (status >= 403 && status <= 405) {
                assertThat(catalog.tempUrlDigests(swift.url(""))).isEmpty();
            } else {
                assertThatIOException()
                        .isThrownBy(() -> catalog.tempUrlDigests(swift.url("")))
                        .withMessageContaining(String.valueOf(status));
            }
        }
        assertThat(catalog.swiftAhead()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void takes_the_whole_from_a_store_that_ignores_ranges() throws IOException {
        cloud.scripted.put(FILE, exchange -> FakeOpenStack.answer(exchange, 200, BYTES));
        assertThat(catalog.content(UUID, 4).start()).isZero();
    }

    @Test
    void asks_for_the_whole_where_the_store_refuses_ranges() throws IOException {
        cloud.scripted.put(
                FILE, exchange -> FakeOpenStack.answer(exchange, range(exchange).isPresent() ? 400 : 200, BYTES));
        Content content = catalog.content(UUID, 4);
        assertThat(content.start()).isZero();
        assertThat(content.stream().readAllBytes()).isEqualTo(BYTES);
        cloud.scripted.put(FILE, exchange -> FakeOpenStack.answer(exchange, 400, BYTES));
        assertThatExceptionOfType(UnexpectedStatus.class).isThrownBy(() -> catalog.content(UUID, 4));
    }

    @Test
    void does_not_take_another_range_for_the_one_it_asked_for() {
        cloud.scripted.put(FILE, ranged(0, "bytes 0-9/10"));
        assertThatIOException()
                .isThrownBy(() -> catalog.content(UUID, 4))
                .withMessageContaining("asked for bytes from 4 on, it sent \"bytes 0-9/10\"");
    }

    @Test
    void knows_the_status_of_every_refusal() {
        for (int status : new int[] {204, 403, 404, 409, 410, 416, 500, 503}) {
            cloud.scripted.put(FILE, exchange -> FakeOpenStack.answer(exchange, status, new byte[0]));
            assertThatExceptionOfType(UnexpectedStatus.class)
                    .isThrownBy(() -> catalog.content(UUID, 4))
                    .satisfies(e -> assertThat(e.status()).isEqualTo(status));
        }
    }

    @Test
    void logs_in_again_when_the_token_was_revoked() throws IOException {
        catalog.image(UUID);
        cloud.goodToken = "another";
        assertThat(catalog.content(UUID, 0).stream().readAllBytes()).asString().isEqualTo("hello");
        assertThat(cloud.logins).hasValue(2);
    }

    @Test
    void a_body_that_is_cut_off_is_a_fault() throws IOException {
        cloud.scripted.put(FILE, exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(BYTES);
            exchange.getResponseBody().flush();
        });
        Content content = catalog.content(UUID, 0);
        assertThat(content.length()).hasValue(100);
        assertThatIOException().isThrownBy(() -> content.stream().readAllBytes());
    }

    @Test
    void looks_for_the_object_behind_an_image_without_a_token() throws IOException {
        GlanceOptions options = GlanceOptions.defaults().withAccount("AUTH_glance", "the key");
        GlanceImages images = new GlanceImages(catalog, options, new ManualClock());
        images.checkTempUrl(UUID);
        assertThat(cloud.requests).contains("HEAD /v1/AUTH_glance/glance/" + UUID);
        assertThat(images.tempUrl(UUID, Duration.ofMinutes(1)).uri())
                .hasAuthority(cloud.url("/").getAuthority());
        cloud.tempUrlStatus = 401;
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images.checkTempUrl(UUID))
                .withMessageContainingAll("HTTP 401", "swift_temp_url_key_file", "AUTH_glance");
    }

    private static HttpHandler ranged(int from, String contentRange) {
        return exchange -> {
            assertThat(range(exchange)).contains("bytes=4-");
            exchange.getResponseHeaders().set("Content-Range", contentRange);
            FakeOpenStack.answer(exchange, 206, Arrays.copyOfRange(BYTES, from, BYTES.length));
        };
    }

    private static Optional<String> range(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    }
}
