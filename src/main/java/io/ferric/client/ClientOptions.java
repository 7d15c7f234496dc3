package io.ferric.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the API is and how to speak to it.
 *
 * @param endpoint the server, with or without {@code /v1}; when empty, where {@link Login#endpoint} says
 * @param version the one to speak; when empty, the newest the server has
 * @param timeout for one request and its whole answer
 * @param ca certificates (PEM) the server's is verified by; when empty, those of this Java
 */
public record ClientOptions(
        Optional<URI> endpoint,
        Login login,
        Optional<Microversion> version,
        Duration timeout,
        Retries retries,
        Optional<Path> ca) {

    public ClientOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("the timeout must be more than nothing");
        }
    }

    /** No login, the newest version, a minute a request, the usual retries. */
    public static ClientOptions at(URI endpoint) {
        return new ClientOptions(
                Optional.of(endpoint),
                Login.none(),
                Optional.empty(),
                Duration.ofMinutes(1),
                Retries.usual(),
                Optional.empty());
    }

    public ClientOptions withLogin(Login other) {
        return new ClientOptions(endpoint, other, version, timeout, retries, ca);
    }

    public ClientOptions withVersion(Microversion other) {
        return new ClientOptions(endpoint, login, Optional.of(other), timeout, retries, ca);
    }

    public ClientOptions withTimeout(Duration other) {
        return new ClientOptions(endpoint, login, version, other, retries, ca);
    }

    public ClientOptions withRetries(Retries other) {
        return new ClientOptions(endpoint, login, version, timeout, other, ca);
    }

    public ClientOptions withCa(Path other) {
        return new ClientOptions(endpoint, login, version, timeout, retries, Optional.of(other));
    }

    public ClientOptions withEndpoint(URI other) {
        return new ClientOptions(Optional.of(other), login, version, timeout, retries, ca);
    }
}
