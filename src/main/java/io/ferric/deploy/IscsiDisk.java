package io.ferric.deploy;

import io.ferric.iscsi.RemoteDisk;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A {@link RemoteDisk} seen as a {@link Disk}. */
record IscsiDisk(RemoteDisk remote) implements Disk {
    @Override
    public int blockSize() {
        return remote.blockSize();
    }

    @Override
    public void zero(long position, long length) throws IOException {
        remote.zero(position, length);
    }

    @Override
    public void flush() throws IOException {
        remote.flush();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return remote.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return remote.write(source);
    }

    @Override
    public long position() throws IOException {
        return remote.position();
    }

    @Override
    public Disk position(long newPosition) throws IOException {
        remote.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return remote.size();
    }

    @Override
    public Disk truncate(long size) {
        throw new UnsupportedOperationException("a disk cannot be made smaller");
    }

    @Override
    public boolean isOpen() {
        return remote.isOpen();
    }

    @Override
    public void close() throws IOException {
        remote.close();
    }
}
