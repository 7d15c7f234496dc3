package io.ferric.publish;

import io.ferric.publish.connector.HttpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a {@link Keystone} session talks to OpenStack.
 *
 * @param caFile PEM certificates to trust instead of the JDK's own
 * @param proxy what all requests go through; empty to go straight
 * @param connectTimeout for the TCP connection
 * @param readTimeout until an answer begins (beside the time an upload takes), and between two pieces of it
 * @param region the region whose services are used; empty for the first of the catalogue
 * @param facing which of a service's URLs is used
 * @param endpoints by service type: URLs used whatever the catalogue says
 */
public record KeystoneOptions(
        Optional<Path> caFile,
        Optional<HttpProxy> proxy,
        Duration connectTimeout,
        Duration readTimeout,
        Optional<String> region,
        Facing facing,
        Map<String, URI> endpoints) {

    /** Whom a URL of the catalogue is for: Keystone's {@code interface}. */
    public enum Facing {
        PUBLIC,
        INTERNAL,
        ADMIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public KeystoneOptions {
        endpoints = Map.copyOf(endpoints);
    }

    /** The JDK's trusted certificates, no proxy, 10 s, 60 s, public URLs of any region. */
    public static KeystoneOptions defaults() {
        return new KeystoneOptions(
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Optional.empty(),
                Facing.PUBLIC,
                Map.of());
    }

    public KeystoneOptions withCaFile(Path file) {
        return new KeystoneOptions(Optional.of(file), proxy, connectTimeout, readTimeout, region, facing, endpoints);
    }

    public KeystoneOptions withProxy(HttpProxy other) {
        return new KeystoneOptions(caFile, Optional.of(other), connectTimeout, readTimeout, region, facing, endpoints);
    }

    public KeystoneOptions withTimeouts(Duration connect, Duration read) {
        return new KeystoneOptions(caFile, proxy, connect, read, region, facing, endpoints);
    }

    public KeystoneOptions withRegion(String name) {
        return new KeystoneOptions(caFile, proxy, connectTimeout, readTimeout, Optional.of(name), facing, endpoints);
    }

    public KeystoneOptions withFacing(Facing other) {
        return new KeystoneOptions(caFile, proxy, connectTimeout, readTimeout, region, other, endpoints);
    }

    /** Uses this URL for a service such as {@code object-store}, whatever the catalogue says. */
    public KeystoneOptions withEndpoint(String service, URI url) {
        Map<String, URI> more = new HashMap<>(endpoints);
        more.put(service, url);
        return new KeystoneOptions(caFile, proxy, connectTimeout, readTimeout, region, facing, more);
    }
}
