package io.ferric.rest;

import io.ferric.rest.auth.AuthStrategy;
import io.ferric.rest.auth.KeystoneAuthConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the REST API is served.
 *
 * @param host the name or address to listen on; loopback, unless callers are authenticated or {@code
 *     allowUnauthenticatedRemote} is set
 * @param port the TCP port; 0 for any that is free
 * @param allowUnauthenticatedRemote whether to listen where other machines can reach it although {@code
 *     authStrategy} is {@code noauth}: whoever reaches the port then rules every server. For networks that keep strangers out
 * @param publicUrl the address clients know this API by, for links in answers; empty for the one they call
 * @param maxBodyMib how large the body of a request may be, in MiB; a larger one is refused with 413
 * @param maxPageSize how many items a list holds at most; also when the client asks for more
 * @param threads how many requests are served at once
 * @param idleTimeout how long a connection may stay silent
 * @param shutdownGrace how long {@code close} waits for requests that run
 * @param authStrategy how callers say who they are: {@code noauth}, {@code http_basic} by a file of users, {@code
 *     keystone} by a token of the OpenStack of the section {@code openstack}
 * @param httpBasicUserFile for {@code http_basic}: users and bcrypt hashes of their passwords, as {@code htpasswd -B} writes
 *     them. Read again when it changes
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
        Duration shutdownGrace,
        AuthStrategy authStrategy,
        Optional<Path> httpBasicUserFile,
        KeystoneAuthConfig keystone) {

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
                Duration.ofSeconds(10),
                AuthStrategy.NOAUTH,
                Optional.empty(),
                KeystoneAuthConfig.defaults());
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
                shutdownGrace,
                authStrategy,
                httpBasicUserFile,
                keystone);
    }

    /** A copy whose callers are users of this file. */
    public RestConfig withHttpBasic(Path userFile) {
        return withAuthentication(AuthStrategy.HTTP_BASIC, Optional.of(userFile), keystone);
    }

    /** A copy whose callers have tokens of Keystone. */
    public RestConfig withKeystone(KeystoneAuthConfig how) {
        return withAuthentication(AuthStrategy.KEYSTONE, httpBasicUserFile, how);
    }

    private RestConfig withAuthentication(AuthStrategy strategy, Optional<Path> userFile, KeystoneAuthConfig how) {
        return new RestConfig(
                host,
                port,
                allowUnauthenticatedRemote,
                publicUrl,
                maxBodyMib,
                maxPageSize,
                threads,
                idleTimeout,
                shutdownGrace,
                strategy,
                userFile,
                how);
    }

    private static void positive(String key, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException("rest." + key + " is " + value + " but must be 1 or more");
        }
    }
}
