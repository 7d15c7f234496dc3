package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes that are to be had by their place, as a channel, for a look here and there. Closing it does nothing. */
final class DiskImageChannel extends ReadOnlyChannel {
    private final Reader reader;

    /** Fills a buffer with what is at a position; it all lies before the end. */
    @FunctionalInterface
    interface Reader {
        void read(long position, ByteBuffer target) throws IOException;
    }

    DiskImageChannel(long size, Reader reader) {
        super(size);
        this.reader = reader;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position() >= size()) {
            return -1;
        }
        int end = target.limit();
        int count = (int) Math.min(target.remaining(), size() - position());
        reader.read(position(), target.limit(target.position() + count));
        target.limit(end);
        advance(count);
        return count;
    }
}
