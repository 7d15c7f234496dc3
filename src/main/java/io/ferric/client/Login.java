package io.ferric.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * How a client shows who it is. Implement it for tokens of your own making; those of Keystone come from
 * {@link KeystoneLogin}. Used by all threads of a client.
 */
public interface Login {
    /**
     * The headers that go with the next request.
     *
     * @throws IOException when whoever hands out tokens cannot be asked or refuses
     */
    Map<String, String> headers() throws IOException;

    /** Called after a 401: whether {@link #headers} will show something else now, so that asking again may help. */
    default boolean renew() {
        return false;
    }

    /**
     * Where the service is, when whoever hands out tokens knows.
     *
     * @throws IOException when it cannot be asked or refuses
     */
    default Optional<URI> endpoint() throws IOException {
        return Optional.empty();
    }

    /** Shows nothing, for servers that do not ask. */
    static Login none() {
        return fixed("none", Map.of());
    }

    /** A name and a password with every request. */
    static Login basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return fixed(
                "http_basic",
                Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /** A token of Keystone that is there already. */
    static Login token(String token) {
        return fixed("token", Map.of("X-Auth-Token", token));
    }

    private static Login fixed(String name, Map<String, String> headers) {
        return new Login() {
            @Override
            public Map<String, String> headers() {
                return headers;
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
