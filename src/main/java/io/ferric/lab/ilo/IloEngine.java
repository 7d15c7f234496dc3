package io.ferric.lab.ilo;

import io.ferric.lab.kit.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What simulated iLOs run on: one thread that waits for connections, one that keeps time, and one for each connection
 * that is open. An idle iLO costs no thread, so that a thousand can share one engine. Thread-safe.
 */
final class IloEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IloEngine.class);
    private static final int BACKLOG = 128;

    private final Selector selector;
    private final ScheduledExecutorService timer;
    private final ExecutorService connections;
    private final ExecutorService acceptor;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAccumulator most = new LongAccumulator(Math::max, 0);

    IloEngine(String name) throws IOException {
        selector = Selector.open();
        timer = Executors.newSingleThreadScheduledExecutor(Threads.daemons("ilo-power-" + name));
        connections = Executors.newCachedThreadPool(Threads.daemons("ilo-" + name));
        acceptor = Executors.newSingleThreadExecutor(Threads.daemons("ilo-accept-" + name));
        acceptor.execute(this::accept);
    }

    /** Counts a connection that is open now. */
    void opened() {
        most.accumulate(open.incrementAndGet());
    }

    /** Counts a connection that is closed now. */
    void closed() {
        open.decrementAndGet();
    }

    /** The greatest number of connections that were open at once, of all iLOs together. */
    int mostOpen() {
        return most.intValue();
    }

    /** The thread that switches power and tells machines of it. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Opens a port; what comes in there is handed to {@code incoming} until the channel is closed. */
    ServerSocketChannel listen(InetSocketAddress address, Incoming incoming) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT, incoming);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        selector.wakeup();
        return server;
    }

    /** Frees the port; a selector holds on to it until it looks again. */
    void stopListening(ServerSocketChannel server) {
        Threads.closeQuietly(server);
        selector.wakeup();
    }

    /** Takes a connection, on the thread that waits for all of them: it must not block. */
    @FunctionalInterface
    interface Incoming {
        void accept(ServerSocketChannel server, ExecutorService threads) throws IOException;
    }

    private void accept() {
        try {
            while (selector.isOpen() && !Thread.currentThread().isInterrupted()) {
                selector.select(this::accept);
            }
        } catch (IOException | ClosedSelectorException e) {
            LOG.debug("accept ended: {}", e.toString());
        }
    }

    private void accept(SelectionKey key) {
        try {
            ((Incoming) key.attachment()).accept((ServerSocketChannel) key.channel(), connections);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a connection was not taken: {}", e.toString());
        }
    }

    @Override
    public void close() {
        Threads.end(acceptor);
        Threads.closeQuietly(selector);
        Threads.end(connections);
        Threads.end(timer);
    }
}
