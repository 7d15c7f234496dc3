package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TestCertificate;
import io.ferric.node.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLServerSocket;

/** A TLS server on a free loopback port that answers each connection with the next answer of a script, byte for byte. */
public final class ScriptedIlo implements AutoCloseable {
    /** What is done with a connection once its request has been read. */
    public interface Answer {
        void send(OutputStream out) throws IOException;
    }

    private final TestCertificate certificate;
    private final SSLServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Answer> script = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public ScriptedIlo() throws Exception {
        this(TestCertificate.selfSigned(Optional.empty(), Instant.now().plus(Duration.ofDays(1))));
    }

    public ScriptedIlo(TestCertificate certificate) throws Exception {
        this.certificate = certificate;
        this.server = (SSLServerSocket) certificate
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    /** Adds the documents of a RIBCL answer, sent in chunks as an iLO does. */
    public ScriptedIlo answers(String... documents) {
        return sends(chunked(String.join("", documents)));
    }

    public ScriptedIlo sends(String raw) {
        return does(out -> out.write(raw.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public ScriptedIlo does(Answer answer) {
        script.add(answer);
        return this;
    }

    public static String ok() {
        return response(0, "No error", "");
    }

    public static String payload(String xml) {
        return response(0, "No error", xml);
    }

    public static String response(int status, String message, String payload) {
        return String.format(
                "<?xml version=\"1.0\"?>\r\n<RIBCL VERSION=\"2.23\">\r\n<RESPONSE\r\n    STATUS=\"0x%04X\"\r\n    MESSAGE='%s'\r\n     />\r\n%s\n</RIBCL>\n",
                status, message, payload);
    }

    public static String chunked(String body) {
        StringBuilder answer = new StringBuilder(
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        for (int at = 0; at < body.length(); at += 232) {
            String chunk = body.substring(at, Math.min(body.length(), at + 232));
            answer.append(String.format("%03x\r\n", chunk.length()))
                    .append(chunk)
                    .append("\r\n");
        }
        return answer.append("0\r\n\r\n").toString();
    }

    /** Bodies of all requests so far. */
    public List<String> requests() {
        return requests;
    }

    public IloAccess access() throws Exception {
        return access(new IloTrust.Pinned(certificate.fingerprint()), Duration.ofSeconds(10));
    }

    public IloAccess access(IloTrust trust, Duration timeout) {
        return new IloAccess(
                "127.0.0.1", server.getLocalPort(), "Administrator", Secret.of("pretend-9"), timeout, trust);
    }

    public IloClient client() throws Exception {
        return new RibclConnector(HttpsExchange.create(), IloTrace.NONE).connect(access());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // a closed server ends the loop; a failed handshake is the client's affair
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(body(socket));
            script.take().send(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException | InterruptedException e) {
            // the client went away, or the test is over
        }
    }

    private static String body(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        char[] body = new char[length];
        for (int at = 0; at < length; ) {
            int read = in.read(body, at, length - at);
            if (read < 0) {
                throw new IOException("the request ended early");
            }
            at += read;
        }
        return new String(body);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
