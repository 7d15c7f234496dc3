package io.ferric.publish.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.publish.connector.ConnectionFault.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class FaultWordsTest {
    private static Kind kind(Exception fault) {
        IOException told = FaultWords.of(fault, URI.create("https://swift.example"), Optional.empty());
        return ((ConnectionFault) told).kind();
    }

    @Test
    void a_connection_cut_over_tls_is_lost() {
        assertThat(kind(new SSLException("closing inbound before receiving peer's close_notify")))
                .isEqualTo(Kind.LOST);
        assertThat(kind(new SSLException("Connection reset", new SocketException("Connection reset"))))
                .isEqualTo(Kind.LOST);
        assertThat(kind(new SSLHandshakeException("Remote host terminated the handshake")))
                .isEqualTo(Kind.LOST);
        Exception ended = new SSLHandshakeException("ended");
        ended.initCause(new EOFException("EOF reached while reading"));
        assertThat(kind(ended)).isEqualTo(Kind.LOST);
    }

    @Test
    void what_another_try_will_not_change_is_distrust() {
        Exception strange = new SSLHandshakeException("strange");
        strange.initCause(new CertificateException("strange"));
        assertThat(kind(strange)).isEqualTo(Kind.NOT_TRUSTED);
        assertThat(kind(new SSLPeerUnverifiedException("peer not authenticated")))
                .isEqualTo(Kind.NOT_TRUSTED);
        assertThat(kind(new SSLException("Received fatal alert: protocol_version")))
                .isEqualTo(Kind.NOT_TRUSTED);
        assertThat(kind(new SSLException("Unsupported or unrecognized SSL message")))
                .isEqualTo(Kind.NOT_TRUSTED);
        assertThat(kind(new SSLHandshakeException("No appropriate protocol"))).isEqualTo(Kind.NOT_TRUSTED);
    }
}
