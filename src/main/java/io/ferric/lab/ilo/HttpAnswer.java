package io.ferric.lab.ilo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/** Puts answers on the wire byte for byte as an iLO's web server does (ilo-protocols a.2). */
final class HttpAnswer {
    private static final int MAX_CHUNK = 0x1ff;
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private HttpAnswer() {}

    /** The head of a 200 answer; chunks follow, and then the connection is closed. */
    static byte[] chunkedHead(Instant now, String server) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nDate: " + DATE.format(now)
                        + "\r\nCache-Control: no-cache\r\nExpires: Thu, 26 Oct 1995 00:00:00 GMT"
                        + "\r\nTransfer-Encoding: chunked\r\nServer: " + server + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Cuts a body in chunks of any size up to 511 bytes, sizes in three lower-case hexadecimal digits. */
    static byte[] chunks(byte[] body, Random borders) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(body.length + body.length / 16 + 16);
        int at = 0;
        while (at < body.length) {
            int size = Math.min(body.length - at, 1 + borders.nextInt(MAX_CHUNK));
            wire.writeBytes(ascii("%03x\r\n".formatted(size)));
            wire.write(body, at, size);
            wire.writeBytes(ascii("\r\n"));
            at += size;
        }
        wire.writeBytes(ascii("0\r\n\r\n"));
        return wire.toByteArray();
    }

    /** A chunk that promises 511 bytes and brings half of the body, at most 200 bytes. */
    static byte[] brokenChunk(byte[] body) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(ascii("1ff\r\n"));
        wire.write(body, 0, Math.min(body.length / 2, 200));
        return wire.toByteArray();
    }

    /** A short answer with a page for humans. */
    static byte[] page(int status, String reason, String server) {
        String body = "<HTML><BODY><H1>Request Error</H1>" + reason + "</BODY></HTML>\r\n";
        return ascii("HTTP/1.1 " + status + " " + reason + "\r\nContent-Type: text/html\r\nContent-Length: "
                + body.length() + "\r\nServer: " + server + "\r\nConnection: close\r\n\r\n" + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
