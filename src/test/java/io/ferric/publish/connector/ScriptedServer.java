package io.ferric.publish.connector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** An HTTP server on loopback whose every octet a test decides, over TLS when it is given a context. */
public final class ScriptedServer implements AutoCloseable {
    /** What to do with a request. */
    @FunctionalInterface
    public interface Script {
        /** Answers, and tells whether the connection is kept. */
        boolean answer(Request request, OutputStream out) throws IOException;
    }

    /** @param number of the connection it came on, from 1 */
    public record Request(String line, Map<String, String> headers, InputStream body, int number, Socket socket) {
        public byte[] content() throws IOException {
            return body.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
    }

    public final List<Request> requests = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();

    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Script script;
    private final boolean tls;

    public ScriptedServer(Script script) throws IOException {
        this(script, Optional.empty());
    }

    public ScriptedServer(Script script, Optional<SSLContext> context) throws IOException {
        this.script = script;
        this.tls = context.isPresent();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        this.listener = tls
                ? context.orElseThrow().getServerSocketFactory().createServerSocket(0, 50, loopback)
                : new ServerSocket(0, 50, loopback);
        inBackground(this::accept);
    }

    public URI url(String path) {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + listener.getLocalPort() + path);
    }

    public static boolean say(OutputStream out, String status, String headers, byte[] body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return true;
    }

    public static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                inBackground(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            Optional<Request> request = read(socket, number);
            while (request.isPresent()) {
                requests.add(request.get());
                if (!script.answer(request.get(), socket.getOutputStream())) {
                    return;
                }
                request = read(socket, number);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static Optional<Request> read(Socket socket, int number) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            head.write(octet);
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(": ?", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return Optional.of(new Request(lines[0], headers, in, number, socket));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
