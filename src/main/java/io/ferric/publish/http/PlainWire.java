package io.ferric.publish.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** A connection in the clear; the kernel copies files to it. */
final class PlainWire implements Wire {
    private final SocketChannel channel;
    private long moved;

    PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = channel.read(to);
        moved += Math.max(0, count);
        return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        moved += channel.write(from);
    }

    @Override
    public long write(FileChannel file, long position, long count) throws IOException {
        long sent = file.transferTo(position, count, channel);
        moved += sent;
        return sent;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public long moved() {
        return moved;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
