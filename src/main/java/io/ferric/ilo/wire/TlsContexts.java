package io.ferric.ilo.wire;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * TLS over connections to iLOs. One context for each way of judging certificates is remembered, so that an iLO's slow
 * processor can take up a TLS session again; never one for several ways, for a session taken up is not judged again.
 * Certificate files that change make a new context. Safe for use by many threads.
 */
final class TlsContexts {
    private static final int REMEMBERED = 1024;

    /** @param files what the certificate files were when the context was made */
    private record Key(IloTrust trust, TlsAge age, List<Stamp> files) {}

    private record Stamp(Path file, FileTime changed, long bytes) {}

    private final Map<Key, Tls> contexts = new Recent<>(REMEMBERED);

    /** Shakes hands; the certificate is judged, and must name the address where names matter. */
    Tls.Secured secure(Socket socket, IloAccess access) throws IOException {
        return context(access).over(socket, access);
    }

    private Tls context(IloAccess access) throws IOException {
        Key key = new Key(access.trust(), access.tls(), stamps(access.trust()));
        synchronized (contexts) {
            Tls known = contexts.get(key);
            if (known != null) {
                return known;
            }
        }
        Certificates certificates = Certificates.of(access.trust());
        Tls made = access.tls() == TlsAge.OLD ? new OldTls(certificates) : new ModernTls(certificates);
        synchronized (contexts) {
            return contexts.computeIfAbsent(key, absent -> made);
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
