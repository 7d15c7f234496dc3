package io.ferric.publish.connector;

import io.ferric.publish.connector.ConnectionFault.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What a failed connection means for an operator: the first line of the table whose exception lies in the chain of causes. */
final class FaultWords {
    private record Line(Class<? extends Throwable> fault, String inMessage, Kind kind, String words) {
        static Line of(Class<? extends Throwable> fault, Kind kind, String words) {
            return new Line(fault, "", kind, words);
        }

        boolean fits(Throwable cause) {
            return fault.isInstance(cause) && String.valueOf(cause.getMessage()).contains(inMessage);
        }
    }

    private static final String UNKNOWN_AUTHORITY =
            "the certificate of HOST is not signed by an authority known here; name its CA in openstack.ca_file";

    private static final String LOST = "the connection to PEER was lost (REASON)";

    private static final List<Line> TABLE = List.of(
            Line.of(CertificateExpiredException.class, Kind.NOT_TRUSTED, "the certificate of HOST has expired"),
            Line.of(
                    CertificateNotYetValidException.class,
                    Kind.NOT_TRUSTED,
                    "the certificate of HOST is not valid yet; is this machine's clock right?"),
            Line.of(CertPathBuilderException.class, Kind.NOT_TRUSTED, UNKNOWN_AUTHORITY),
            // an authority of the same name, such as one that was made anew
            new Line(CertPathValidatorException.class, "signature check failed", Kind.NOT_TRUSTED, UNKNOWN_AUTHORITY),
            new Line(
                    CertificateException.class,
                    "No ",
                    Kind.NOT_TRUSTED,
                    "the certificate of HOST is for another name; use the name it was made for in the URL, or have it made for this one"),
            new Line(
                    SSLException.class,
                    "nrecognized SSL message",
                    Kind.NOT_TRUSTED,
                    "HOST does not talk TLS on this port; should the URL begin with http://?"),
            Line.of(CertificateException.class, Kind.NOT_TRUSTED, "TLS with HOST failed: REASON"),
            Line.of(SSLPeerUnverifiedException.class, Kind.NOT_TRUSTED, "TLS with HOST failed: REASON"),
            new Line(SSLException.class, "fatal alert", Kind.NOT_TRUSTED, "TLS with HOST failed: REASON"),
            // a connection that was cut is no distrust, though TLS calls the cut by its own names
            Line.of(EOFException.class, Kind.LOST, LOST),
            new Line(SSLHandshakeException.class, "terminated the handshake", Kind.LOST, LOST),
            Line.of(SSLHandshakeException.class, Kind.NOT_TRUSTED, "TLS with HOST failed: REASON"),
            Line.of(HttpConnectTimeoutException.class, Kind.UNREACHABLE, "no connection to PEER in time"),
            Line.of(UnresolvedAddressException.class, Kind.UNREACHABLE, "the name of PEER is not known here"),
            Line.of(UnknownHostException.class, Kind.UNREACHABLE, "the name of PEER is not known here"),
            Line.of(NoRouteToHostException.class, Kind.UNREACHABLE, "there is no route to PEER"),
            new Line(ConnectException.class, "unreachable", Kind.UNREACHABLE, "there is no way to PEER"),
            // the JDK tries twice, and the second time complains of the channel that the first has closed
            Line.of(ConnectException.class, Kind.REFUSED, "PEER refuses the connection: nothing listens there"));

    private FaultWords() {}

    static IOException of(Throwable fault, URI target, Optional<HttpProxy> proxy) {
        String host = target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort());
        String peer = proxy.map(through -> "the proxy " + through.host() + ":" + through.port())
                .orElse(host);
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileBody.Changed ours) {
                return ours;
            }
        }
        for (Line line : TABLE) {
            for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
                if (line.fits(cause)) {
                    String words = line.words()
                            .replace("HOST", host)
                            .replace("PEER", peer)
                            .replace("REASON", reason(cause));
                    return new ConnectionFault(line.kind(), words, fault);
                }
            }
        }
        return new ConnectionFault(Kind.LOST, LOST.replace("PEER", peer).replace("REASON", reason(fault)), fault);
    }

    static ConnectionFault silent(URI target, Duration limit) {
        return new ConnectionFault(
                Kind.SILENT,
                target.getHost() + (target.getPort() < 0 ? "" : ":" + target.getPort()) + " gave no answer in time ("
                        + limit.toMillis() / 1000.0 + " s)",
                null);
    }

    private static String reason(Throwable fault) {
        String kind = fault.getClass().getSimpleName();
        return Optional.ofNullable(fault.getMessage())
                .filter(text -> !text.isBlank())
                .orElse(kind);
    }
}
