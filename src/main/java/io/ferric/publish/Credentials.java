package io.ferric.publish;

import java.net.URI;
import java.util.Map;

/**
 * Who we are for Keystone (API v3). Its {@code toString} hides the secret.
 *
 * <p>Source: OpenStack Identity API v3, "Authentication and token management".
 */
public sealed interface Credentials {
    /** Such as {@code https://keystone.example.org:5000/v3}; the version may be left out. */
    URI authUrl();

    /** The four settings of the blueprint; both domains {@code Default}. */
    static Password of(URI authUrl, String user, String key, String tenantName) {
        return new Password(authUrl, user, key, tenantName, "Default", "Default");
    }

    /** An application credential, which belongs to a user and has its project in it. */
    static ApplicationCredential ofApplication(URI authUrl, String id, String secret) {
        return new ApplicationCredential(authUrl, id, secret);
    }

    /** What stands under {@code auth} in the request for a token. */
    Map<String, Object> asRequest();

    /** Who it is, in an error. */
    String shown();

    /** What to look at when Keystone refuses. */
    String cure();

    /**
     * A user with a password, in a project.
     *
     * @param user the user's name
     * @param key the user's password
     * @param tenantName the project's name
     * @param userDomain the domain of the user, by name
     * @param projectDomain the domain of the project, by name
     */
    record Password(URI authUrl, String user, String key, String tenantName, String userDomain, String projectDomain)
            implements Credentials {
        public Password withDomains(String ofUser, String ofProject) {
            return new Password(authUrl, user, key, tenantName, ofUser, ofProject);
        }

        @Override
        public Map<String, Object> asRequest() {
            Map<String, Object> who = Map.of("name", user, "password", key, "domain", Map.of("name", userDomain));
            Map<String, Object> where = Map.of("name", tenantName, "domain", Map.of("name", projectDomain));
            return Map.of(
                    "identity",
                    Map.of("methods", new String[] {"password"}, "password", Map.of("user", who)),
                    "scope",
                    Map.of("project", where));
        }

        @Override
        public String shown() {
            return "the user " + user + " of " + tenantName;
        }

        @Override
        public String cure() {
            return "check user, key, tenant_name and the domains, and that the user has a role in the project";
        }

        @Override
        public String toString() {
            return "Credentials[" + user + " of " + tenantName + " at " + authUrl + ", key=***]";
        }
    }

    /**
     * An application credential, by its id.
     *
     * @param secret what Keystone showed once, when it was made
     */
    record ApplicationCredential(URI authUrl, String id, String secret) implements Credentials {
        /** Without a scope: Keystone refuses one that is named here. */
        @Override
        public Map<String, Object> asRequest() {
            return Map.of(
                    "identity",
                    Map.of(
                            "methods",
                            new String[] {"application_credential"},
                            "application_credential",
                            Map.of("id", id, "secret", secret)));
        }

        @Override
        public String shown() {
            return "the application credential " + id;
        }

        @Override
        public String cure() {
            return "check its id and secret, and that it has not expired and neither it nor its user was deleted or disabled";
        }

        @Override
        public String toString() {
            return "Credentials[application credential " + id + " at " + authUrl + ", secret=***]";
        }
    }
}
