package io.ferric;

import io.ferric.publish.LocalPublisherOptions;
import io.ferric.publish.TlsOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where floppies and ISOs are published for the BMC to fetch.
 *
 * @param kind the built-in image server, or Swift
 */
public record PublisherConfig(Kind kind, LocalConfig local, SwiftConfig swift) {
    /** Who serves the images. */
    public enum Kind {
        LOCAL,
        SWIFT
    }

    /** The built-in image server, below this folder. */
    public static PublisherConfig below(Path state) {
        return new PublisherConfig(Kind.LOCAL, LocalConfig.below(state), SwiftConfig.defaults());
    }

    /** The same with the built-in server on another address and port. */
    public PublisherConfig withLocalAddress(String host, int port) {
        return new PublisherConfig(kind, local.withAddress(host, port), swift);
    }

    /**
     * The built-in image server.
     *
     * @param directory where published images lie; on the file system of the state directory they are links, not copies
     * @param shared whether several conductors of one installation keep their images in this directory, on a file system
     *     that all of them see; each then serves what any of them published, and boot ISOs are there once
     * @param host the address it listens on; the BMC must be able to reach it
     * @param port 0 for any free one, which is for tests only: URLs then end with the process
     * @param externalUrl what the BMC must use instead, when a proxy or NAT lies between
     * @param tlsCertificate PEM file; with {@code tlsKey} it makes the server speak HTTPS
     * @param tlsKey PEM file with the key of that certificate, not encrypted
     * @param tlsVersions such as {@code TLSv1.2}; empty for what this Java deems safe
     * @param tlsCipherSuites for BMCs that announce what they do badly; empty for what this Java deems safe
     * @param maxConnections how many clients are served at once; the one that is idle longest makes room
     * @param stallTimeout a connection on which nothing moves for so long is closed
     */
    public record LocalConfig(
            Path directory,
            boolean shared,
            String host,
            int port,
            Optional<URI> externalUrl,
            Optional<Path> tlsCertificate,
            Optional<Path> tlsKey,
            List<String> tlsVersions,
            List<String> tlsCipherSuites,
            int maxConnections,
            Duration stallTimeout) {

        static LocalConfig below(Path state) {
            LocalPublisherOptions usual = LocalPublisherOptions.defaults(state.resolve("published"), "127.0.0.1", 6386);
            return new LocalConfig(
                    usual.directory(),
                    usual.shared(),
                    usual.host(),
                    usual.port(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    usual.maxConnections(),
                    usual.stallTimeout());
        }

        LocalConfig withAddress(String newHost, int newPort) {
            return new LocalConfig(
                    directory,
                    shared,
                    newHost,
                    newPort,
                    externalUrl,
                    tlsCertificate,
                    tlsKey,
                    tlsVersions,
                    tlsCipherSuites,
                    maxConnections,
                    stallTimeout);
        }

        LocalPublisherOptions options() {
            return new LocalPublisherOptions(
                    directory, shared, host, port, externalUrl, tls(), maxConnections, stallTimeout);
        }

        private Optional<TlsOptions> tls() {
            if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
                throw new ConfigException("publisher.local.tls_certificate and tls_key go together", null);
            }
            return tlsCertificate.map(certificate -> TlsOptions.pem(certificate, tlsKey.orElseThrow())
                    .withVersions(tlsVersions)
                    .withCipherSuites(tlsCipherSuites));
        }
    }
}
