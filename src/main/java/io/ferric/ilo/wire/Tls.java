package io.ferric.ilo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** TLS of one age, judging certificates in one way. Safe for use by many threads. */
interface Tls {
    /** Shakes hands over an open connection; the certificate is judged, and must name the address where names matter. */
    Secured over(Socket socket, IloAccess access) throws IOException;

    /** What is inside. Closing says good-bye, as far as that is possible. */
    record Secured(InputStream in, OutputStream out, Goodbye goodbye) {}

    interface Goodbye {
        void say() throws IOException;
    }
}
