package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ferric.publish.GlanceOptions;
import io.ferric.publish.TempUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlanceConfigTest {
    private static final Optional<URI> ENDPOINT = Optional.of(URI.create("https://swift.example.org"));
    private static final Optional<String> ACCOUNT = Optional.of("AUTH_a");

    @TempDir
    Path folder;

    private Optional<Path> key;

    @BeforeEach
    void writeKey() throws IOException {
        key = Optional.of(Files.writeString(folder.resolve("key"), "geheim\n"));
    }

    @Test
    void signs_nothing_when_nothing_is_set() throws IOException {
        GlanceOptions options = GlanceConfig.defaults().options(Optional.of("service"));
        assertThat(options).isEqualTo(withProject(GlanceOptions.defaults()));
    }

    @Test
    void reads_the_key_and_needs_no_endpoint() throws IOException {
        GlanceOptions options =
                config(Optional.empty(), ACCOUNT, key, "auto", 3).options(Optional.of("service"));
        assertThat(options.swiftTempUrlKey()).contains("geheim");
        assertThat(options.containersSeed()).isEqualTo(3);
        assertThat(options.digest()).isEmpty();
        assertThat(config(ENDPOINT, ACCOUNT, key, "SHA512", 0)
                        .options(Optional.of("service"))
                        .digest())
                .contains(TempUrl.Digest.SHA512);
    }

    @Test
    void names_what_is_missing_beside_the_others() {
        refuses(config(ENDPOINT, Optional.empty(), key, "auto", 0), "openstack.glance.swift_account is missing");
        refuses(config(Optional.empty(), Optional.empty(), key, "auto", 0), "swift_account is missing");
        refuses(
                config(Optional.empty(), ACCOUNT, Optional.empty(), "auto", 0),
                "openstack.glance.swift_temp_url_key_file is missing");
        refuses(config(ENDPOINT, ACCOUNT, Optional.empty(), "auto", 0), "swift_temp_url_key_file is missing");
    }

    @Test
    void names_what_is_wrong() {
        refuses(config(ENDPOINT, ACCOUNT, key, "md5", 0), "swift_temp_url_digest is md5; it can be auto, sha1");
        refuses(config(ENDPOINT, ACCOUNT, key, "auto", 33), "swift_store_multiple_containers_seed 33");
        refuses(config(Optional.of(URI.create("swift")), ACCOUNT, key, "auto", 0), "swift_endpoint_url is no URL");
        refuses(
                config(ENDPOINT, ACCOUNT, Optional.of(folder.resolve("absent")), "auto", 0),
                "openstack.glance.swift_temp_url_key_file: there is no file");
    }

    @Test
    void is_nothing_without_keystone() throws IOException {
        FerricConfig config = FerricConfig.read(
                Files.writeString(folder.resolve("ferric.yaml"), "openstack:\n  glance:\n    num_retries: 5\n"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new OpenStack(config.openstack(), Clock.systemUTC()))
                .withMessageContaining("openstack.auth_url is not");
        new OpenStack(OpenStackConfig.none(), Clock.systemUTC()).close();
    }

    private static GlanceConfig config(
            Optional<URI> endpoint, Optional<String> account, Optional<Path> key, String digest, int seed) {
        return new GlanceConfig(endpoint, account, key, digest, "v1", "glance", seed, 2);
    }

    private static GlanceOptions withProject(GlanceOptions all) {
        return new GlanceOptions(
                all.swiftEndpointUrl(),
                all.swiftAccount(),
                all.swiftTempUrlKey(),
                all.swiftApiVersion(),
                all.swiftContainer(),
                all.containersSeed(),
                all.digest(),
                all.retries(),
                Optional.of("service"));
    }

    private static void refuses(GlanceConfig config, String words) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> config.options(Optional.of("service")))
                .withMessageContaining(words);
    }
}
