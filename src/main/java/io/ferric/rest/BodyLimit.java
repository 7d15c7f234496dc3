package io.ferric.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses bodies beyond a size: at once when their length is announced, else where they pass it. */
@PreMatching
final class BodyLimit implements ContainerRequestFilter {
    private final int mebibytes;

    BodyLimit(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (announced(request) > bytes()) {
            throw tooLarge();
        }
        if (request.hasEntity()) {
            request.setEntityStream(new Limited(request.getEntityStream()));
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

    private RequestRefused tooLarge() {
        return new RequestRefused(
                413, "The body is larger than " + mebibytes + " MiB, the limit set by rest.max_body_mib.");
    }

    private final class Limited extends FilterInputStream {
        private long left = bytes();

        Limited(InputStream body) {
            super(body);
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

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
