package io.ferric.ilo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges the certificate of an iLO as an {@link IloTrust} says. Being an <em>extended</em> trust manager it is the only
 * judge: the JDK adds no check of its own, so that a pinned certificate of an old iLO with a short key is accepted.
 */
final class Certificates extends X509ExtendedTrustManager {
    /** A certificate that is not trusted, with its fingerprint. */
    static final class Untrusted extends CertificateException {
        private final String fingerprint;

        Untrusted(String fingerprint, Throwable cause) {
            super("certificate with SHA-256 fingerprint " + fingerprint + " is not trusted", cause);
            this.fingerprint = fingerprint;
        }

        String fingerprint() {
            return fingerprint;
        }
    }

    /** A way of judging; the socket tells which name the certificate should have. */
    private interface Judge {
        void judge(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException;
    }

    private final Judge judge;

    private Certificates(Judge judge) {
        this.judge = judge;
    }

    static TrustManager of(IloTrust trust) throws IOException {
        if (trust instanceof IloTrust.Pinned pinned) {
            return new Certificates((chain, keyType, socket) -> checkPin(pinned, chain[0]));
        }
        if (trust instanceof IloTrust.Off) {
            return new Certificates((chain, keyType, socket) -> {});
        }
        X509ExtendedTrustManager known = authorities(trust);
        return new Certificates((chain, keyType, socket) -> known.checkServerTrusted(chain, keyType, socket));
    }

    /** Whether the certificate must name the address. */
    static boolean nameMatters(IloTrust trust) {
        return trust instanceof IloTrust.SystemAuthorities || trust instanceof IloTrust.Authorities;
    }

    private static void checkPin(IloTrust.Pinned pinned, X509Certificate shown) throws CertificateException {
        String found = IloTrust.shown(sha256(shown));
        if (!new IloTrust.Pinned(found).equals(pinned)) {
            throw new Untrusted(found, null);
        }
    }

    private static byte[] sha256(X509Certificate certificate) throws CertificateEncodingException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static X509ExtendedTrustManager authorities(IloTrust trust) throws IOException {
        try {
            KeyStore store = trust instanceof IloTrust.Authorities own ? store(own.path()) : null;
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException("the trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore store(Path path) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : read(path)) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        if (store.size() == 0) {
            throw new IOException("no certificate in " + path);
        }
        return store;
    }

    private static List<Certificate> read(Path path) throws IOException, CertificateException {
        List<Certificate> all = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(path) ? Files.list(path) : Stream.of(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    all.addAll(CertificateFactory.getInstance("X.509").generateCertificates(in));
                }
            }
        }
        return all;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket) throws CertificateException {
        try {
            judge.judge(chain, keyType, socket);
        } catch (Untrusted e) {
            throw e;
        } catch (CertificateException e) {
            throw new Untrusted(IloTrust.shown(sha256(chain[0])), e);
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
