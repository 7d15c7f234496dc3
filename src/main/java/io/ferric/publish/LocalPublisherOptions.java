package io.ferric.publish;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link LocalPublisher} stores and serves.
 *
 * @param directory where objects and the signing key are kept; made when absent, for this user alone. One publisher at a
 *     time may use it, unless it is shared
 * @param shared whether publishers of several conductors of one installation use the directory, on a file system that all
 *     of them see: each then serves what any of them published
 * @param host address to listen on, a literal or a name; a wildcard such as {@code 0.0.0.0} needs an external URL
 * @param port TCP port, 0 for any free one (then URLs do not live through a restart)
 * @param externalUrl what the BMC must use instead of {@code host:port}, when a proxy or NAT is in between; it may have a
 *     path, which a request may carry or not. Prefer an IP address: a BMC may have no DNS
 * @param tls serve HTTPS; empty for HTTP
 * @param maxConnections when one more comes, the connection that moved no byte for the longest time makes room
 * @param stallTimeout a connection that moves no byte for this long is closed
 */
public record LocalPublisherOptions(
        Path directory,
        boolean shared,
        String host,
        int port,
        Optional<URI> externalUrl,
        Optional<TlsOptions> tls,
        int maxConnections,
        Duration stallTimeout) {
    /** 512 connections, 5 minutes. */
    public static LocalPublisherOptions defaults(Path directory, String host, int port) {
        return new LocalPublisherOptions(
                directory, false, host, port, Optional.empty(), Optional.empty(), 512, Duration.ofMinutes(5));
    }

    public LocalPublisherOptions {
        require(port >= 0 && port <= 65535, "port " + port + " is not between 0 and 65535");
        require(maxConnections > 0, "maxConnections " + maxConnections + " must be at least 1");
        require(stallTimeout.compareTo(Duration.ofSeconds(1)) >= 0, "stallTimeout must be at least 1 s");
        externalUrl.ifPresent(LocalPublisherOptions::check);
    }

    public LocalPublisherOptions withSharedDirectory() {
        return new LocalPublisherOptions(directory, true, host, port, externalUrl, tls, maxConnections, stallTimeout);
    }

    public LocalPublisherOptions withExternalUrl(URI url) {
        return new LocalPublisherOptions(
                directory, shared, host, port, Optional.of(url), tls, maxConnections, stallTimeout);
    }

    public LocalPublisherOptions withTls(TlsOptions options) {
        return new LocalPublisherOptions(
                directory, shared, host, port, externalUrl, Optional.of(options), maxConnections, stallTimeout);
    }

    public LocalPublisherOptions withMaxConnections(int count) {
        return new LocalPublisherOptions(directory, shared, host, port, externalUrl, tls, count, stallTimeout);
    }

    public LocalPublisherOptions withStallTimeout(Duration timeout) {
        return new LocalPublisherOptions(directory, shared, host, port, externalUrl, tls, maxConnections, timeout);
    }

    private static void check(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        require(
                http && url.getHost() != null && url.getRawQuery() == null && url.getRawFragment() == null,
                "externalUrl " + url.getScheme() + ":... must look like https://192.0.2.1:8443/ (an IPv6 address in"
                        + " brackets, no query)");
        require(url.getRawUserInfo() == null, "externalUrl must not hold a user or a password");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
