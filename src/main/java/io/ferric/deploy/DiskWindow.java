package io.ferric.deploy;

import io.ferric.image.ReadOnlyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A stretch of a disk, to be read as if it were all there is. Closing it does nothing to the disk. For one thread. */
final class DiskWindow extends ReadOnlyChannel {
    private final SeekableByteChannel disk;
    private final long start;

    DiskWindow(SeekableByteChannel disk, long start, long length) {
        super(length);
        this.disk = disk;
        this.start = start;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position() >= size()) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + size() - position()));
        try {
            disk.position(start + position());
            int count = disk.read(target);
            advance(Math.max(count, 0));
            return count;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public boolean isOpen() {
        return disk.isOpen();
    }
}
