package io.ferric.lab.ilo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Puts the answers of the JSON faces on the wire: chunks or a length, gzip, and the damage that faults ask for. */
final class RestWire {
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
    private static final int CHUNK = 0x1000;

    private final IloState state;
    private final RedfishKind kind;
    private final Clock clock;

    RestWire(IloState state, RedfishKind kind, Clock clock) {
        this.state = state;
        this.kind = kind;
        this.clock = clock;
    }

    /** @param gzip whether this answer is compressed though nobody asked */
    void send(HttpRequest request, RestReply reply, boolean gzip, OutputStream out) throws IOException {
        byte[] body = bytes(reply);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " " + reason(reply.status()) + "\r\n");
        header(head, "Date", DATE.format(clock.instant()));
        header(head, "Server", kind.generation() == 4 ? "HPE-iLO-Server/1.30" : "HPE-iLO/" + kind.firmware());
        header(head, "X_HP-CHRP-Service-Version", "1.0.3");
        header(head, "Cache-Control", "no-cache");
        if (!kind.twoPropertySets() || request.headers().containsKey("odata-version")) {
            header(head, "OData-Version", "4.0");
        }
        reply.headers().forEach((name, value) -> header(head, name, value));
        if (body.length > 0) {
            header(head, "Content-Type", "application/json; charset=utf-8");
        }
        if (body.length > 0 && (gzip || state.struck(IloFault.GZIP_REGARDLESS))) {
            body = compress(body);
            header(head, "Content-Encoding", "gzip");
        }
        boolean silent = request.method().equals("HEAD") || reply.status() == 204;
        boolean chunked = kind.chunked() && body.length > 0;
        header(head, chunked ? "Transfer-Encoding" : "Content-Length", chunked ? "chunked" : "" + body.length);
        header(head, "Connection", keepsAlive(request) ? "keep-alive" : "close");
        out.write(ascii(head + "\r\n"));
        if (!silent) {
            sendBody(body, chunked, out);
        }
        out.flush();
    }

    /** Whether the client wants to ask again over the same connection. */
    static boolean keepsAlive(HttpRequest request) {
        return !request.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private void sendBody(byte[] body, boolean chunked, OutputStream out) throws IOException {
        boolean drops = state.struck(IloFault.DROP_IN_CHUNK);
        int end = drops ? body.length / 2 : body.length;
        for (int at = 0; at < end; at += CHUNK) {
            int size = Math.min(CHUNK, body.length - at);
            String head = chunked ? Integer.toHexString(size) + "\r\n" : "";
            out.write(ascii(head));
            out.write(body, at, Math.min(size, end - at));
            out.write(ascii(chunked && !drops ? "\r\n" : ""));
        }
        if (drops) {
            out.flush();
            throw new IOException("dropped as the fault " + IloFault.DROP_IN_CHUNK + " asks");
        }
        if (chunked) {
            out.write(ascii("0\r\n\r\n"));
        }
    }

    private byte[] bytes(RestReply reply) {
        if (state.struck(IloFault.GARBAGE_ANSWER)) {
            return ascii("\u0000\u0017]]>< not a word of JSON {{{ \u00ff\u00fe");
        }
        if (state.struck(IloFault.WRONG_DOCUMENT)) {
            return ascii("[\"Please log in\"]");
        }
        byte[] body = reply.body().map(ObjectNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
        return state.struck(IloFault.TRUNCATED_DOCUMENT) ? java.util.Arrays.copyOf(body, body.length / 2) : body;
    }

    private static byte[] compress(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    private static void header(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(204, "No Content"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Payload Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(503, "Service Unavailable"));

    private static String reason(int status) {
        return REASONS.getOrDefault(status, "Unknown");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
