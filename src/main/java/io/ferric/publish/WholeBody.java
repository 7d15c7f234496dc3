package io.ferric.publish;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must bring as many bytes as were announced: it fails where it would end early, or bring more. */
final class WholeBody extends FilterInputStream {
    private static final int SKIPPED_AT_ONCE = 64 * 1024;

    private final long announced;
    private long come;

    WholeBody(InputStream in, long announced) {
        super(in);
        this.announced = announced;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        int count = in.read(octets, offset, length);
        if (count < 0 && come < announced) {
            throw new EOFException("the transfer ended after " + come + " of " + announced + " bytes");
        }
        come += Math.max(0, count);
        if (come > announced) {
            throw new IOException("more came than the " + announced + " bytes that were announced");
        }
        return count;
    }

    /** By reading, so that it is counted. */
    @Override
    public long skip(long count) throws IOException {
        byte[] dropped = new byte[(int) Math.max(0, Math.min(SKIPPED_AT_ONCE, count))];
        return dropped.length == 0 ? 0 : Math.max(0, read(dropped, 0, dropped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
