package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The part that all channels share which only show bytes that somebody else holds. Closing one does nothing. */
public abstract class ReadOnlyChannel implements SeekableByteChannel {
    private final long size;
    private long position;

    protected ReadOnlyChannel(long size) {
        this.size = size;
    }

    /** To be called with what was read. */
    protected final void advance(long count) {
        position += count;
    }

    @Override
    public final int write(ByteBuffer source) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public final long position() {
        return position;
    }

    @Override
    public final SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final SeekableByteChannel truncate(long newSize) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public final void close() {}
}
