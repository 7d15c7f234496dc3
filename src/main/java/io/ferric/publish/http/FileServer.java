package io.ferric.publish.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP/1.1 on one daemon thread without ever waiting for a client: a reader that has stopped costs its connection
 * and nothing else. {@link #close} ends all connections. Its methods may be called from any thread.
 */
public final class FileServer implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FileServer.class);
    private static final long TICK_MILLIS = 250;
    private static final int BACKLOG = 128;

    private final ServerOptions options;
    private final Handler handler;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final Thread thread;
    private final Set<SelectionKey> connections = new HashSet<>();
    private long acceptAgain;
    private volatile boolean closing;

    /**
     * Binds the address; {@link #start} begins to answer.
     *
     * @param clock what the Date header shows
     * @param nanoTime what stalls are measured by, as {@link System#nanoTime}
     */
    public FileServer(ServerOptions options, Handler handler, Clock clock, LongSupplier nanoTime) throws IOException {
        this.options = options;
        this.handler = handler;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.selector = Selector.open();
        this.listener = listen(options.address());
        this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::run, "ferric-files-" + address().getPort());
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether it answers: false once it was closed, or a fault has ended it, which the log tells. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Where it listens, with the port the system gave when none was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.socket().getLocalSocketAddress();
    }

    private ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            selector.close();
            throw e;
        }
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(this::serve, TICK_MILLIS);
                if (accepting.interestOps() == 0 && nanoTime.getAsLong() - acceptAgain >= 0) {
                    accepting.interestOps(SelectionKey.OP_ACCEPT);
                }
                closeStalled();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("The image server has stopped", e);
        } finally {
            List.copyOf(connections).forEach(this::end);
            closeQuietly(listener);
            closeQuietly(selector);
        }
    }

    private void serve(SelectionKey key) {
        if (key.isValid() && key.isAcceptable()) {
            accept();
        } else if (key.isValid()) {
            advance(key);
        }
    }

    private void advance(SelectionKey key) {
        try {
            connection(key).advance(key, nanoTime.getAsLong());
        } catch (SSLException e) {
            LOG.info("No TLS with {}: {}", connection(key).client(), e.getMessage());
            end(key);
        } catch (IOException e) {
            LOG.trace("A connection ended: {}", e.toString());
            end(key);
        } catch (RuntimeException | Error e) {
            // Even when memory has run out: it is this connection that wanted more of it, and goes.
            LOG.warn("A connection failed", e);
            end(key);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                admit(channel);
            }
        } catch (IOException e) {
            // Out of file descriptors, most likely: make room, and look again a tick later, not with the next event.
            LOG.warn("A connection could not be accepted: {}", e.getMessage());
            accepting.interestOps(0);
            acceptAgain = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
            endQuietest();
        }
    }

    private void admit(SocketChannel channel) {
        while (connections.size() >= options.maxConnections()) {
            endQuietest();
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            Connection connection = new Connection(wire(channel), client(channel), handler, clock);
            connection.touched(nanoTime.getAsLong());
            connections.add(channel.register(selector, SelectionKey.OP_READ, connection));
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("A connection ended before it began: {}", e.toString());
            closeQuietly(channel);
        }
    }

    private Wire wire(SocketChannel channel) throws IOException {
        return options.tls().isPresent()
                ? new TlsWire(channel, options.tls().get().get())
                : new PlainWire(channel);
    }

    private static String client(SocketChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
    }

    private void closeStalled() {
        long latest = nanoTime.getAsLong() - options.stallTimeout().toNanos();
        List.copyOf(connections).stream()
                .filter(key -> quietSince(key) - latest < 0)
                .forEach(this::end);
    }

    private void endQuietest() {
        long now = nanoTime.getAsLong();
        connections.stream()
                .max(Comparator.comparingLong(key -> now - quietSince(key)))
                .ifPresent(this::end);
    }

    private static Connection connection(SelectionKey key) {
        return (Connection) key.attachment();
    }

    private static long quietSince(SelectionKey key) {
        return connection(key).quietSince();
    }

    private void end(SelectionKey key) {
        connections.remove(key);
        key.cancel();
        connection(key).close();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            closeQuietly(listener);
            closeQuietly(selector);
            return;
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("While closing: {}", e.getMessage());
        }
    }
}
