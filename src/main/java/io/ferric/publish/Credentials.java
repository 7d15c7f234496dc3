package io.ferric.publish;

import java.net.URI;
import java.util.Optional;

/**
 * Who we are for Keystone (API v3): the four settings of the blueprint, and what v3 needs besides.
 *
 * @param authUrl such as {@code https://keystone.example.org:5000/v3}
 * @param user the user's name
 * @param key the user's password; {@code toString} hides it
 * @param tenantName the project's name
 * @param userDomain the domain of the user, by name
 * @param projectDomain the domain of the project, by name
 * @param region the region whose services are used; empty for the first of the catalogue
 */
public record Credentials(
        URI authUrl,
        String user,
        String key,
        String tenantName,
        String userDomain,
        String projectDomain,
        Optional<String> region) {
    /** Both domains {@code Default}, any region. */
    public static Credentials of(URI authUrl, String user, String key, String tenantName) {
        return new Credentials(authUrl, user, key, tenantName, "Default", "Default", Optional.empty());
    }

    public Credentials withDomains(String ofUser, String ofProject) {
        return new Credentials(authUrl, user, key, tenantName, ofUser, ofProject, region);
    }

    public Credentials withRegion(String name) {
        return new Credentials(authUrl, user, key, tenantName, userDomain, projectDomain, Optional.of(name));
    }

    @Override
    public String toString() {
        return "Credentials[" + user + " of " + tenantName + " at " + authUrl + ", key=***]";
    }
}
