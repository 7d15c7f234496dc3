package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Skeleton. */
public final class RemoteDisk implements SeekableByteChannel {
    private RemoteDisk() {}

    /** Connects, logs in and asks the disk what it is. */
    public static RemoteDisk open(IscsiTarget target, IscsiOptions options) throws IOException {
        throw new IscsiException("not built yet: " + target.portal());
    }

    /** Bytes of one block. */
    public int blockSize() {
        return 512;
    }

    /** Who made the disk. */
    public DiskIdentity identity() {
        throw new UnsupportedOperationException();
    }

    /** Whether {@link #zero} costs less than sending zeros. */
    public boolean zeroesNatively() {
        return false;
    }

    /** Makes bytes read as zeros. */
    public void zero(long position, long length) throws IOException {
        throw new IOException();
    }

    /** Waits for all writes. */
    public void flush() throws IOException {
        throw new IOException();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        throw new IOException();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        throw new IOException();
    }

    @Override
    public long position() {
        return 0;
    }

    @Override
    public RemoteDisk position(long newPosition) {
        return this;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public RemoteDisk truncate(long size) {
        throw new UnsupportedOperationException("a disk cannot be truncated");
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    @Override
    public void close() throws IOException {}
}
