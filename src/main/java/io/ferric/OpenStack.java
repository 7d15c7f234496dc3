package io.ferric;

import io.ferric.publish.Credentials;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.GlanceOptions;
import io.ferric.publish.Keystone;
import io.ferric.publish.KeystoneOptions;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The OpenStack services, for those who have configured them. */
final class OpenStack {
    private final Optional<Keystone> keystone;
    private final Optional<GlanceImages> glance;

    OpenStack(OpenStackConfig config, Clock clock) throws IOException {
        this.keystone = config.authUrl().isEmpty() ? Optional.empty() : Optional.of(session(config, clock));
        GlanceOptions options = config.glance().options(config.tenantName());
        this.glance = keystone.map(session -> new GlanceImages(session.imageCatalog(), options, clock));
    }

    Keystone keystone() {
        return keystone.orElseThrow(() -> new ConfigException(
                "publisher.kind is swift, but openstack.auth_url is not set; set it, or let publisher.kind be local",
                null));
    }

    Optional<GlanceImages> glance() {
        return glance;
    }

    private static Keystone session(OpenStackConfig config, Clock clock) throws IOException {
        if (config.keyFile().isEmpty()) {
            throw new ConfigException(
                    "openstack.key_file is missing: a file with the password of " + config.user(), null);
        }
        return Keystone.session(
                new Credentials(
                        config.authUrl().orElseThrow(),
                        config.user(),
                        SecretFile.read("openstack.key_file", config.keyFile().get()),
                        config.tenantName(),
                        config.userDomain(),
                        config.projectDomain(),
                        config.region()),
                KeystoneOptions.defaults(),
                clock);
    }
}
