package io.ferric.ilo.wire;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** An open connection to an iLO, and the HTTP spoken over it. For one thread; a deadline closes the socket from another. */
final class TlsConnection {
    /** Health data, the longest answer known, has about 200 kB. */
    private static final int ANSWER_LIMIT = 2 * 1024 * 1024;

    private static final int A_MOMENT_MS = 1;

    private final Socket socket;
    private final Tls.Secured tls;
    private final InputStream in;
    private boolean answering;

    private TlsConnection(Socket socket, Tls.Secured tls) {
        this.socket = socket;
        this.tls = tls;
        this.in = new BufferedInputStream(new Ending(tls.in()));
    }

    static TlsConnection open(IloAccess access, TlsContexts contexts, Deadline deadline) throws IOException {
        Socket socket = new Socket();
        try {
            deadline.watch(socket);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(access.address(), access.port()), (int)
                    access.timeout().toMillis());
            return new TlsConnection(socket, contexts.secure(socket, access));
        } catch (IOException | RuntimeException e) {
            Deadline.closeQuietly(socket);
            throw e;
        }
    }

    HttpAnswer exchange(byte[] head, HttpCall call, Deadline deadline) throws IOException {
        answering = false;
        deadline.watch(socket);
        OutputStream out = tls.out();
        // in one piece old firmware does not take it
        out.write(head);
        out.flush();
        if (call.body().length > 0) {
            out.write(call.body());
            out.flush();
        }
        in.mark(1);
        if (in.read() < 0) {
            throw new BrokenAnswer("the connection ended before the answer was complete");
        }
        in.reset();
        answering = true;
        return HttpAnswer.read(in, ANSWER_LIMIT, call.method());
    }

    /** Whether an answer to the last request had begun to come. */
    boolean answering() {
        return answering;
    }

    /**
     * Whether the iLO has closed the connection since its last answer, or went on talking. From a live one nothing can be
     * read now; asked below TLS, which cannot read for a moment only.
     */
    boolean isStale() {
        try {
            if (in.available() > 0) {
                return true;
            }
            socket.setSoTimeout(A_MOMENT_MS);
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return !waitsAgain();
        } catch (IOException e) {
            return true;
        }
    }

    private boolean waitsAgain() {
        try {
            socket.setSoTimeout(0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says good-bye in TLS, so that its session can be taken up again. */
    void close() {
        try {
            tls.goodbye().say();
        } catch (IOException e) {
            // closed is closed
        }
        Deadline.closeQuietly(socket);
    }

    /** Says nothing more: saying it might take for ever. */
    void abort() {
        Deadline.closeQuietly(socket);
    }

    /** A server that goes without saying good-bye ends its answer too; whether all of it came shows in its length. */
    private static final class Ending extends FilterInputStream {
        private Ending(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (EOFException e) {
                return -1;
            }
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            try {
                return super.read(buffer, from, length);
            } catch (EOFException e) {
                return -1;
            }
        }
    }
}
