package io.ferric.ilo.wire;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate and its key, as a test needs them. */
public record TestCertificate(KeyPair keys, X509Certificate certificate) {
    private static final Duration LIFETIME = Duration.ofDays(30);

    /** Signed by itself, naming this IP address if one is given. */
    public static TestCertificate selfSigned(Optional<String> ipAddress, Instant expires) throws Exception {
        KeyPair keys = keys("EC", 256);
        return issue(keys, keys.getPrivate(), "SHA256withECDSA", ipAddress, expires);
    }

    /** As the iLOs of 2012 made them for themselves: short, and signed with SHA-1. */
    public static TestCertificate old() throws Exception {
        KeyPair keys = keys("RSA", 1024);
        return issue(
                keys,
                keys.getPrivate(),
                "SHA1withRSA",
                Optional.empty(),
                Instant.now().minus(LIFETIME));
    }

    /** One of RSA, which TLS 1.0 can use, of a length that is still trusted. */
    public static TestCertificate rsa(Optional<String> ipAddress) throws Exception {
        KeyPair keys = keys("RSA", 2048);
        return issue(
                keys,
                keys.getPrivate(),
                "SHA256withRSA",
                ipAddress,
                Instant.now().plus(LIFETIME.dividedBy(2)));
    }

    /** Another certificate, with this one as its authority. */
    public TestCertificate signs(Optional<String> ipAddress, Instant expires) throws Exception {
        return issue(keys("EC", 256), keys.getPrivate(), "SHA256withECDSA", ipAddress, expires);
    }

    private static KeyPair keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static TestCertificate issue(
            KeyPair keys, PrivateKey signer, String algorithm, Optional<String> ipAddress, Instant expires)
            throws Exception {
        boolean itself = signer.equals(keys.getPrivate());
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=ILOCZ1234ABCD"),
                BigInteger.valueOf(itself ? 4711 : 4712),
                Date.from(expires.minus(LIFETIME)),
                Date.from(expires),
                new X500Name(itself ? "CN=ILOCZ1234ABCD" : "CN=ILOCZ9876WXYZ"),
                keys.getPublic());
        if (itself) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (ipAddress.isPresent()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, ipAddress.get())));
        }
        return new TestCertificate(
                keys,
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer))));
    }

    public String fingerprint() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    public Path writePem(Path file) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    /** The key as openssl reads it. */
    public Path writeKey(Path file) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    public SSLContext serverContext() throws IOException {
        try {
            return serverContext(
                    SSLContext.getInstance("TLS"),
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The same with these, which may be of any provider. */
    public SSLContext serverContext(SSLContext context, KeyManagerFactory factory) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("ilo", keys.getPrivate(), new char[0], new Certificate[] {certificate});
            factory.init(store, new char[0]);
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
