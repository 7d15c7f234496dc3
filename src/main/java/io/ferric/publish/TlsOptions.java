package io.ferric.publish;

import java.nio.file.Path;
import java.util.List;

/**
 * The certificate a server shows and the TLS it speaks.
 *
 * <p>Versions and cipher suites are those of the JDK unless named. Old BMCs may need {@code TLSv1.1}: name it here, and
 * take it out of the JDK's {@code jdk.tls.disabledAlgorithms} as well, else the JDK goes on refusing it.
 *
 * @param certificate where the certificate chain and its key are
 * @param versions such as {@code TLSv1.2}; empty for the JDK's own choice
 * @param cipherSuites names as the JDK spells them; empty for the JDK's own choice
 */
public record TlsOptions(Certificate certificate, List<String> versions, List<String> cipherSuites) {
    public TlsOptions {
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** A certificate chain and an unencrypted key (PKCS#8, or PKCS#1 for RSA) in PEM files. */
    public static TlsOptions pem(Path chain, Path key) {
        return new TlsOptions(new Pem(chain, key), List.of(), List.of());
    }

    /** A PKCS#12 file with one key. */
    public static TlsOptions pkcs12(Path file, String password) {
        return new TlsOptions(new Pkcs12(file, password), List.of(), List.of());
    }

    public TlsOptions withVersions(List<String> names) {
        return new TlsOptions(certificate, names, cipherSuites);
    }

    public TlsOptions withCipherSuites(List<String> names) {
        return new TlsOptions(certificate, versions, names);
    }

    /** Where a certificate chain and its key come from. */
    public sealed interface Certificate permits Pem, Pkcs12 {}

    /** A certificate chain, the server's own first, and its key in PEM files. */
    public record Pem(Path chain, Path key) implements Certificate {}

    /** A PKCS#12 file with one key and its chain; {@code toString} hides the password. */
    public record Pkcs12(Path file, String password) implements Certificate {
        @Override
        public String toString() {
            return "Pkcs12[file=" + file + ", password=***]";
        }
    }
}
