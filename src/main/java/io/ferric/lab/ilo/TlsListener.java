package io.ferric.lab.ilo;

import io.ferric.lab.kit.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TLS connections and hands each to a handler on a thread of its own, until it is closed. */
final class TlsListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final int IDLE_MILLIS = 30_000;

    private final ServerSocket server;
    private final ExecutorService threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Handler handler;

    /** Serves one connection, which is closed when the handler returns. */
    @FunctionalInterface
    interface Handler {
        void serve(Socket socket) throws IOException, InterruptedException;
    }

    TlsListener(SSLContext tls, InetSocketAddress address, Handler handler) throws IOException {
        this.handler = handler;
        server = tls.getServerSocketFactory().createServerSocket();
        server.bind(address);
        threads = Executors.newCachedThreadPool(Threads.daemons("ilo-" + server.getLocalPort()));
        threads.execute(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("accept ended: {}", e.toString());
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            handler.serve(socket);
        } catch (IOException e) {
            LOG.debug("connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        Threads.closeQuietly(server);
        open.forEach(Threads::closeQuietly);
        Threads.end(threads);
    }
}
