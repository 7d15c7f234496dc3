package io.ferric.ilo.wire;

import io.ferric.node.Secret;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A TLS server of which each connection answers so many requests as it has answers, and then is closed. */
final class TlsPeer implements AutoCloseable {
    /** Instead of an answer: nothing, until the other side goes away. */
    static final String SILENCE = "(silence)";

    private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

    private final TestCertificate certificate;
    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<List<String>> script = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SSLSession> sessions = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch firstClosed = new CountDownLatch(1);
    private volatile Runnable onRequest = () -> {};

    TlsPeer(TestCertificate certificate) throws Exception {
        this(certificate, certificate.serverContext(), server -> {});
    }

    /** @param settings makes the server speak as it should */
    TlsPeer(TestCertificate certificate, SSLContext context, Consumer<SSLServerSocket> settings) throws Exception {
        this.certificate = certificate;
        this.server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        settings.accept(server);
        threads.execute(this::accept);
    }

    TlsPeer connection(String... answers) {
        script.add(List.of(answers));
        return this;
    }

    void onRequest(Runnable action) {
        onRequest = action;
    }

    TestCertificate certificate() {
        return certificate;
    }

    /** How many connections were accepted. */
    int connections() {
        return accepted.get();
    }

    /** How many different TLS sessions there were: those taken up again keep the time they were made. */
    long handshakes() {
        return sessions.stream().map(SSLSession::getCreationTime).distinct().count();
    }

    /** Protocol and cipher of each connection. */
    List<String> spoken() {
        return sessions.stream()
                .map(session -> session.getProtocol() + " " + session.getCipherSuite())
                .toList();
    }

    List<String> requests() {
        return requests;
    }

    void awaitClosed(int count) {
        try {
            firstClosed.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    IloAccess access() throws IOException {
        try {
            return access(new IloTrust.Pinned(certificate.fingerprint()), Duration.ofSeconds(20));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    IloAccess access(IloTrust trust, Duration timeout) {
        return new IloAccess("127.0.0.1", server.getLocalPort(), "someone", Secret.of("pretend-9"), timeout, trust);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // a closed server ends the loop
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            accepted.incrementAndGet();
            sessions.add(socket.getSession());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String answer : script.take()) {
                requests.add(request(in));
                onRequest.run();
                if (answer.equals(SILENCE)) {
                    in.read();
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
        } catch (IOException | InterruptedException e) {
            // the client went away, or the test is over
        } finally {
            closed(socket);
        }
    }

    private void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
        firstClosed.countDown();
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int each = in.read();
            if (each < 0) {
                throw new IOException("no request");
            }
            head.append((char) each);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head + new String(body, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
