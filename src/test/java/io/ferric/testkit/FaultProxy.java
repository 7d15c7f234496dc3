package io.ferric.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on a loopback port of its own before a real server, that does wrong what a test asks for.
 *
 * <p>A fault that is set holds for open connections too, from their next byte on, so that it also meets clients that
 * keep connections. Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final Set<FaultRelay> relays = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile FaultPlan plan = FaultPlan.NONE;
    private volatile ServerSocket listener;

    public FaultProxy(InetSocketAddress target) {
        this.target = target;
        this.listener = listen(0);
    }

    /** Before the server of this URL. */
    public static FaultProxy before(URI server) {
        int port = server.getPort() > 0 ? server.getPort() : server.getScheme().equals("https") ? 443 : 80;
        return new FaultProxy(new InetSocketAddress(server.getHost(), port));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** This URL of the server, by way of the proxy. */
    public URI through(URI url) {
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return URI.create(url.getScheme() + "://127.0.0.1:" + port() + path);
    }

    /** Does this wrong every time, until {@link #heal}. */
    public void fault(Fault fault) {
        fault(fault, Integer.MAX_VALUE);
    }

    /** Does this wrong so many times, then no more. */
    public void fault(Fault fault, int times) {
        plan = new FaultPlan(fault, times);
    }

    /** Does nothing wrong from now on; what is frozen stays so. */
    public void heal() {
        plan = FaultPlan.NONE;
    }

    /** How often the last fault asked for has struck. */
    public int strikes() {
        return plan.strikes();
    }

    /** How many connections were taken in all. */
    public int connections() {
        return connections.get();
    }

    /** How many requests came this way that begin so, such as {@code "GET /v3/auth/tokens"}; all of them, if empty. */
    public long requests(String start) {
        return requests.stream().filter(line -> line.startsWith(start)).count();
    }

    /** Ends every connection and refuses new ones, as a server that is down, until {@link #accept}. */
    public void refuse() {
        quietly(listener);
        relays.forEach(FaultRelay::close);
    }

    /** Takes connections again, on the same port. */
    public void accept() {
        listener = listen(listener.getLocalPort());
    }

    @Override
    public void close() {
        refuse();
    }

    private ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            daemon("fault-proxy-accept", () -> serve(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    private void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                daemon("fault-proxy-connect", () -> relay(client, socket));
            } catch (IOException e) {
                // the listener was closed, or the client has gone already
            }
        }
    }

    private void relay(Socket client, ServerSocket accepted) {
        try {
            Socket server = new Socket(target.getHostString(), target.getPort());
            FaultRelay relay = new FaultRelay(client, server, () -> plan, requests::add);
            relays.add(relay);
            if (accepted.isClosed()) {
                relay.close();
            }
            relay.run();
            relays.remove(relay);
        } catch (IOException e) {
            quietly(client);
        }
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void quietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            // it is going away
        }
    }
}
