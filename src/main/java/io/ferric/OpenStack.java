package io.ferric;

import io.ferric.OpenStackConfig.AuthType;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.GlanceOptions;
import io.ferric.publish.Keystone;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** The OpenStack services, for those who have configured them. */
final class OpenStack implements AutoCloseable {
    private final Optional<Keystone> keystone;
    private final Optional<GlanceImages> glance;

    OpenStack(OpenStackConfig config, Clock clock) throws IOException {
        if (config.authUrl().isEmpty() && !config.glance().equals(GlanceConfig.defaults())) {
            throw new ConfigException(
                    "openstack.glance is set, but openstack.auth_url is not: set it, or take openstack.glance.* away",
                    null);
        }
        GlanceOptions options = config.glance().options(project(config));
        this.keystone = config.authUrl().isEmpty()
                ? Optional.empty()
                : Optional.of(new KeystoneSettings(config).session(clock));
        this.glance = keystone.map(session -> new GlanceImages(session.imageCatalog(), options, clock));
    }

    /** An application credential is of a project whose name we do not know. */
    private static Optional<String> project(OpenStackConfig config) {
        return config.authType() == AuthType.PASSWORD ? Optional.of(config.tenantName()) : Optional.empty();
    }

    Keystone keystone() {
        return keystone("publisher.kind is swift", "let publisher.kind be local");
    }

    /**
     * The session, for a setting that cannot do without.
     *
     * @param setting such as {@code publisher.kind is swift}
     * @param otherwise what else can be done than to configure OpenStack
     */
    Keystone keystone(String setting, String otherwise) {
        return keystone.orElseThrow(() ->
                new ConfigException(setting + ", but openstack.auth_url is not set; set it, or " + otherwise, null));
    }

    Optional<GlanceImages> glance() {
        return glance;
    }

    @Override
    public void close() {
        keystone.ifPresent(Keystone::close);
    }
}
