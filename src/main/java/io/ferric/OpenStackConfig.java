package io.ferric;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to reach OpenStack, for those who have it: with an {@code auth_url} Glance images can be named by their UUID, and
 * Swift can publish.
 *
 * @param authUrl Keystone, such as {@code https://keystone.example.org:5000/v3}; empty for no OpenStack
 * @param user the name of Ferric's own user
 * @param keyFile file whose first line is the user's password
 * @param tenantName the project it works in, by name
 * @param userDomain the domain of the user, by name
 * @param projectDomain the domain of the project, by name
 * @param region empty for the first of the catalogue
 */
public record OpenStackConfig(
        Optional<URI> authUrl,
        String user,
        Optional<Path> keyFile,
        String tenantName,
        String userDomain,
        String projectDomain,
        Optional<String> region,
        GlanceConfig glance) {

    public static OpenStackConfig none() {
        return new OpenStackConfig(
                Optional.empty(),
                "ironic",
                Optional.empty(),
                "service",
                "Default",
                "Default",
                Optional.empty(),
                GlanceConfig.defaults());
    }
}
