package io.ferric.cli;

import io.ferric.cli.terminal.UsageException;
import java.net.URI;

/** An address on the command line: {@code host}, {@code host:port}, {@code [ipv6]} or {@code [ipv6]:port}. */
record HostAndPort(String host, int port) {
    /** @param option which option it came from, for the message */
    static HostAndPort parse(String option, String text, int defaultPort) {
        try {
            URI uri = URI.create("x://" + text);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()) {
                String host = uri.getHost().replaceAll("^\\[|]$", "");
                return new HostAndPort(host, uri.getPort() < 0 ? defaultPort : uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UsageException(option + " '" + text + "' is not an address; write HOST, HOST:PORT or [IPV6]:PORT");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
