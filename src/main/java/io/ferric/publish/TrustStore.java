package io.ferric.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom to trust in TLS, from a file of certificates. */
final class TrustStore {
    private TrustStore() {}

    /** Trusts the certificates of a PEM file, and nobody else: the JDK's authorities count no more. */
    static SSLContext of(Path caFile) throws PublishException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : PemFiles.chain(caFile)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "openstack.ca_file " + caFile + " cannot be used: " + Faults.reason(e) + ".",
                    e);
        }
    }
}
