package io.ferric.publish;

import io.ferric.publish.connector.ScriptedServer;
import io.ferric.publish.connector.ScriptedServer.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that knows one server: it forwards whatever is asked for, and tunnels whatever is to be tunnelled, to it. */
final class FakeProxy implements AutoCloseable {
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final URI behind;
    private final ScriptedServer server;

    FakeProxy(URI behind) throws IOException {
        this.behind = behind;
        this.server = new ScriptedServer(this::answer);
    }

    URI url() {
        return server.url("");
    }

    private boolean answer(Request request, OutputStream out) throws IOException {
        asked.add(request.line());
        String[] words = request.line().split(" ");
        try (Socket far = new Socket(behind.getHost(), behind.getPort())) {
            if (words[0].equals("CONNECT")) {
                out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                StringBuilder head = new StringBuilder(
                        words[0] + " " + URI.create(words[1]).getRawPath() + " HTTP/1.1\r\nConnection: close\r\n");
                request.headers()
                        .forEach((name, value) ->
                                head.append(name).append(": ").append(value).append("\r\n"));
                far.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            ScriptedServer.inBackground(() -> copy(request.body(), far));
            far.getInputStream().transferTo(out);
        }
        return false;
    }

    private static void copy(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
