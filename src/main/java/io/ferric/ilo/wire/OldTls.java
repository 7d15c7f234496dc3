package io.ferric.ilo.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsException;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * TLS 1.0 to 1.2 with the ciphers of their time, by Bouncy Castle's own TLS, loaded for the first connection that asks
 * for it. Not by its security provider, for that obeys {@code jdk.tls.disabledAlgorithms}, which holds for the whole
 * JVM: no provider is registered or used here and no property touched, so everything else goes on refusing what is old.
 * RC4 and SSL 3.0 are not spoken: Bouncy Castle has given up the one, and the other must not be trusted with a password.
 */
final class OldTls implements Tls {
    /**
     * With ephemeral keys first. None of Diffie-Hellman over the integers, for old servers would choose it, and their
     * groups are too small to be accepted.
     */
    private static final int[] CIPHERS = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA256,
        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
        CipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA
    };

    private final Certificates certificates;
    private final SecureRandom random = new SecureRandom();

    OldTls(Certificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public Secured over(Socket socket, IloAccess access) throws IOException {
        TlsClientProtocol tls = new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream());
        try {
            tls.connect(new Client(access));
        } catch (TlsException e) {
            SSLHandshakeException known = new SSLHandshakeException(e.getMessage());
            known.initCause(e);
            throw known;
        }
        return new Secured(tls.getInputStream(), tls.getOutputStream(), tls::close);
    }

    private final class Client extends DefaultTlsClient {
        private final IloAccess access;

        private Client(IloAccess access) {
            super(new BcTlsCrypto(random));
            this.access = access;
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return ProtocolVersion.TLSv12.downTo(ProtocolVersion.TLSv10);
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return CIPHERS.clone();
        }

        /** Servers older than RFC 5746 cannot promise it; here nothing is ever negotiated again. */
        @Override
        public void notifySecureRenegotiation(boolean promised) {}

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                    judge(shown, access.address());
                }

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) {
                    return null; // Bouncy Castle's word for none
                }
            };
        }
    }

    private void judge(TlsServerCertificate shown, String address) throws IOException {
        try {
            TlsCertificate[] chain = shown.getCertificate().getCertificateList();
            if (chain.length == 0) {
                throw new TlsFatalAlert(AlertDescription.bad_certificate, "it shows no certificate");
            }
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate[] known = new X509Certificate[chain.length];
            for (int i = 0; i < chain.length; i++) {
                known[i] =
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(chain[i].getEncoded()));
            }
            certificates.judge(known, address);
        } catch (CertificateException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
        }
    }
}
