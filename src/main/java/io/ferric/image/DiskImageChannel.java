package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes that are to be had by their place, as a channel, for a look here and there. Closing it does nothing. */
final class DiskImageChannel implements SeekableByteChannel {
    private final long size;
    private final Reader reader;
    private long position;

    /** Fills a buffer with what is at a position; it all lies before the end. */
    @FunctionalInterface
    interface Reader {
        void read(long position, ByteBuffer target) throws IOException;
    }

    DiskImageChannel(long size, Reader reader) {
        this.size = size;
        this.reader = reader;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size) {
            return -1;
        }
        int end = target.limit();
        int count = (int) Math.min(target.remaining(), size - position);
        reader.read(position, target.limit(target.position() + count));
        target.limit(end);
        position += count;
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
