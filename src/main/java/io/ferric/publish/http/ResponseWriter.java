package io.ferric.publish.http;

import io.ferric.publish.http.Response.Octets;
import io.ferric.publish.http.Response.Part;
import io.ferric.publish.http.Response.Region;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** Sends one response bit by bit, as the other end takes it. Confined to one thread. */
final class ResponseWriter implements Closeable {
    /** Most octets of a file in one go, so that connections take turns. */
    private static final long TURN = 256 * 1024;

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(206, "Partial Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"));

    private final Response response;
    private final boolean keepAlive;
    private final Queue<Part> waiting = new ArrayDeque<>();
    private ByteBuffer octets;
    private long position;
    private long left;

    ResponseWriter(Response response, boolean head, boolean keepAlive, Instant now) {
        this.response = response;
        this.keepAlive = keepAlive;
        this.octets = ByteBuffer.wrap(head(now).getBytes(StandardCharsets.ISO_8859_1));
        if (!head) {
            waiting.addAll(response.body());
        }
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean done() {
        return !octets.hasRemaining() && left == 0 && waiting.isEmpty();
    }

    /** Sends what can be sent without waiting; false when the other end takes nothing now. */
    boolean write(Wire wire) throws IOException {
        if (octets.hasRemaining()) {
            int before = octets.remaining();
            wire.write(octets);
            return octets.remaining() < before;
        }
        if (left > 0) {
            return writeRegion(wire);
        }
        Part part = waiting.remove();
        if (part instanceof Octets more) {
            octets = ByteBuffer.wrap(more.data());
        } else if (part instanceof Region region) {
            position = region.position();
            left = region.length();
        }
        return true;
    }

    private boolean writeRegion(Wire wire) throws IOException {
        FileChannel file = response.file().orElseThrow();
        long count = wire.write(file, position, Math.min(left, TURN));
        if (count == 0 && position >= file.size()) {
            throw new EOFException("the file became shorter while it was sent");
        }
        position += count;
        left -= count;
        if (count > 0) {
            response.sent().accept(count);
        }
        return count > 0;
    }

    private String head(Instant now) {
        int status = response.status();
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, ""))
                .append("\r\nDate: ")
                .append(HttpDate.format(now));
        response.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        if (status != 304) {
            head.append("\r\nContent-Length: ").append(response.length());
        }
        head.append("\r\nConnection: ").append(keepAlive ? "keep-alive" : "close");
        return head.append("\r\n\r\n").toString();
    }

    @Override
    public void close() throws IOException {
        response.closeFile();
    }
}
