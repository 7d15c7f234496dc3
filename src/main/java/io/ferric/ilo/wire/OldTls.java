package io.ferric.ilo.wire;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** placeholder until the provider is in */
final class OldTls {
    SSLContext context() throws GeneralSecurityException {
        return SSLContext.getInstance("TLS");
    }

    static void allow(SSLParameters parameters, SSLSocket tls) {
        // nothing yet
    }
}
