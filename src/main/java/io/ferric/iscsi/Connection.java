package io.ferric.iscsi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection to a target, driven by the thread that uses it: nothing here blocks longer than it was told to.
 *
 * <p>Not thread safe except {@link #wakeup}.
 */
final class Connection implements Closeable {
    /** The network went away; no PDU can be exchanged any more. */
    static final class LostException extends IscsiException {
        private static final long serialVersionUID = 1L;

        LostException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final PduReader in = new PduReader();
    private final SendBatch out;

    private Connection(SocketChannel channel, Selector selector, ByteBuffer arena) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT);
        out = new SendBatch(arena);
    }

    /** Connects within the timer's time. Data to be sent lies in {@code arena}. */
    static Connection open(IscsiTarget target, Timer timer, ByteBuffer arena) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(HostLookup.find(target.host(), timer, InetAddress::getByName), target.port());
        Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open();
        try {
            Connection connection = new Connection(channel, selector, arena);
            connection.connect(address, timer);
            return connection;
        } catch (IOException e) {
            channel.close();
            selector.close();
            throw new LostException("cannot connect to iSCSI target " + target.portal() + ": " + e.getMessage(), e);
        }
    }

    private void connect(InetSocketAddress address, Timer timer) throws IOException {
        boolean connected = channel.connect(address);
        while (!connected) {
            await(timer.left());
            connected = channel.finishConnect();
            if (!connected && timer.left() <= 0) {
                throw new IscsiException("no answer within " + timer.seconds());
            }
        }
    }

    /** Where PDUs to be sent are put. */
    SendBatch out() {
        return out;
    }

    /** Switches to what the login has agreed on. */
    void agreed(boolean headerDigest, boolean dataDigest, int maxSegment) {
        out.digests(headerDigest, dataDigest);
        in.agreed(headerDigest, dataDigest, maxSegment);
    }

    /** Sends and receives what goes at once; waits up to {@code nanos} for the wire when nothing does. */
    void exchange(PduHandler handler, long nanos) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            // before NIO sees it and closes the channel: an interrupted caller still wants to log out
            throw new InterruptedIOException("interrupted while waiting for the iSCSI target");
        }
        try {
            boolean sent = out.sendTo(channel);
            long received = in.read(channel, handler);
            if (received < 0) {
                throw new LostException("the target closed the connection", null);
            }
            if (!sent && received == 0 && nanos > 0) {
                await(nanos);
            }
        } catch (IscsiException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new LostException("the connection was lost: " + e.getMessage(), e);
        }
    }

    private void await(long nanos) throws IOException {
        int interest = out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        key.interestOps(channel.isConnected() ? interest : SelectionKey.OP_CONNECT);
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
        selector.selectedKeys().clear();
    }

    /** Ends a wait of another thread early. */
    void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
