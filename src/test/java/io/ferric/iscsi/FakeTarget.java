package io.ferric.iscsi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An iSCSI target in this process, written by hand from RFC 7143 and apart from the code under test, that behaves and
 * misbehaves as its script says. One thread a connection.
 */
final class FakeTarget implements AutoCloseable {
    static final String IQN = "iqn.2026-11.io.ferric.test:disk";

    final FakeDisk disk;
    final FakeScript script = new FakeScript();
    final List<FakeLogin> logins = new CopyOnWriteArrayList<>();
    final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    volatile int logouts;
    volatile int pongs;
    private final List<FakeSession> sessions = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    FakeTarget(FakeDisk disk) {
        this.disk = disk;
        try {
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    static FakeTarget ofMegabytes(int megabytes) {
        return new FakeTarget(new FakeDisk((long) megabytes << 20, 512));
    }

    IscsiTarget address() {
        return IscsiTarget.of(server.getInetAddress().getHostAddress(), server.getLocalPort(), IQN, 1);
    }

    /** Pings the initiator of the newest session. */
    void ping() throws IOException {
        sessions.get(sessions.size() - 1).ping();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            FakeWire wire = new FakeWire(socket);
            wire.oneByteAtATime = script.oneByteAnswers;
            FakeLogin login = new FakeLogin(script, wire);
            if (login.run()) {
                logins.add(login);
                FakeSession session = new FakeSession(this, wire, login);
                sessions.add(session);
                session.run();
            }
        } catch (SocketException e) {
            if (e.getMessage().contains("digest")) {
                complaints.add(e.getMessage());
            }
        } catch (IOException e) {
            // the initiator has gone
        } catch (RuntimeException | AssertionError e) {
            complaints.add(e.toString());
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fake-target");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
