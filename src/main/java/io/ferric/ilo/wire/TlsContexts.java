package io.ferric.ilo.wire;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS over connections to iLOs. One context for each way of judging certificates is remembered, so that an iLO's slow
 * processor can take up a TLS session again; never one for several ways, for a session taken up is not judged again.
 * Certificate files that change make a new context. Safe for use by many threads.
 */
final class TlsContexts {
    private static final int REMEMBERED = 1024;
    private static final int SESSIONS = 2048;

    /** @param files what the certificate files were when the context was made */
    private record Key(IloTrust trust, TlsAge age, List<Stamp> files) {}

    private record Stamp(Path file, FileTime changed, long bytes) {}

    private final Map<Key, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SSLContext> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final OldTls old = new OldTls();

    /** Shakes hands; the certificate is judged, and must name the address where names matter. */
    SSLSocket secure(Socket socket, IloAccess access) throws IOException {
        SSLSocket tls = (SSLSocket)
                context(access).getSocketFactory().createSocket(socket, access.address(), access.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        if (access.tls() == TlsAge.OLD) {
            OldTls.allow(tls, parameters);
        }
        if (Certificates.nameMatters(access.trust())) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        tls.setSSLParameters(parameters);
        OldTls.handshake(tls);
        return tls;
    }

    SSLContext context(IloAccess access) throws IOException {
        Key key = new Key(access.trust(), access.tls(), stamps(access.trust()));
        synchronized (contexts) {
            SSLContext known = contexts.get(key);
            if (known != null) {
                return known;
            }
        }
        SSLContext made = make(access);
        synchronized (contexts) {
            return contexts.computeIfAbsent(key, absent -> made);
        }
    }

    private SSLContext make(IloAccess access) throws IOException {
        try {
            SSLContext context = access.tls() == TlsAge.OLD ? old.context() : SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {Certificates.of(access.trust())}, null);
            context.getClientSessionContext().setSessionCacheSize(SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static List<Stamp> stamps(IloTrust trust) throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        if (trust instanceof IloTrust.Authorities own) {
            for (Path file : own.files()) {
                stamps.add(new Stamp(file, Files.getLastModifiedTime(file), Files.size(file)));
            }
        }
        return stamps;
    }
}
