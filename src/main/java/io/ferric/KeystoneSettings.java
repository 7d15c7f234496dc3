package io.ferric;

import io.ferric.OpenStackConfig.AuthType;
import io.ferric.publish.Credentials;
import io.ferric.publish.Keystone;
import io.ferric.publish.KeystoneOptions;
import io.ferric.publish.connector.HttpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Makes a Keystone session of the settings, and refuses those that contradict each other. */
final class KeystoneSettings {
    private final OpenStackConfig config;

    KeystoneSettings(OpenStackConfig config) {
        this.config = config;
    }

    Keystone session(Clock clock) throws IOException {
        return Keystone.session(credentials(), options(), clock);
    }

    private Credentials credentials() throws IOException {
        URI authUrl = config.authUrl().orElseThrow();
        if (config.authType() == AuthType.APPLICATION_CREDENTIAL) {
            refuse(config.keyFile(), "openstack.key_file", "auth_type is application_credential; drop one of them");
            return Credentials.ofApplication(
                    authUrl,
                    needed(
                            config.applicationCredentialId(),
                            "openstack.application_credential_id",
                            "the id that openstack application credential create shows"),
                    secret(
                            config.applicationCredentialSecretFile(),
                            "openstack.application_credential_secret_file",
                            "a file with the secret of the application credential"));
        }
        String cure = "auth_type is password; set it to application_credential or drop this";
        refuse(config.applicationCredentialId(), "openstack.application_credential_id", cure);
        refuse(config.applicationCredentialSecretFile(), "openstack.application_credential_secret_file", cure);
        String key = secret(config.keyFile(), "openstack.key_file", "a file with the password of " + config.user());
        return Credentials.of(authUrl, config.user(), key, config.tenantName())
                .withDomains(config.userDomain(), config.projectDomain());
    }

    private KeystoneOptions options() {
        KeystoneOptions options = KeystoneOptions.defaults()
                .withTimeouts(
                        positive("openstack.connect_timeout", config.connectTimeout()),
                        positive("openstack.read_timeout", config.readTimeout()))
                .withFacing(config._interface());
        if (config.region().isPresent()) {
            options = options.withRegion(config.region().get());
        }
        if (config.caFile().isPresent()) {
            options = options.withCaFile(config.caFile().get());
        }
        if (config.proxy().isPresent()) {
            options = options.withProxy(proxy(config.proxy().get()));
        } else if (!config.noProxy().isEmpty()) {
            throw new ConfigException("openstack.no_proxy is set, but openstack.proxy is not", null);
        }
        return overridden(options);
    }

    private HttpProxy proxy(URI url) {
        try {
            return HttpProxy.of(url, config.noProxy());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("openstack.proxy: " + e.getMessage(), e);
        }
    }

    private KeystoneOptions overridden(KeystoneOptions options) {
        KeystoneOptions more = options;
        if (config.swiftUrl().isPresent()) {
            more = more.withEndpoint(
                    "object-store", web("openstack.swift_url", config.swiftUrl().get()));
        }
        if (config.glanceUrl().isPresent()) {
            more = more.withEndpoint(
                    "image", web("openstack.glance_url", config.glanceUrl().get()));
        }
        return more;
    }

    private static URI web(String key, URI url) {
        boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!String.valueOf(url.getScheme()).matches("(?i)https?") || url.getHost() == null || !plain) {
            throw new ConfigException(key + " must be a URL with http or https, a host, and no user or query", null);
        }
        return url;
    }

    private static Duration positive(String key, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new ConfigException(key + " must be longer than nothing; the usual is 10s to 60s", null);
        }
        return time;
    }

    private static void refuse(Optional<?> setting, String key, String reason) {
        if (setting.isPresent()) {
            throw new ConfigException(key + " is set, but openstack." + reason, null);
        }
    }

    private static <T> T needed(Optional<T> setting, String key, String what) {
        return setting.orElseThrow(() -> new ConfigException(key + " is missing: " + what, null));
    }

    private static String secret(Optional<Path> file, String key, String what) throws IOException {
        return SecretFile.read(key, needed(file, key, what));
    }
}
