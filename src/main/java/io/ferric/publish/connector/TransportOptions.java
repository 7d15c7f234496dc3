package io.ferric.publish.connector;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How an {@link HttpTransport} connects.
 *
 * @param tls whom to trust; empty for those the JDK trusts
 * @param proxy what to go through; empty to go straight, whatever the system's properties say
 * @param connectTimeout for the TCP connection
 * @param readTimeout until an answer begins after the last octet was taken, and between two pieces of it
 */
public record TransportOptions(
        Optional<SSLContext> tls, Optional<HttpProxy> proxy, Duration connectTimeout, Duration readTimeout) {
    /** The JDK's trust, no proxy, 10 s, 60 s. */
    public static TransportOptions defaults() {
        return new TransportOptions(Optional.empty(), Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    public TransportOptions withTls(SSLContext context) {
        return new TransportOptions(Optional.of(context), proxy, connectTimeout, readTimeout);
    }

    public TransportOptions withProxy(HttpProxy other) {
        return new TransportOptions(tls, Optional.of(other), connectTimeout, readTimeout);
    }

    public TransportOptions withTimeouts(Duration connect, Duration read) {
        return new TransportOptions(tls, proxy, connect, read);
    }
}
