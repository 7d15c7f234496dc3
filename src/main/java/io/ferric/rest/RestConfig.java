package io.ferric.rest;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the REST API is served.
 *
 * @param host the name or address to listen on; loopback, unless {@code allowUnauthenticatedRemote}
 * @param port the TCP port; 0 for any that is free
 * @param allowUnauthenticatedRemote whether to listen where other machines can reach it although callers are not
 *     authenticated: whoever reaches the port then rules every server. For networks that keep strangers out
 * @param publicUrl the address clients know this API by, for links in answers; empty for the one they call
 * @param maxBodyMib how large the body of a request may be, in MiB; a larger one is refused with 413
 * @param maxPageSize how many items a list holds at most; also when the client asks for more
 * @param threads how many requests are served at once
 * @param idleTimeout how long a connection may stay silent
 * @param shutdownGrace how long {@code close} waits for requests that run
 */
public record RestConfig(
        String host,
        int port,
        boolean allowUnauthenticatedRemote,
        Optional<URI> publicUrl,
        int maxBodyMib,
        int maxPageSize,
        int threads,
        Duration idleTimeout,
        Duration shutdownGrace) {

    public RestConfig {
        positive("max_body_mib", maxBodyMib);
        positive("max_page_size", maxPageSize);
        if (threads < 8) {
            throw new IllegalArgumentException("rest.threads is " + threads + " but must be 8 or more");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("rest.port is " + port + " but must be from 0 to 65535");
        }
    }

    /** Loopback, port 6385 as Ironic. */
    public static RestConfig defaults() {
        return new RestConfig(
                "127.0.0.1",
                6385,
                false,
                Optional.empty(),
                1,
                1000,
                32,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
    }

    /** A copy that listens on another address. */
    public RestConfig listeningOn(String newHost, int newPort) {
        return new RestConfig(
                newHost,
                newPort,
                allowUnauthenticatedRemote,
                publicUrl,
                maxBodyMib,
                maxPageSize,
                threads,
                idleTimeout,
                shutdownGrace);
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("rest." + key + " is " + value + " but must be 1 or more");
        }
    }
}
