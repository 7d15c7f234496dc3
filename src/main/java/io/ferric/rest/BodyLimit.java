package io.ferric.rest;

import io.ferric.rest.common.RequestRefused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses bodies beyond a size, announced or not. What the client still sends is read for a while and thrown away, since
 * many clients hear no answer before they have sent everything.
 */
@PreMatching
final class BodyLimit implements ContainerRequestFilter {
    /** How much of a refused body is thrown away before the connection is cut. */
    private static final int DRAINED_BYTES = 16 << 20;

    private final int mebibytes;

    BodyLimit(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (announced(request) > bytes()) {
            boolean waitsForUs = request.getHeaderString("Expect") != null;
            throw tooLarge(waitsForUs ? InputStream.nullInputStream() : request.getEntityStream());
        }
        if (hasBody(request)) {
            request.setEntityStream(new Limited(request.getEntityStream()));
        }
    }

    /** Jersey looks for the first byte, and so hears of a body that is framed wrongly. */
    private static boolean hasBody(ContainerRequestContext request) {
        try {
            return request.hasEntity();
        } catch (ProcessingException e) {
            throw new RequestRefused(400, JsonBodies.BROKEN_FRAME);
        }
    }

    private long bytes() {
        return (long) mebibytes << 20;
    }

    private static long announced(ContainerRequestContext request) {
        String length = request.getHeaderString("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            throw new RequestRefused(400, "Content-Length is not a number.");
        }
    }

    private RequestRefused tooLarge(InputStream rest) throws IOException {
        byte[] buffer = new byte[8192];
        long drained = 0;
        for (int count = 0; count >= 0 && drained < DRAINED_BYTES; drained += count) {
            count = rest.read(buffer);
        }
        return new RequestRefused(
                413, "The body is larger than " + mebibytes + " MiB, the limit set by rest.max_body_mib.");
    }

    private final class Limited extends FilterInputStream {
        private long left = bytes();

        Limited(InputStream body) {
            super(body);
        }

        /** Read again after a reset, bytes would count twice. */
        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw tooLarge(in);
            }
        }
    }
}
