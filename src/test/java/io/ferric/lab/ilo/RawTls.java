package io.ferric.lab.ilo;

import io.ferric.lab.kit.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** Talks to an iLO over a bare TLS socket and de-chunks by itself. */
final class RawTls {
    private static final int PATIENCE_MILLIS = 10_000;

    private final SimulatedIlo ilo;

    RawTls(SimulatedIlo ilo) {
        this.ilo = ilo;
    }

    /** Sends the pieces as separate writes and returns all bytes until the connection closes. */
    String exchange(String... pieces) throws IOException {
        try (SSLSocket socket = (SSLSocket) Trust.pinned(ilo.fingerprint())
                .getSocketFactory()
                .createSocket(ilo.address().getAddress(), ilo.address().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    /** Posts a body to /ribcl, the prolog in a write of its own as python-hpilo does; returns headers and body. */
    String post(String body) throws IOException {
        String prolog = "<?xml version=\"1.0\"?>\r\n";
        int length = prolog.length() + body.getBytes(StandardCharsets.UTF_8).length;
        return exchange(
                "POST /ribcl HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length
                        + "\r\nConnection: Close\r\n\r\n",
                prolog,
                body);
    }

    /** Posts one command as the administrator; returns the de-chunked documents. */
    String command(String block, String mode, String command) throws IOException {
        return dechunk(post(envelope(SimulatedIlo.DEFAULT_PASSWORD, block, mode, command)));
    }

    static String envelope(String password, String block, String mode, String command) {
        return "<RIBCL VERSION=\"2.0\"><LOGIN USER_LOGIN=\"" + SimulatedIlo.DEFAULT_USER + "\" PASSWORD=\"" + password
                + "\"><" + block + " MODE=\"" + mode + "\">" + command + "</" + block + "></LOGIN></RIBCL>\r\n";
    }

    static String dechunk(String answer) {
        String rest = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        StringBuilder body = new StringBuilder();
        while (true) {
            int line = rest.indexOf("\r\n");
            String digits = rest.substring(0, line);
            if (digits.equals("0")) {
                return body.toString();
            }
            if (!digits.matches("[0-9a-f]{3}")) {
                throw new AssertionError("a chunk size of \"" + digits + "\"");
            }
            int size = Integer.parseInt(digits, 16);
            body.append(rest, line + 2, line + 2 + size);
            rest = rest.substring(line + 2 + size + 2);
        }
    }
}
