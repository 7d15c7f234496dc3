package io.ferric.client;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Who logs in at Keystone, for what, and which of the bare-metal endpoints of its catalogue is meant.
 *
 * @param authUrl of the Identity API v3, with or without {@code /v3}
 * @param proof the part {@code identity} of the request
 * @param scope the part {@code scope} of the request; empty for the user's default, or the credential's own
 * @param region empty for any
 * @param reach {@code public}, {@code internal} or {@code admin}
 */
public record KeystoneUser(
        URI authUrl, Map<String, Object> proof, Map<String, Object> scope, Optional<String> region, String reach) {

    /** A user of a domain by name and password, without a scope yet. */
    public static KeystoneUser password(URI authUrl, String user, String domain, String password) {
        Map<String, Object> who = Map.of("name", user, "password", password, "domain", Map.of("name", domain));
        return password(authUrl, who);
    }

    static KeystoneUser password(URI authUrl, Map<String, Object> user) {
        Map<String, Object> proof = Map.of("methods", new String[] {"password"}, "password", Map.of("user", user));
        return new KeystoneUser(authUrl, proof, Map.of(), Optional.empty(), "public");
    }

    /** A token that is exchanged for one of another scope. */
    public static KeystoneUser token(URI authUrl, String token) {
        Map<String, Object> proof = Map.of("methods", new String[] {"token"}, "token", Map.of("id", token));
        return new KeystoneUser(authUrl, proof, Map.of(), Optional.empty(), "public");
    }

    /** An application credential; it has a scope of its own. */
    public static KeystoneUser applicationCredential(URI authUrl, String id, String secret) {
        Map<String, Object> proof = Map.of(
                "methods",
                new String[] {"application_credential"},
                "application_credential",
                Map.of("id", id, "secret", secret));
        return new KeystoneUser(authUrl, proof, Map.of(), Optional.empty(), "public");
    }

    /** For a project of a domain. */
    public KeystoneUser forProject(String project, String domain) {
        return scoped(Map.of("project", Map.of("name", project, "domain", Map.of("name", domain))));
    }

    /** For the whole system. */
    public KeystoneUser forSystem() {
        return scoped(Map.of("system", Map.of("all", true)));
    }

    /** Meaning the endpoint of this region. */
    public KeystoneUser inRegion(String other) {
        return new KeystoneUser(authUrl, proof, scope, Optional.of(other), reach);
    }

    /** Meaning the {@code public}, {@code internal} or {@code admin} endpoint. */
    public KeystoneUser reaching(String other) {
        return new KeystoneUser(authUrl, proof, scope, region, other);
    }

    KeystoneUser scoped(Map<String, Object> other) {
        return new KeystoneUser(authUrl, proof, other, region, reach);
    }

    /** Without what proves who it is. */
    @Override
    public String toString() {
        return "KeystoneUser[" + authUrl + "]";
    }
}
