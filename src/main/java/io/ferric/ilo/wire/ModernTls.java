package io.ferric.ilo.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** TLS as this Java allows it. Sessions are taken up again. */
final class ModernTls implements Tls {
    private static final int SESSIONS = 2048;

    private final SSLContext context;

    ModernTls(Certificates certificates) throws IOException {
        try {
            this.context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {certificates}, null);
            context.getClientSessionContext().setSessionCacheSize(SESSIONS);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public Secured over(Socket socket, IloAccess access) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, access.address(), access.port(), true);
        if (Certificates.nameMatters(access.trust())) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
        return new Secured(tls.getInputStream(), tls.getOutputStream(), tls::close);
    }
}
