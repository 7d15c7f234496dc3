package io.ferric.ilo.wire;

import io.ferric.node.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach an iLO.
 *
 * @param address host name or IP address; IPv6 without brackets
 * @param timeout bounds one request, from connecting to the last byte of the answer
 * @param protocol the only one to speak; empty to find out
 * @param tls how old a TLS may be spoken
 */
public record IloAccess(
        String address,
        int port,
        String username,
        Secret password,
        Duration timeout,
        IloTrust trust,
        Optional<IloProtocol> protocol,
        TlsAge tls) {
    public IloAccess {
        address = withoutBrackets(address.strip());
        Objects.requireNonNull(username);
        Objects.requireNonNull(password);
        Objects.requireNonNull(trust);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(tls);
    }

    /** Any protocol, and a TLS of today. */
    public IloAccess(String address, int port, String username, Secret password, Duration timeout, IloTrust trust) {
        this(address, port, username, password, timeout, trust, Optional.empty(), TlsAge.MODERN);
    }

    /** The same iLO, spoken to in this protocol and no other. */
    public IloAccess speaking(IloProtocol only) {
        return new IloAccess(address, port, username, password, timeout, trust, Optional.of(only), tls);
    }

    /** The same iLO with a TLS of this age. */
    public IloAccess with(TlsAge age) {
        return new IloAccess(address, port, username, password, timeout, trust, protocol, age);
    }

    /** {@code host:port} as in a URL: an IPv6 address is put in brackets. */
    public String authority() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }
}
