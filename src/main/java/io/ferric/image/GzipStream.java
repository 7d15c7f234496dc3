package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) of any number of members, checks the checksum of each member's data, and minds what lies behind the last one:
 * zeros are padding, anything else is an error. The checksum a header may have of itself is skipped, as gzip does. The JDK's stream ends silently at a damaged second member, and that of
 * commons-compress keeps a file name of any length. For one thread.
 */
final class GzipStream extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final InputStream in;
    private final byte[] input = new byte[BUFFER];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int at;
    private int limit;
    private boolean ended;

    GzipStream(InputStream in) throws IOException {
        this.in = in;
        header(next(), "its gzip data do not begin as gzip does");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            int count = ended ? -1 : inflater.inflate(target, offset, length);
            while (count == 0) {
                advance();
                count = ended ? -1 : inflater.inflate(target, offset, length);
            }
            checksum.update(target, offset, Math.max(0, count));
            return count;
        } catch (DataFormatException e) {
            throw new UnreadableImageException("its gzip data are damaged: " + e.getMessage(), e);
        }
    }

    /** Goes over to more input or to the next member. */
    private void advance() throws IOException {
        if (inflater.finished()) {
            at = limit - inflater.getRemaining();
            trailer();
            member();
        } else if (inflater.needsDictionary()) {
            throw new UnreadableImageException("its gzip data need a dictionary");
        } else {
            at = limit;
            at = next() < 0 ? at : at - 1;
            requireMore(limit > at);
            inflater.setInput(input, at, limit - at);
        }
    }

    private void trailer() throws IOException {
        long expected = number(4);
        long length = number(4);
        if (expected != checksum.getValue() || length != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
            throw new UnreadableImageException("its gzip data do not have the checksum they should have");
        }
    }

    /** Finds the next member, or the end behind zeros. */
    private void member() throws IOException {
        int first = next();
        while (first == 0) {
            first = next();
        }
        ended = first < 0;
        if (!ended) {
            header(first, "there is something else than gzip behind its gzip data");
        }
    }

    private void header(int first, String otherwise) throws IOException {
        if (first != 0x1F || next() != 0x8B || next() != DEFLATE) {
            throw new UnreadableImageException(otherwise);
        }
        int flags = (int) number(1);
        if ((flags & RESERVED) != 0) {
            throw new UnreadableImageException("its gzip header uses reserved bits");
        }
        number(6);
        for (long extra = (flags & EXTRA) == 0 ? 0 : number(2); extra > 0; extra--) {
            number(1);
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        number((flags & HEADER_CHECKSUM) == 0 ? 0 : 2);
        inflater.reset();
        inflater.setInput(input, at, limit - at);
        checksum.reset();
    }

    private void skipText(boolean present) throws IOException {
        while (present && number(1) != 0) {
            continue;
        }
    }

    /** A number of so many bytes, the lowest first. */
    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = next();
            requireMore(next >= 0);
            number |= (long) next << 8 * i;
        }
        return number;
    }

    private int next() throws IOException {
        if (at == limit) {
            at = 0;
            limit = Math.max(0, in.read(input));
        }
        return at == limit ? -1 : input[at++] & 0xFF;
    }

    private static void requireMore(boolean more) throws UnreadableImageException {
        if (!more) {
            throw new UnreadableImageException("it is truncated: its gzip data break off");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
