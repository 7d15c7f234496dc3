package io.ferric.publish.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/**
 * How a {@link FileServer} listens.
 *
 * @param tls makes a server-side engine for each connection; empty for HTTP in the clear
 * @param maxConnections when one more comes, the one that was quiet for the longest time is closed
 * @param stallTimeout a connection that moves no byte, or sends no whole request head, for this long is closed
 */
public record ServerOptions(
        InetSocketAddress address, Optional<Supplier<SSLEngine>> tls, int maxConnections, Duration stallTimeout) {}
