package io.ferric.ilo.wire;

import io.ferric.node.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedDecryptor;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedDecryptor;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A TLS server of one protocol and one cipher with RSA key exchange, that answers every request with "yes". */
final class OldTlsPeer implements AutoCloseable {
    private static final byte[] YES =
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes".getBytes(StandardCharsets.US_ASCII);

    private final TestCertificate certificate;
    private final ProtocolVersion version;
    private final int cipher;
    private final boolean silent;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> spoken = new CopyOnWriteArrayList<>();

    OldTlsPeer(TestCertificate certificate, ProtocolVersion version, int cipher, boolean silent) throws IOException {
        this.certificate = certificate;
        this.version = version;
        this.cipher = cipher;
        this.silent = silent;
        threads.execute(this::accept);
    }

    /** The protocol of each connection over which something was asked. */
    List<String> spoken() {
        return spoken;
    }

    IloAccess pinned() throws Exception {
        return access(new IloTrust.Pinned(certificate.fingerprint()), Duration.ofSeconds(20));
    }

    IloAccess access(IloTrust trust, Duration timeout) {
        return new IloAccess("127.0.0.1", server.getLocalPort(), "someone", Secret.of("pretend-9"), timeout, trust)
                .with(TlsAge.OLD);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // a closed server ends the loop
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            TlsServerProtocol tls = new TlsServerProtocol(socket.getInputStream(), socket.getOutputStream());
            tls.accept(new Server());
            spoken.add(version.toString());
            while (request(tls.getInputStream()) && !silent) {
                tls.getOutputStream().write(YES);
            }
            socket.getInputStream().read();
        } catch (IOException e) {
            // the client went away, or the test is over
        }
    }

    /** Up to the end of its head: there are no bodies here. */
    private static boolean request(InputStream in) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int each = in.read();
            if (each < 0) {
                return false;
            }
            newlines = each == '\n' ? newlines + 1 : each == '\r' ? newlines : 0;
        }
        return true;
    }

    private final class Server extends DefaultTlsServer {
        private final BcTlsCrypto ours;

        private Server() {
            super(new BcTlsCrypto());
            ours = (BcTlsCrypto) getCrypto();
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return version.only();
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return new int[] {cipher};
        }

        @Override
        protected TlsCredentialedDecryptor getRSAEncryptionCredentials() throws IOException {
            try {
                AsymmetricKeyParameter key = PrivateKeyFactory.createKey(
                        certificate.keys().getPrivate().getEncoded());
                TlsCertificate shown = new BcTlsCertificate(
                        ours, Certificate.getInstance(certificate.certificate().getEncoded()));
                return new BcDefaultTlsCredentialedDecryptor(
                        ours, new org.bouncycastle.tls.Certificate(new TlsCertificate[] {shown}), key);
            } catch (java.security.cert.CertificateEncodingException e) {
                throw new IOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
