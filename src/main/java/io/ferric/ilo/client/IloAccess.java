package io.ferric.ilo.client;

import io.ferric.node.Secret;
import java.time.Duration;
import java.util.Objects;

/**
 * How to reach an iLO.
 *
 * @param address host name or IP address; IPv6 without brackets
 * @param timeout bounds one whole call, from connecting to the last byte of the answer
 */
public record IloAccess(String address, int port, String username, Secret password, Duration timeout, IloTrust trust) {
    public IloAccess {
        address = withoutBrackets(address.strip());
        Objects.requireNonNull(username);
        Objects.requireNonNull(password);
        Objects.requireNonNull(trust);
    }

    /** {@code host:port} as in a URL: an IPv6 address is put in brackets. */
    public String authority() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
