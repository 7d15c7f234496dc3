package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A stretch of a disk, to be read as if it were all there is. Closing it does nothing to the disk. For one thread. */
final class DiskWindow implements SeekableByteChannel {
    private final SeekableByteChannel disk;
    private final long start;
    private final long length;
    private long position;

    DiskWindow(SeekableByteChannel disk, long start, long length) {
        this.disk = disk;
        this.start = start;
        this.length = length;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= length) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + length - position));
        try {
            disk.position(start + position);
            int count = disk.read(target);
            position += Math.max(count, 0);
            return count;
        } finally {
            target.limit(limit);
        }
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
        return length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public boolean isOpen() {
        return disk.isOpen();
    }

    @Override
    public void close() {}
}
