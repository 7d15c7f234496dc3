package io.ferric;

import io.ferric.publish.KeystoneOptions.Facing;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach OpenStack, for those who have it: with an {@code auth_url} Glance images can be named by their UUID, and
 * Swift can publish.
 *
 * @param authUrl Keystone, such as {@code https://keystone.example.org:5000/v3}; empty for no OpenStack
 * @param authType {@code password} for a user with a password, which needs {@code key_file}; {@code application_credential}
 *     for one of those, which needs its id and {@code application_credential_secret_file}
 * @param user the name of Ferric's own user
 * @param keyFile file whose first line is the user's password
 * @param tenantName the project it works in, by name
 * @param userDomain the domain of the user, by name
 * @param projectDomain the domain of the project, by name
 * @param applicationCredentialId the id of the application credential; user, project and domains are in it already
 * @param applicationCredentialSecretFile file whose first line is its secret
 * @param region empty for the first of the catalogue
 * @param _interface which URLs of the catalogue are used: {@code public}, {@code internal} or {@code admin}; URLs that BMCs
 *     fetch are made from Swift's, so that BMCs must reach it
 * @param caFile PEM file with the authorities that sign OpenStack's certificates, trusted instead of Java's own
 * @param proxy HTTP proxy for all requests to OpenStack, as {@code http://host:port}; variables of the environment are not looked at
 * @param noProxy hosts that are reached without it, as they stand in URLs; {@code .example.org} stands for all below
 * @param connectTimeout for a TCP connection
 * @param readTimeout until an answer begins, and between two pieces of it or of an upload
 * @param swiftUrl the URL of Swift's account, such as {@code https://swift.example.org/v1/AUTH_0123}, instead of the catalogue's
 * @param glanceUrl the URL of Glance instead of the catalogue's
 */
public record OpenStackConfig(
        Optional<URI> authUrl,
        AuthType authType,
        String user,
        Optional<Path> keyFile,
        String tenantName,
        String userDomain,
        String projectDomain,
        Optional<String> applicationCredentialId,
        Optional<Path> applicationCredentialSecretFile,
        Optional<String> region,
        Facing _interface,
        Optional<Path> caFile,
        Optional<URI> proxy,
        List<String> noProxy,
        Duration connectTimeout,
        Duration readTimeout,
        Optional<URI> swiftUrl,
        Optional<URI> glanceUrl,
        GlanceConfig glance) {

    /** How Ferric shows Keystone who it is. */
    public enum AuthType {
        PASSWORD,
        APPLICATION_CREDENTIAL
    }

    public static OpenStackConfig none() {
        return new OpenStackConfig(
                Optional.empty(),
                AuthType.PASSWORD,
                "ironic",
                Optional.empty(),
                "service",
                "Default",
                "Default",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Facing.PUBLIC,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                GlanceConfig.defaults());
    }
}
