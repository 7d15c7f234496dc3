package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
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

    private GlanceImages images(GlanceOptions options) {
        return new GlanceImages(catalog, options, new MutableClock());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "glance:", "glance://"})
    void shows_an_image_by_any_spelling_of_its_reference(String scheme) throws IOException {
        when(catalog.image(UUID))
                .thenReturn(Optional.of(Map.of(
                        "size", "1048576",
                        "disk_format", "raw",
                        "checksum", "5d41",
                        "os_hash_algo", "sha512",
                        "os_hash_value", "abcd",
                        "kernel_id", "k",
                        "boot_iso", "")));
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
        when(catalog.image(UUID)).thenReturn(Optional.of(Map.of("checksum", "5d41", "size", "null")));
        GlanceImage image = images(GlanceOptions.defaults()).show(UUID);
        assertThat(image.checksum()).contains("md5:5d41");
        assertThat(image.size()).isEmpty();
        when(catalog.image(UUID)).thenReturn(Optional.of(Map.of()));
        assertThat(images(GlanceOptions.defaults()).show(UUID).checksum()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha3_256", "blake2b", "whirlpool"})
    void passes_over_a_hash_that_cannot_be_checked(String algorithm) throws IOException {
        Map<String, String> strange = Map.of("os_hash_algo", algorithm, "os_hash_value", "abcd");
        Map<String, String> both = Map.of("checksum", "5d41", "os_hash_algo", algorithm, "os_hash_value", "abcd");
        when(catalog.image(UUID)).thenReturn(Optional.of(both)).thenReturn(Optional.of(strange));
        GlanceImages images = images(GlanceOptions.defaults());
        assertThat(images.show(UUID).checksum()).contains("md5:5d41");
        assertThat(images.show(UUID).checksum()).isEmpty();
    }

    @Test
    void downloads_as_a_stream() throws IOException {
        when(catalog.content(UUID)).thenReturn(Optional.of(new ByteArrayInputStream(new byte[] {1, 2})));
        try (InputStream in = images(GlanceOptions.defaults()).download(UUID)) {
            assertThat(in.readAllBytes()).containsExactly(1, 2);
        }
    }

    @Test
    void tells_a_missing_image_from_a_glance_that_fails() throws IOException {
        when(catalog.image(UUID)).thenReturn(Optional.empty());
        assertCode("ImageNotFound", () -> images(GlanceOptions.defaults()).show(UUID));
        when(catalog.image(UUID)).thenThrow(new IOException("HTTP 503"));
        assertCode(
                "GlanceConnectionFailed", () -> images(GlanceOptions.defaults()).show(UUID));
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
        "10, glance_757274c4-28",
        "32, glance_757274c4-2856-4bd2-bb20-9a4a231e187b",
    })
    void signs_a_url_to_the_object_behind_an_image(int seed, String container) throws IOException {
        GlanceOptions options = GlanceOptions.defaults()
                .withSwift(URI.create("https://swift.example.org/"), "AUTH_a", "geheim")
                .withContainer("glance", seed);
        SignedUrl url = images(options).tempUrl(UUID, Duration.ofMinutes(20));
        assertThat(url.uri().getPath()).isEqualTo("/v1/AUTH_a/" + container + "/" + UUID);
        assertThat(url.uri().getHost()).isEqualTo("swift.example.org");
        assertThat(url.expires()).isEqualTo(MutableClock.START.plusSeconds(1200));
        assertThat(options.toString()).doesNotContain("geheim");
    }

    @Test
    void names_all_settings_that_are_missing() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> images(GlanceOptions.defaults()).tempUrl(UUID, Duration.ofMinutes(1)))
                .withMessageContainingAll("swift_endpoint_url", "swift_account", "swift_temp_url_key")
                .satisfies(e -> assertThat(e.code()).isEqualTo("MissingParameterValue"));
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
