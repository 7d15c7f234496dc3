package io.ferric.ilo.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * One POST over one TLS connection of its own, as iLOs want it. The time-out bounds all of it, also an iLO that sends a
 * byte now and then: a watchdog closes the connection. (Only looking up a host name is left to the resolver's own limits.)
 * Safe for use by many threads.
 */
final class HttpsExchange {
    /** Health data, the longest answer known, has about 200 kB. */
    private static final int ANSWER_LIMIT = 2 * 1024 * 1024;

    private final ScheduledExecutorService watchdog;
    private final BmcLocks locks;

    HttpsExchange(ScheduledExecutorService watchdog, BmcLocks locks) {
        this.watchdog = watchdog;
        this.locks = locks;
    }

    /** Waits until no other call to this iLO runs, then sends and returns whatever status came. */
    HttpAnswer post(IloAccess access, String path, byte[] body) throws IOException {
        return locks.inTurn(access.authority(), access.timeout(), () -> connectAndPost(access, path, body));
    }

    private HttpAnswer connectAndPost(IloAccess access, String path, byte[] body) throws IOException {
        long millis = access.timeout().toMillis();
        Socket socket = new Socket();
        AtomicBoolean expired = new AtomicBoolean();
        Future<?> guard = watchdog.schedule(() -> expire(socket, expired), millis, TimeUnit.MILLISECONDS);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(access.address(), access.port()), (int) millis);
            try (SSLSocket tls = secure(socket, access)) {
                return exchange(tls, access, path, body);
            }
        } catch (IOException e) {
            throw expired.get() ? timedOut(e) : e;
        } finally {
            guard.cancel(false);
            close(socket);
        }
    }

    private static HttpAnswer exchange(SSLSocket tls, IloAccess access, String path, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + access.authority()
                + "\r\nContent-Type: text/xml\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        OutputStream out = tls.getOutputStream();
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        out.write(body);
        out.flush();
        return HttpAnswer.read(new BufferedInputStream(tls.getInputStream()), ANSWER_LIMIT);
    }

    private static SSLSocket secure(Socket socket, IloAccess access) throws IOException {
        SSLSocket tls = (SSLSocket) sockets(access.trust()).createSocket(socket, access.address(), access.port(), true);
        if (Certificates.nameMatters(access.trust())) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
        return tls;
    }

    private static SSLSocketFactory sockets(IloTrust trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {Certificates.of(trust)}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static SocketTimeoutException timedOut(IOException why) {
        SocketTimeoutException timeout = new SocketTimeoutException("time is up");
        timeout.initCause(why);
        return timeout;
    }

    /** Marked first: whoever sees the connection die must see why. */
    private static void expire(Socket socket, AtomicBoolean expired) {
        expired.set(true);
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is what it shall be, and nothing more can be done
        }
    }
}
