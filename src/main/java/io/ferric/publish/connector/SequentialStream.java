package io.ferric.publish.connector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that sees all that is taken from the one within as reads of several octets, single reads and skips too. */
public abstract class SequentialStream extends FilterInputStream {
    private static final int SKIPPED_AT_ONCE = 64 * 1024;

    protected SequentialStream(InputStream in) {
        super(in);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] octets, int offset, int length) throws IOException;

    @Override
    public final long skip(long count) throws IOException {
        byte[] dropped = new byte[(int) Math.max(0, Math.min(SKIPPED_AT_ONCE, count))];
        return dropped.length == 0 ? 0 : Math.max(0, read(dropped, 0, dropped.length));
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
