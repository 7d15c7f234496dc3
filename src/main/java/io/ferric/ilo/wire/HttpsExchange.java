package io.ferric.ilo.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * HTTPS to iLOs, one turn at a time for each. The time-out bounds each request, also for an iLO that sends a byte now
 * and then: a watchdog closes the connection. (Only looking up a host name is left to the resolver's own limits.) Safe
 * for use by many threads.
 */
public final class HttpsExchange {
    /** Health data, the longest answer known, has about 200 kB. */
    private static final int ANSWER_LIMIT = 2 * 1024 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ScheduledExecutorService watchdog;
    private final BmcLocks locks;

    /** @param watchdog runs the very short tasks that end requests whose time is up */
    public HttpsExchange(ScheduledExecutorService watchdog) {
        this.watchdog = watchdog;
        this.locks = new BmcLocks();
    }

    /** One with a {@link #watchdog()} of its own. */
    public static HttpsExchange create() {
        return new HttpsExchange(watchdog());
    }

    /** A single daemon thread for all iLOs, which ends when it has been idle for 10 s. */
    public static ScheduledThreadPoolExecutor watchdog() {
        ScheduledThreadPoolExecutor watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "ilo-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        watchdog.setKeepAliveTime(IDLE.toSeconds(), TimeUnit.SECONDS);
        watchdog.allowCoreThreadTimeOut(true);
        return watchdog;
    }

    /** What is said in one turn. */
    public interface Talk<T> {
        T on(IloLine line) throws IOException;
    }

    /** Waits until nobody else speaks to this iLO, and then has the talk; its connection is closed at the end. */
    public <T> T inTurn(IloAccess access, Talk<T> talk) throws IOException {
        return locks.inTurn(access.authority(), access.timeout(), () -> {
            try (Line line = new Line(access)) {
                return talk.on(line);
            }
        });
    }

    private final class Line implements IloLine, AutoCloseable {
        private final IloAccess access;
        private final AtomicBoolean expired = new AtomicBoolean();
        private Socket socket = new Socket();
        private SSLSocket tls;
        private InputStream in;

        private Line(IloAccess access) {
            this.access = access;
        }

        @Override
        public HttpAnswer exchange(HttpCall call) throws IOException {
            if (tls == null) {
                socket = new Socket();
            }
            Socket mine = socket;
            Future<?> guard =
                    watchdog.schedule(() -> expire(mine), access.timeout().toMillis(), TimeUnit.MILLISECONDS);
            try {
                if (tls == null) {
                    connect();
                }
                send(call);
                HttpAnswer answer = HttpAnswer.read(in, ANSWER_LIMIT, call.method());
                if (!answer.keepsOpen()) {
                    close();
                }
                return answer;
            } catch (IOException e) {
                close();
                throw expired.get() ? timedOut(e) : e;
            } finally {
                guard.cancel(false);
            }
        }

        private void connect() throws IOException {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(access.address(), access.port()), (int)
                    access.timeout().toMillis());
            tls = secure(socket, access);
            in = new BufferedInputStream(tls.getInputStream());
        }

        private void send(HttpCall call) throws IOException {
            StringBuilder head = new StringBuilder(
                    call.method() + " " + call.path() + " HTTP/1.1\r\nHost: " + access.authority() + "\r\n");
            call.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
            if (call.body().length > 0 || !"GET".equals(call.method())) {
                head.append("Content-Length: " + call.body().length + "\r\n");
            }
            OutputStream out = tls.getOutputStream();
            // in one piece old firmware does not take it
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            out.write(call.body());
            out.flush();
        }

        /** Marked first: whoever sees the connection die must see why. */
        private void expire(Socket whose) {
            expired.set(true);
            closeQuietly(whose);
        }

        @Override
        public void close() {
            closeQuietly(tls == null ? socket : tls);
            closeQuietly(socket);
            tls = null;
        }
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

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
    }
}
