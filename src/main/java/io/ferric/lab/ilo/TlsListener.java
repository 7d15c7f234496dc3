package io.ferric.lab.ilo;

import io.ferric.lab.kit.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TLS connections and hands each to a handler on a thread of its own, until it is closed. */
final class TlsListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final int IDLE_MILLIS = 30_000;

    private final IloEngine engine;
    private final SSLContext tls;
    private final List<String> protocols;
    private final Handler handler;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    /** Serves one connection, which is closed when the handler returns. */
    @FunctionalInterface
    interface Handler {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    /** @param protocols the TLS versions to take; none means what the JVM takes */
    TlsListener(IloEngine engine, SSLContext tls, List<String> protocols, InetSocketAddress address, Handler handler)
            throws IOException {
        this.engine = engine;
        this.tls = tls;
        this.protocols = List.copyOf(protocols);
        this.handler = handler;
        this.server = engine.listen(address, this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                server.socket().getInetAddress(), server.socket().getLocalPort());
    }

    private void accept(ServerSocketChannel from, ExecutorService threads) throws IOException {
        SocketChannel channel = from.accept();
        if (channel == null) {
            return;
        }
        open.add(channel);
        engine.opened();
        try {
            threads.execute(() -> serve(channel));
        } catch (RejectedExecutionException e) {
            forget(channel);
        }
    }

    private void serve(SocketChannel channel) {
        try (SSLSocket socket = secured(channel)) {
            if (!protocols.isEmpty()) {
                socket.setEnabledProtocols(protocols.toArray(String[]::new));
            }
            socket.setSoTimeout(IDLE_MILLIS);
            handler.serve(socket);
        } catch (IOException e) {
            LOG.debug("connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(channel);
        }
    }

    private SSLSocket secured(SocketChannel channel) throws IOException {
        channel.configureBlocking(true);
        return (SSLSocket) tls.getSocketFactory().createSocket(channel.socket(), null, true);
    }

    private void forget(SocketChannel channel) {
        Threads.closeQuietly(channel);
        if (open.remove(channel)) {
            engine.closed();
        }
    }

    @Override
    public void close() {
        engine.stopListening(server);
        open.forEach(Threads::closeQuietly);
    }
}
