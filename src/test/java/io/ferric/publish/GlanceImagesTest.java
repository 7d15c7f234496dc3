package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class GlanceImagesTest {
    private static final String UUID = "757274c4-2856-4bd2-bb20-9a4a231e187b";

    @Mock
    ImageCatalog catalog;

    private final List<Duration> pauses = new ArrayList<>();

    private GlanceImages images(GlanceOptions options) {
        return new GlanceImages(catalog, options, new ManualClock(), pauses::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "glance:", "glance://"})
    void shows_an_image_by_any_spelling_of_its_reference(String scheme) throws IOException {
        when(catalog.image(UUID))
                .thenReturn(Map.of(
                        "size", "1048576",
                        "disk_format", "raw",
                        "checksum", "5d41",
                        "os_hash_algo", "sha512",
                        "os_hash_value", "abcd",
                        "kernel_id", "k",
                        "boot_iso", ""));
        GlanceImage image = images(GlanceOptions.defaults()).show(scheme + UUID);
        assertThat(image.uuid()).isEqualTo(UUID);
        assertThat(image.size()).isEqualTo(OptionalLong.of(1_048_576));
        assertThat(image.checksum()).contains("sha512:abcd");
        assertThat(image.diskFormat()).contains("raw");
        assertThat(image.property("kernel_id")).contains("k");
        assertThat(image.property("boot_iso")).isEmpty();
    }

    @Test
    void falls_back_to_md5_and_to_nothing() throws IOException {
        when(catalog.image(UUID)).thenReturn(Map.of("checksum", "5d41", "size", "null"));
        GlanceImage image = images(GlanceOptions.defaults()).show(UUID);
        assertThat(image.checksum()).contains("md5:5d41");
        assertThat(image.size()).isEmpty();
        when(catalog.image(UUID)).thenReturn(Map.of());
        assertThat(images(GlanceOptions.defaults()).show(UUID).checksum()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha3_256", "blake2b", "whirlpool"})
    void passes_over_a_hash_that_cannot_be_checked(String algorithm) throws IOException {
        Map<String, String> strange = Map.of("os_hash_algo", algorithm, "os_hash_value", "abcd");
        Map<String, String> both = Map.of("checksum", "5d41", "os_hash_algo", algorithm, "os_hash_value", "abcd");
        when(catalog.image(UUID)).thenReturn(both).thenReturn(strange);
        GlanceImages images = images(GlanceOptions.defaults());
        assertThat(images.show(UUID).checksum()).contains("md5:5d41");
        assertThat(images.show(UUID).checksum()).isEmpty();
    }

    @Test
    void signs_by_swifts_clock() throws IOException {
        GlanceOptions options = GlanceOptions.defaults()
                .withSwift(URI.create("https://s"), "AUTH_a", "key")
                .withDigest(TempUrl.Digest.SHA256);
        when(catalog.swiftAhead()).thenReturn(Duration.ofMinutes(-7));
        assertThat(images(options).tempUrl(UUID, Duration.ofMinutes(10)).expires())
                .isEqualTo(ManualClock.START.plus(Duration.ofMinutes(3)));
    }

    @Test
    void looks_again_when_swifts_clock_was_not_known() throws IOException {
        GlanceOptions options = GlanceOptions.defaults()
                .withSwift(URI.create("https://s"), "AUTH_a", "key")
                .withDigest(TempUrl.Digest.SHA256);
        when(catalog.head(any())).thenReturn(401).thenReturn(200);
        when(catalog.swiftAhead()).thenReturn(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(7));
        images(options).checkTempUrl(UUID);
        verify(catalog, times(2)).head(any());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 503})
    void asks_again_where_that_may_help(int status) throws IOException {
        when(catalog.image(UUID)).thenThrow(new UnexpectedStatus(status)).thenReturn(Map.of());
        images(GlanceOptions.defaults()).show(UUID);
        verify(catalog, times(2)).image(UUID);
    }

    @Test
    void downloads_as_a_stream_that_ends_where_the_image_does() throws IOException {
        contentIs(0, 0, "hello", OptionalLong.of(5));
        assertThat(downloaded(0)).isEqualTo("hello");
        contentIs(0, 0, "hel", OptionalLong.of(5));
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> downloaded(0))
                .withMessageContaining("after 3 of 5 bytes");
        contentIs(0, 0, "hello, world", OptionalLong.of(5));
        assertThatIOException().isThrownBy(() -> downloaded(0)).withMessageContaining("more came than the 5 bytes");
    }

    @Test
    void holds_a_body_without_a_length_against_the_size_of_the_image() throws IOException {
        contentIs(0, 0, "hel", OptionalLong.empty());
        when(catalog.image(UUID)).thenReturn(Map.of("size", "5"));
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> downloaded(0));
        when(catalog.image(UUID)).thenReturn(Map.of());
        contentIs(0, 0, "hel", OptionalLong.empty());
        assertThat(downloaded(0)).isEqualTo("hel");
    }

    @Test
    void starts_in_the_middle_whether_the_store_can_do_that_or_not() throws IOException {
        contentIs(3, 3, "lo", OptionalLong.of(2));
        assertThat(downloaded(3)).isEqualTo("lo");
        contentIs(3, 0, "hello", OptionalLong.of(5));
        assertThat(downloaded(3)).isEqualTo("lo");
    }

    @ParameterizedTest
    @CsvSource({
        "404, ImageNotFound, 'HTTP 404|project lab|share the image|community'",
        "410, ImageNotFound, 'HTTP 410'",
        "403, ImageNotAuthorized, 'HTTP 403|forbidden to project lab'",
        "401, GlanceConnectionFailed, 'HTTP 401|token'",
        "503, GlanceConnectionFailed, 'HTTP 503|log'",
    })
    void says_what_a_status_means_and_what_helps(int status, String code, String words) throws IOException {
        when(catalog.image(UUID)).thenThrow(new UnexpectedStatus(status));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(inProject()).show(UUID))
                .withMessageContainingAll(words.split("\\|"))
                .withMessageContainingAll("Reading image", UUID)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "queued, finish its upload",
        "saving, wait until",
        "importing, wait until",
        "deactivated, reactivate it",
        "killed, upload it anew",
        "pending_delete, give another",
        "unheard_of, wait until it is active",
    })
    void refuses_an_image_that_is_not_active_before_any_download(String status, String cure) throws IOException {
        when(catalog.image(UUID)).thenReturn(Map.of("status", status));
        assertThat(images(GlanceOptions.defaults()).show(UUID).status()).isEqualTo(status);
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(GlanceOptions.defaults()).usable(UUID))
                .withMessageContainingAll(UUID, "its status is " + status, cure)
                .satisfies(e -> assertThat(e.code()).isEqualTo("ImageUnacceptable"));
    }

    @ParameterizedTest
    @CsvSource({
        "204, queued, ImageUnacceptable, status is queued",
        "403, deactivated, ImageUnacceptable, status is deactivated",
        "403, active, ImageNotAuthorized, HTTP 403",
        "409, active, ImageUnacceptable, content is not there",
        "416, active, ImageUnacceptable, it was replaced meanwhile",
    })
    void explains_a_refused_download_by_the_status_of_the_image(int http, String status, String code, String words)
            throws IOException {
        when(catalog.content(UUID, 7)).thenThrow(new UnexpectedStatus(http));
        when(catalog.image(UUID)).thenReturn(Map.of("status", status));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(GlanceOptions.defaults()).download(UUID, 7))
                .withMessageContainingAll(UUID, words)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void asks_again_with_longer_and_longer_pauses_while_glance_is_not_well() throws IOException {
        when(catalog.image(UUID))
                .thenThrow(new UnexpectedStatus(503))
                .thenThrow(new IOException("connection reset"))
                .thenReturn(Map.of("size", "5"));
        assertThat(images(GlanceOptions.defaults()).show(UUID).size()).hasValue(5);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void gives_up_after_num_retries_and_at_once_on_what_will_not_pass() throws IOException {
        when(catalog.content(UUID, 0)).thenThrow(new IOException("connection reset"));
        assertCode(
                "GlanceConnectionFailed",
                () -> images(GlanceOptions.defaults()).download(UUID).close());
        assertThat(pauses).hasSize(2);
        when(catalog.image(UUID))
                .thenThrow(new UnexpectedStatus(404))
                .thenThrow(new PublishException("KeystoneFailure", "no"));
        assertCode("ImageNotFound", () -> images(GlanceOptions.defaults()).show(UUID));
        assertCode("KeystoneFailure", () -> images(GlanceOptions.defaults()).show(UUID));
        assertThat(pauses).hasSize(2);
        assertCode(
                "InvalidParameterValue", () -> images(GlanceOptions.defaults()).show("http://x/y"));
    }

    @Test
    void does_not_repeat_secrets_of_a_reference() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(GlanceOptions.defaults()).show("http://u:geheim@h/i?temp_url_sig=ab"))
                .withMessageContaining("\"http://***@h/i?***\"");
    }

    @Test
    void recognises_its_own_references() {
        assertThat(GlanceImages.accepts(UUID)).isTrue();
        assertThat(GlanceImages.accepts("glance://" + UUID)).isTrue();
        assertThat(GlanceImages.accepts("http://" + UUID)).isFalse();
        assertThat(GlanceImages.accepts("file:///etc/passwd")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0, glance",
        "1, glance_7",
        "8, glance_757274c4",
        "9, glance_757274c4-2",
        "10, glance_757274c4-28",
        "32, glance_757274c4-2856-4bd2-bb20-9a4a231e187b",
    })
    void signs_a_url_to_the_object_behind_an_image(int seed, String container) throws IOException {
        GlanceOptions options = GlanceOptions.defaults()
                .withSwift(URI.create("https://swift.example.org/"), "AUTH_a", "geheim")
                .withDigest(TempUrl.Digest.SHA256)
                .withContainer("glance", seed);
        SignedUrl url = images(options).tempUrl(UUID, Duration.ofMinutes(20));
        assertThat(url.uri().getPath()).isEqualTo("/v1/AUTH_a/" + container + "/" + UUID);
        assertThat(url.uri().getHost()).isEqualTo("swift.example.org");
        assertThat(url.expires()).isEqualTo(ManualClock.START.plusSeconds(1200));
        assertThat(options.toString()).doesNotContain("geheim");
    }

    @Test
    void names_all_settings_that_are_missing() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(GlanceOptions.defaults()).tempUrl(UUID, Duration.ofMinutes(1)))
                .withMessageContainingAll("swift_account", "swift_temp_url_key_file")
                .satisfies(e -> assertThat(e.code()).isEqualTo("MissingParameterValue"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://s.example.org:8080/v1/AUTH_f, https://s.example.org:8080/v1/AUTH_a/glance/",
        "http://rgw/swift/v1, http://rgw/swift/v1/AUTH_a/glance/",
    })
    void takes_the_endpoint_of_the_catalogue_when_none_is_given(String catalogued, String expected) throws IOException {
        when(catalog.objectStoreUrl()).thenReturn(URI.create(catalogued));
        SignedUrl url =
                images(GlanceOptions.defaults().withAccount("AUTH_a", "k")).tempUrl(UUID, Duration.ofMinutes(1));
        assertThat(url.uri().toString()).startsWith(expected + UUID + "?");
    }

    @Test
    void asks_swift_once_which_digest_it_takes() throws IOException {
        when(catalog.tempUrlDigests(URI.create("https://s"))).thenReturn(Optional.of(List.of("sha1", "sha512")));
        GlanceOptions options = GlanceOptions.defaults().withSwift(URI.create("https://s"), "AUTH_a", "k");
        GlanceImages images = images(options);
        SignedUrl asked = images.tempUrl(UUID, Duration.ofMinutes(1));
        assertThat(images.tempUrl(UUID, Duration.ofMinutes(1))).isEqualTo(asked);
        assertThat(images(options.withDigest(TempUrl.Digest.SHA512)).tempUrl(UUID, Duration.ofMinutes(1)))
                .isEqualTo(asked);
        verify(catalog, times(1)).tempUrlDigests(any());
    }

    @Test
    void signs_with_nothing_that_swift_would_refuse() throws IOException {
        GlanceImages images = images(GlanceOptions.defaults().withSwift(URI.create("https://s"), "AUTH_a", "k"));
        when(catalog.tempUrlDigests(any())).thenReturn(Optional.of(List.of("md5")));
        assertCode("SwiftOperationError", () -> images.tempUrl(UUID, Duration.ofMinutes(1)));
        when(catalog.tempUrlDigests(any())).thenThrow(new IOException("no answer in time"));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images.tempUrl(UUID, Duration.ofMinutes(1)))
                .withMessageContainingAll("no answer in time", "swift_temp_url_digest");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 'HTTP 401|is not the TempURL key of that account|sha256'",
        "404, 'HTTP 404|glance_757/|swift_store_multiple_containers_seed'",
        "503, 'HTTP 503|log'",
    })
    void sees_that_the_object_behind_an_image_does_not_answer(int status, String words) throws IOException {
        when(catalog.head(any())).thenReturn(status);
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> seeded().checkTempUrl(UUID))
                .withMessageContainingAll(words.split("\\|"))
                .withMessageContainingAll(UUID, "AUTH_a")
                .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftOperationError"))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("temp_url_sig", "geheim"));
        assertThat(pauses).hasSize(status == 503 ? 2 : 0);
    }

    @Test
    void is_content_when_the_object_answers() throws IOException {
        when(catalog.head(any())).thenReturn(503).thenReturn(200);
        seeded().checkTempUrl(UUID);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    private GlanceImages seeded() {
        return images(GlanceOptions.defaults()
                .withSwift(URI.create("https://s"), "AUTH_a", "geheim")
                .withDigest(TempUrl.Digest.SHA256)
                .withContainer("glance", 3));
    }

    private static GlanceOptions inProject() {
        GlanceOptions all = GlanceOptions.defaults();
        return new GlanceOptions(
                all.swiftEndpointUrl(),
                all.swiftAccount(),
                all.swiftTempUrlKey(),
                all.swiftApiVersion(),
                all.swiftContainer(),
                all.containersSeed(),
                all.digest(),
                0,
                Optional.of("lab"));
    }

    private void contentIs(long offset, long start, String text, OptionalLong length) throws IOException {
        when(catalog.content(UUID, offset))
                .thenReturn(new ImageCatalog.Content(new ByteArrayInputStream(text.getBytes()), start, length));
    }

    private String downloaded(long offset) throws IOException {
        try (InputStream in = images(GlanceOptions.defaults()).download(UUID, offset)) {
            return new String(in.readAllBytes());
        }
    }

    @Test
    void hides_the_password_of_credentials() {
        Credentials who = Credentials.of(URI.create("http://k:5000/v3"), "admin", "geheim", "service");
        assertThat(who.toString()).doesNotContain("geheim").contains("admin", "service");
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatExceptionOfType(PublishException.class).isThrownBy(call).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
