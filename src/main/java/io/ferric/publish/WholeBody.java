package io.ferric.publish;

import io.ferric.publish.connector.SequentialStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must bring as many bytes as were announced: it fails where it would end early, or bring more. */
final class WholeBody extends SequentialStream {
    private final long announced;
    private long come;

    WholeBody(InputStream in, long announced) {
        super(in);
        this.announced = announced;
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
}
