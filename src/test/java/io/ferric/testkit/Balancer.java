package io.ferric.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A load balancer on a loopback port of its own: each connection goes to any Ferric that says {@code /readyz}, and is cut
 * when that one does not say so any more.
 */
public final class Balancer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int LOOK_MILLIS = 250;

    private final ServerSocket listener;
    private final List<Backend> backends;
    private final ScheduledExecutorService looks;

    private static final class Backend {
        private final URI uri;
        private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
        private volatile boolean ready;

        Backend(URI uri) {
            this.uri = uri;
        }

        void look() {
            ready = saysReady();
            if (!ready) {
                clients.forEach(FaultProxy::quietly);
            }
        }

        private boolean saysReady() {
            try {
                HttpURLConnection question =
                        (HttpURLConnection) uri.resolve("/readyz").toURL().openConnection();
                question.setConnectTimeout(PATIENCE_MILLIS);
                question.setReadTimeout(PATIENCE_MILLIS);
                return question.getResponseCode() == 200;
            } catch (IOException e) {
                return false;
            }
        }
    }

    public Balancer(List<URI> servers) {
        backends = servers.stream().map(Backend::new).toList();
        looks = Executors.newScheduledThreadPool(servers.size());
        backends.forEach(each -> looks.scheduleWithFixedDelay(each::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        try {
            listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FaultProxy.daemon("balancer", this::serve);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                FaultProxy.daemon("balancer-connect", () -> connect(client));
            } catch (IOException e) {
                // closed, or the client has gone already
            }
        }
    }

    private void connect(Socket client) {
        List<Backend> order = new ArrayList<>(backends);
        Collections.shuffle(order);
        for (Backend each : order) {
            if (each.ready && relayed(client, each)) {
                return;
            }
        }
        FaultProxy.quietly(client);
    }

    private static boolean relayed(Socket client, Backend backend) {
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(backend.uri.getHost(), backend.uri.getPort()), PATIENCE_MILLIS);
        } catch (IOException e) {
            FaultProxy.quietly(server);
            return false;
        }
        backend.clients.add(client);
        FaultProxy.daemon("balancer-up", () -> pump(client, server));
        pump(server, client);
        backend.clients.remove(client);
        return true;
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of the two has gone, and so has the other now
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        FaultProxy.quietly(listener);
    }
}
