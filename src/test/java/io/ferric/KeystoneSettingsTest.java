package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.ferric.publish.PublishException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeystoneSettingsTest {
    @TempDir
    Path folder;

    private Path secret;

    @BeforeEach
    void write() throws IOException {
        secret = Files.writeString(folder.resolve("secret"), "geheim\n");
    }

    /** @param lines of the section, separated by semicolons, with SECRET for a file that holds one */
    private void open(String lines) throws IOException {
        StringBuilder yaml = new StringBuilder("openstack:\n  auth_url: https://keystone.example/v3\n");
        for (String line : lines.split(";")) {
            yaml.append("  ")
                    .append(line.strip().replace("SECRET", secret.toString()))
                    .append('\n');
        }
        FerricConfig config = FerricConfig.read(Files.writeString(folder.resolve("ferric.yaml"), yaml));
        new KeystoneSettings(config.openstack()).session(Clock.systemUTC()).close();
    }

    @ParameterizedTest
    @CsvSource({
        "key_file: SECRET",
        "key_file: SECRET; interface: internal; region: north; connect_timeout: 3s; read_timeout: 250ms",
        "key_file: SECRET; proxy: 'http://proxy:3128'; no_proxy: [keystone.example]",
        "key_file: SECRET; swift_url: 'https://swift/v1/AUTH_x'; glance_url: 'http://glance:9292'",
        "auth_type: application_credential; application_credential_id: id1; application_credential_secret_file: SECRET"
    })
    void takes(String lines) {
        assertThatNoException().isThrownBy(() -> open(lines));
    }

    @ParameterizedTest
    @CsvSource({
        "user: ironic, openstack.key_file is missing",
        "auth_type: application_credential, openstack.application_credential_id is missing",
        "auth_type: application_credential; application_credential_id: x, openstack.application_credential_secret_file is missing",
        "auth_type: application_credential; key_file: SECRET, openstack.key_file is set but",
        "key_file: SECRET; application_credential_id: x, openstack.application_credential_id is set but",
        "key_file: SECRET; application_credential_secret_file: SECRET, openstack.application_credential_secret_file is set but",
        "key_file: SECRET; proxy: 'socks://p', openstack.proxy:",
        "key_file: SECRET; proxy: 'http://u:geheim@p', openstack.proxy:",
        "key_file: SECRET; no_proxy: [x], openstack.no_proxy is set but",
        "key_file: SECRET; swift_url: swift, openstack.swift_url must be",
        "key_file: SECRET; glance_url: 'https://u:geheim@g', openstack.glance_url must be",
        "key_file: SECRET; read_timeout: 0s, openstack.read_timeout must be",
        "key_file: /nowhere/at/all, openstack.key_file: there is no file",
        "auth_type: token, one of password",
        "interface: private, one of public"
    })
    void refuses(String lines, String words) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open(lines))
                .satisfies(e -> assertThat(e.getMessage().replace(", but", " but"))
                        .contains(words)
                        .doesNotContain("geheim"));
    }

    @Test
    void refuses_a_file_of_authorities_that_is_absent() {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> open("key_file: SECRET; ca_file: /nowhere/at/all"))
                .withMessageContaining("openstack.ca_file");
    }
}
