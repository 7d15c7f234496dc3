package io.ferric.ilo.wire;

import java.io.IOException;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * TLS 1.0 to 1.2 with the ciphers of their time, by Bouncy Castle, for the connections that ask for it. Its providers are
 * made when the first such connection is, and are used here by reference: they are registered nowhere, and no security
 * property of the JVM is touched, so that everything else in it goes on refusing what is old. RC4 and SSL 3.0 are not
 * spoken: Bouncy Castle has given up the one, and the other cannot be trusted with a password at all. Safe for use by
 * many threads.
 */
final class OldTls {
    private static final String[] PROTOCOLS = {"TLSv1.2", "TLSv1.1", "TLSv1"};

    /**
     * No ephemeral Diffie-Hellman over the integers, for the groups of old servers are too small to be accepted, and they
     * would choose it.
     */
    private static final List<String> KEY_EXCHANGES =
            List.of("TLS_ECDHE_RSA_WITH_", "TLS_ECDHE_ECDSA_WITH_", "TLS_RSA_WITH_");

    private static final List<String> CIPHERS =
            List.of("AES_256_GCM", "AES_128_GCM", "AES_256_CBC", "AES_128_CBC", "3DES_EDE_CBC");

    private Provider provider;

    SSLContext context() throws GeneralSecurityException {
        return SSLContext.getInstance("TLS", provider());
    }

    private synchronized Provider provider() {
        if (provider == null) {
            provider = Castle.provider();
        }
        return provider;
    }

    /** Apart, so that nothing of Bouncy Castle is loaded before it is needed. */
    private static final class Castle {
        /** Held, for a logger that nobody holds forgets its level. */
        private static final Logger CHATTER = Logger.getLogger("org.bouncycastle.jsse");

        static Provider provider() {
            if (CHATTER.getLevel() == null) {
                // it warns of properties of the JVM that it does not know, and of each handshake that fails
                CHATTER.setLevel(Level.OFF);
            }
            return new BouncyCastleJsseProvider(new BouncyCastleProvider());
        }
    }

    static void allow(SSLSocket tls, SSLParameters parameters) {
        parameters.setAlgorithmConstraints(new Anything());
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(Arrays.stream(tls.getSupportedCipherSuites())
                .filter(suite -> KEY_EXCHANGES.stream().anyMatch(suite::startsWith))
                .filter(suite -> rank(suite) < CIPHERS.size())
                .sorted(java.util.Comparator.comparingInt(OldTls::rank))
                .toArray(String[]::new));
    }

    private static int rank(String suite) {
        for (int rank = 0; rank < CIPHERS.size(); rank++) {
            if (suite.contains(CIPHERS.get(rank))) {
                return rank;
            }
        }
        return CIPHERS.size();
    }

    /** Bouncy Castle's own errors as those every caller of TLS knows. */
    static void handshake(SSLSocket tls) throws IOException {
        try {
            tls.startHandshake();
        } catch (IOException e) {
            if (!e.getClass().getName().startsWith("org.bouncycastle.")) {
                throw e;
            }
            SSLHandshakeException known = new SSLHandshakeException(e.getMessage());
            known.initCause(e);
            throw known;
        }
    }

    /** Takes the place of what the JVM forbids, for one socket. What may be used is listed above. */
    static final class Anything implements AlgorithmConstraints {
        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
            return true;
        }
    }
}
