package io.ferric.ilo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges the certificate of an iLO as an {@link IloTrust} says. Being an <em>extended</em> trust manager it is the only
 * judge: the JDK adds no check of its own, so that a pinned certificate of an old iLO with a short key is accepted.
 */
final class Certificates extends X509ExtendedTrustManager {
    /** This certificate is not trusted, for the reason given as cause. */
    static final class Untrusted extends CertificateException {
        private static final long serialVersionUID = 1;

        private final transient X509Certificate certificate;

        Untrusted(X509Certificate certificate, Throwable cause) {
            super("the certificate is not trusted", cause);
            this.certificate = certificate;
        }

        X509Certificate certificate() {
            return certificate;
        }

        /** As people write it. */
        String fingerprint() {
            return Certificates.fingerprint(certificate);
        }
    }

    /** The operator's certificates cannot be read; the message names the file. */
    static final class UnusableTrust extends IOException {
        private static final long serialVersionUID = 1;

        UnusableTrust(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A way of judging. */
    private interface Judge {
        void judge(X509Certificate[] chain, Shown where) throws CertificateException;
    }

    /** Where a certificate was shown; what is known of that tells which name it should have. */
    private sealed interface Shown {
        record InJavasTls(String keyType, Socket socket) implements Shown {}

        record Elsewhere(String address) implements Shown {}
    }

    /** All authorities there are have about 250 kB. */
    private static final long FILE_LIMIT = 4 * 1024 * 1024;

    private final Judge judge;

    private Certificates(Judge judge) {
        this.judge = judge;
    }

    static Certificates of(IloTrust trust) throws IOException {
        if (trust instanceof IloTrust.Pinned pinned) {
            return new Certificates((chain, where) -> checkPin(pinned, chain[0]));
        }
        if (trust instanceof IloTrust.Off) {
            return new Certificates((chain, where) -> {});
        }
        X509ExtendedTrustManager known = authorities(trust);
        return new Certificates((chain, where) -> {
            // of one that is itself among the trusted nobody else looks at the date
            chain[0].checkValidity();
            if (where instanceof Shown.InJavasTls java) {
                known.checkServerTrusted(chain, java.keyType(), java.socket());
            } else if (where instanceof Shown.Elsewhere elsewhere) {
                known.checkServerTrusted(chain, "RSA");
                CertificateName.check(chain[0], elsewhere.address());
            }
        });
    }

    /** Whether the certificate must name the address. */
    static boolean nameMatters(IloTrust trust) {
        return trust instanceof IloTrust.SystemAuthorities || trust instanceof IloTrust.Authorities;
    }

    private static void checkPin(IloTrust.Pinned pinned, X509Certificate shown) throws CertificateException {
        if (!new IloTrust.Pinned(fingerprint(shown)).equals(pinned)) {
            throw new CertificateException("it is another than the pinned one");
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return IloTrust.shown(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every Java has SHA-256, and what was read can be written", e);
        }
    }

    private static X509ExtendedTrustManager authorities(IloTrust trust) throws IOException {
        try {
            KeyStore store = trust instanceof IloTrust.Authorities own ? store(own) : null;
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException("the trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(IloTrust.Authorities trusted) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Path file : trusted.files()) {
            for (Certificate each : read(file)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
        }
        if (store.size() == 0) {
            throw new UnusableTrust("no certificate in " + trusted.path(), null);
        }
        return store;
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > FILE_LIMIT) {
                throw new UnusableTrust(file + " has more than " + FILE_LIMIT + " bytes", null);
            }
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (CertificateException e) {
            throw new UnusableTrust(file + " is no PEM file of certificates: " + Words.shown(e.getMessage()), e);
        } catch (AccessDeniedException e) {
            throw new UnusableTrust(file + " may not be read by this user", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        judge(chain, new Shown.InJavasTls(keyType, socket));
    }

    /** For a TLS that is not Java's: judges a chain that was shown at an address, whose key has proved to be theirs. */
    void judge(X509Certificate[] chain, String address) throws CertificateException {
        judge(chain, new Shown.Elsewhere(address));
    }

    private void judge(X509Certificate[] chain, Shown where) throws CertificateException {
        try {
            judge.judge(chain, where);
        } catch (CertificateException e) {
            throw new Untrusted(chain[0], e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("the connection is needed to judge a certificate");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("the connection is needed to judge a certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        throw new CertificateException("an iLO is no client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("an iLO is no client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
        throw new CertificateException("an iLO is no client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
