package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TempUrlTest {
    private static final URI STORAGE = URI.create("https://swift.example.org:8080/v1/AUTH_test");
    private static final Instant EXPIRES = Instant.ofEpochSecond(1_795_350_000);

    /** Signatures made with: printf 'GET\n1795350000\n/v1/AUTH_test/...' | openssl dgst -sha256 -hmac 'secret key'. */
    @ParameterizedTest
    @CsvSource({
        "SHA1, 0c75b02fab873d94f5d21c3cdb02b19601550443",
        "SHA256, a7fad1fa7978fb75779ed30a0521dea034f0a9add42d8c8e0c462d5220f1fdc1",
        "SHA512, d90938b7fc36f3a95e3deb68a68234d6c025ee3e32fb8cc465ef2ea23d2e33b73bf5293677da7f513a3190ab262f6c74aeb58b59f510aed334e188b2fa5d0e30",
    })
    void signs_the_raw_path_and_encodes_it_in_the_url(Digest digest, String signature) {
        SignedUrl url =
                TempUrl.sign(STORAGE, "ironic ilo", "image ä?#%.img", new SigningKey("secret key", digest), EXPIRES);
        assertThat(url.uri().toString())
                .isEqualTo("https://swift.example.org:8080/v1/AUTH_test/ironic%20ilo/image%20%C3%A4%3F%23%25.img"
                        + "?temp_url_sig=" + signature + "&temp_url_expires=1795350000");
        assertThat(url.expires()).isEqualTo(EXPIRES);
    }

    @Property(tries = 200)
    void gives_a_path_that_decodes_to_what_was_signed(@ForAll @NotBlank @StringLength(min = 1, max = 40) String name) {
        String valid = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String raw = UrlPath.encode("/c/" + valid);
        assertThat(raw).matches("[A-Za-z0-9._~/%-]+");
        assertThat(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo("/c/" + valid);
    }

    @Test
    void keeps_one_slash_behind_the_account() {
        URI slashed = URI.create(STORAGE + "/");
        SigningKey key = new SigningKey("k", Digest.SHA256);
        assertThat(TempUrl.sign(slashed, "c", "o", key, EXPIRES))
                .isEqualTo(TempUrl.sign(STORAGE, "c", "o", key, EXPIRES));
    }

    @Test
    void hides_key_and_signature_in_its_text() {
        SigningKey key = new SigningKey("secret key", Digest.SHA256);
        SignedUrl url = TempUrl.sign(STORAGE, "c", "o.iso", key, EXPIRES);
        String signature = url.uri().getQuery().replaceAll(".*temp_url_sig=([0-9a-f]+).*", "$1");
        assertThat(url.toString()).doesNotContain(signature).contains("/c/o.iso?***");
        assertThat(key.toString()).doesNotContain("secret");
    }

    @Test
    void chooses_the_digest_by_what_the_server_says() {
        assertThat(Digest.choose(Optional.empty())).contains(Digest.SHA256);
        assertThat(Digest.choose(Optional.of(List.of()))).contains(Digest.SHA1);
        assertThat(Digest.choose(Optional.of(List.of("sha1", "sha256", "sha512"))))
                .contains(Digest.SHA256);
        assertThat(Digest.choose(Optional.of(List.of("sha1", "sha512")))).contains(Digest.SHA512);
        assertThat(Digest.choose(Optional.of(List.of("sha1")))).contains(Digest.SHA1);
        assertThat(Digest.choose(Optional.of(List.of("md5")))).isEmpty();
    }

    /** Signature made with: printf 'ip=10.1.0.0/24\\nGET\\n1795350000\\nprefix:/v1/AUTH_test/c/o.iso' | openssl dgst ... */
    @Test
    void signs_addresses_and_prefixes_as_swift_reads_them() {
        TempUrl.Scope scope = TempUrl.Scope.object().withIpRange("10.1.0.0/24").withPrefix(true);
        SignedUrl url = TempUrl.sign(STORAGE, "c/o.iso", new SigningKey("secret key", Digest.SHA256), EXPIRES, scope);
        assertThat(url.uri().getRawQuery())
                .isEqualTo(
                        "temp_url_sig=c1c96c3b9c4dcf624b7ec15501abfee176d463067c3b18d745931289f45ec736&temp_url_expires=1795350000&temp_url_prefix=o.iso"
                                + "&temp_url_ip_range=10.1.0.0/24");
    }

    @Test
    void signs_the_whole_path_of_ceph() {
        SigningKey key = new SigningKey("k", Digest.SHA1);
        assertThat(TempUrl.sign(URI.create("https://rgw/swift/v1"), "c", "o", key, EXPIRES)
                        .uri()
                        .toString())
                .startsWith("https://rgw/swift/v1/c/o?temp_url_sig=948bbb19c02586a02e5cf7f71574594c66cf3bcc&");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.17, true", "10.1.0.0/24, true", "0.0.0.0/0, true", "2001:db8::/64, true", "::1, true",
        "10.1.0.17/24, false", "10.1.0.0/33, false", "10.1.0.256, false", "bmc.example.org, false", "'', false",
    })
    void takes_only_what_swift_reads_as_a_network(String range, boolean good) {
        boolean taken = true;
        try {
            TempUrl.Scope.object().withIpRange(range);
        } catch (IllegalArgumentException e) {
            taken = false;
        }
        assertThat(taken).isEqualTo(good);
    }
}
