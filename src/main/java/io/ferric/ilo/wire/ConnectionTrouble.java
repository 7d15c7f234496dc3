package io.ferric.ilo.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why no proper answer came, and what to do about it. */
public record ConnectionTrouble(String meaning, String hint) {
    private static final int CAUSES = 16;
    private static final String DROPPED = "If it does so again, reset the iLO; check that nothing between cuts it.";

    /** A row of the table below: the first whose type is among the causes of a failure says what it means. */
    private record Row<E extends Throwable>(Class<E> type, Function<E, ConnectionTrouble> meaning) {
        Stream<ConnectionTrouble> of(Throwable why) {
            return Stream.iterate(why, each -> each != null, Throwable::getCause)
                    .limit(CAUSES)
                    .filter(type::isInstance)
                    .limit(1)
                    .map(type::cast)
                    .map(meaning);
        }
    }

    public static ConnectionTrouble of(IOException why, IloAccess access) {
        return rows(access).stream()
                .flatMap(row -> row.of(why))
                .findFirst()
                .orElseGet(() -> new ConnectionTrouble("the connection failed: " + why.getMessage(), ""));
    }

    private static List<Row<?>> rows(IloAccess access) {
        return List.of(
                new Row<>(HttpStatus.class, e -> wrongStatus(e.status())),
                new Row<>(BrokenAnswer.class, ConnectionTrouble::broken),
                new Row<>(
                        SocketTimeoutException.class,
                        e -> new ConnectionTrouble(
                                "no answer within " + Words.shown(access.timeout()),
                                "Check the network to the iLO; for a slow one raise client_timeout, for one that hangs reset it.")),
                new Row<>(Certificates.Untrusted.class, e -> CertificateTrouble.of(e, access)),
                new Row<>(
                        Certificates.UnusableTrust.class,
                        e -> new ConnectionTrouble(
                                "the trusted certificates cannot be used: " + e.getMessage(),
                                "Correct ilo_ca_file or ilo_verify_ca, which name a PEM file or a folder of such files and"
                                        + " nothing else.")),
                new Row<>(
                        UnknownHostException.class,
                        e -> new ConnectionTrouble("there is no host named " + access.address(), "Check ilo_address.")),
                new Row<>(
                        NoRouteToHostException.class,
                        e -> new ConnectionTrouble("there is no route to it", "Check ilo_address and the network.")),
                new Row<>(
                        ConnectException.class,
                        e -> new ConnectionTrouble("it refuses the connection", "Check ilo_address and client_port.")),
                new Row<>(SSLHandshakeException.class, e -> handshake(e, access)),
                new Row<>(SSLException.class, e -> handshake(e, access)),
                new Row<>(EOFException.class, e -> dropped()),
                new Row<>(InterruptedIOException.class, e -> new ConnectionTrouble("it was interrupted", "")),
                new Row<>(SocketException.class, e -> dropped()));
    }

    private static ConnectionTrouble broken(BrokenAnswer e) {
        return e.cutShort()
                ? new ConnectionTrouble(e.getMessage(), DROPPED)
                : new ConnectionTrouble(
                        "it gave an answer that cannot be understood: " + e.getMessage(),
                        "Check that ilo_address and client_port are those of an iLO; if they are, reset the iLO.");
    }

    private static ConnectionTrouble wrongStatus(int status) {
        return new ConnectionTrouble(
                "it answers with HTTP status " + status,
                status >= 500
                        ? "It is starting, busy or broken: try again in a few minutes; if it stays so, reset the iLO."
                        : "Check that ilo_address and client_port are those of an iLO.");
    }

    private static ConnectionTrouble handshake(SSLException e, IloAccess access) {
        if (String.valueOf(e.getMessage()).contains("Unsupported or unrecognized SSL message")) {
            return new ConnectionTrouble("it does not speak TLS on this port", "Correct client_port.");
        }
        return new ConnectionTrouble(
                "TLS cannot be set up with it: " + Words.shown(String.valueOf(e.getMessage())),
                (access.tls() == TlsAge.OLD
                                ? "It speaks none of TLS 1.0 to 1.2 with AES or 3DES, perhaps only RC4, which nothing"
                                        + " here speaks: update its firmware by other means."
                                : "If its firmware speaks only TLS 1.0 or 1.1, which Java refuses, update it; until then"
                                        + " ilo_old_tls: true speaks them to this one iLO.")
                        + " If this is no TLS port, correct client_port.");
    }

    private static ConnectionTrouble dropped() {
        return new ConnectionTrouble("it dropped the connection", DROPPED);
    }
}
