package io.ferric.publish.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A connection under TLS. The handshake happens within {@link #read}. Buffers are on the heap: the JDK keeps one direct
 * buffer for the thread, while a direct buffer a connection would stay until the garbage collector comes by.
 */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int RECORD = 16 * 1024;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer received;
    private final ByteBuffer plain;
    private final ByteBuffer chunk = ByteBuffer.allocate(RECORD);
    private ByteBuffer outgoing;
    private long moved;

    TlsWire(SocketChannel channel, SSLEngine engine) throws SSLException {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        this.received = ByteBuffer.allocate(packet);
        this.outgoing = ByteBuffer.allocate(2 * packet);
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        try {
            return readPlain(to);
        } catch (SSLException e) {
            engine.wrap(NOTHING, outgoing); // the alert that tells the other end why
            flush();
            throw e;
        }
    }

    private int readPlain(ByteBuffer to) throws IOException {
        while (plain.position() == 0) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    if (!flush()) {
                        return 0;
                    }
                }
                default -> {
                    int progress = unwrap();
                    if (progress <= 0) {
                        return progress;
                    }
                }
            }
        }
        return drain(to);
    }

    /** 1 for progress, 0 when more must arrive first, -1 when nothing ever will. */
    private int unwrap() throws IOException {
        received.flip();
        SSLEngineResult result;
        try {
            result = engine.unwrap(received, plain);
        } finally {
            received.compact();
        }
        return switch (result.getStatus()) {
            case OK -> 1;
            case CLOSED -> -1;
            case BUFFER_UNDERFLOW -> receive();
            case BUFFER_OVERFLOW -> throw new SSLException("a TLS record is longer than it may be");
        };
    }

    private int receive() throws IOException {
        int count = channel.read(received);
        moved += Math.max(0, count);
        return count;
    }

    private int drain(ByteBuffer to) {
        plain.flip();
        int count = Math.min(to.remaining(), plain.remaining());
        to.put(plain.slice(plain.position(), count));
        plain.position(plain.position() + count).compact();
        return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        do {
            while (from.hasRemaining() && roomy()) {
                wrap(from);
            }
        } while (flush() && from.hasRemaining());
    }

    @Override
    public long write(FileChannel file, long position, long count) throws IOException {
        long taken = 0;
        while (taken < count && roomy()) {
            chunk.clear().limit((int) Math.min(RECORD, count - taken));
            int read = file.read(chunk, position + taken);
            if (read <= 0) {
                break;
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                wrap(chunk);
            }
            taken += read;
        }
        flush();
        return taken;
    }

    private boolean roomy() {
        return outgoing.remaining() >= outgoing.capacity() / 2;
    }

    private void wrap(ByteBuffer from) throws IOException {
        switch (engine.wrap(from, outgoing).getStatus()) {
            case BUFFER_OVERFLOW -> enlarge();
            case CLOSED -> throw new ClosedChannelException();
            default -> {}
        }
    }

    private void enlarge() {
        ByteBuffer larger = ByteBuffer.allocate(2 * outgoing.capacity());
        larger.put(outgoing.flip());
        outgoing = larger;
    }

    @Override
    public boolean flush() throws IOException {
        if (outgoing.position() > 0) {
            outgoing.flip();
            moved += channel.write(outgoing);
            outgoing.compact();
        }
        return outgoing.position() == 0;
    }

    @Override
    public void shutdownOutput() throws IOException {
        engine.closeOutbound();
        engine.wrap(NOTHING, outgoing);
        if (flush()) {
            channel.shutdownOutput();
        }
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
