package io.ferric.deploy;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The beginning of something larger, to be read as if it were all there: what lies behind it reads as zeros. */
final class HeadChannel implements SeekableByteChannel {
    private final byte[] head;
    private final long size;
    private long position;

    HeadChannel(byte[] head, long size) {
        this.head = head;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) {
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - position);
        int known = (int) Math.max(0, Math.min(count, head.length - position));
        target.put(head, known == 0 ? 0 : (int) position, known);
        target.put(new byte[count - known]);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("only for reading");
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
    public SeekableByteChannel truncate(long newSize) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
