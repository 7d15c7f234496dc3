package io.ferric.publish.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects octets until they hold a request head, and reads it (RFC 9112 sections 2 to 5). Confined to one thread. */
final class RequestReader {
    /** Longest head taken, octets. */
    static final int LIMIT = 8 * 1024;

    private static final Pattern REQUEST_LINE = Pattern.compile("([A-Z]{1,16}) ([!-~]{1,4096}) HTTP/1\\.([01])");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/]*(/.*)?");

    private final String client;
    private final ByteBuffer octets = ByteBuffer.allocate(LIMIT);

    RequestReader(String client) {
        this.client = client;
    }

    /** Where to put what arrives; never full as long as {@link #next} is called after each filling. */
    ByteBuffer space() {
        return octets;
    }

    /** Whether a head has begun to arrive. */
    boolean begun() {
        return octets.position() > 0;
    }

    /** Takes the next whole head out of what arrived. */
    Optional<Request> next() throws BadRequest {
        int end = endOfHead();
        if (end < 0) {
            if (!octets.hasRemaining()) {
                throw new BadRequest(431, "the request head is longer than " + LIMIT + " octets");
            }
            return Optional.empty();
        }
        String head = new String(octets.array(), 0, end, StandardCharsets.ISO_8859_1);
        octets.flip().position(end);
        octets.compact();
        return head.isBlank() ? next() : Optional.of(parse(head.stripLeading()));
    }

    /** Just behind the empty line; an empty line at the very start counts as a blank head of its own. */
    private int endOfHead() {
        int lineStart = 0;
        for (int i = 0; i < octets.position(); i++) {
            if (octets.get(i) == '\n') {
                boolean empty = i == lineStart || i == lineStart + 1 && octets.get(lineStart) == '\r';
                if (empty) {
                    return i + 1;
                }
                lineStart = i + 1;
            }
        }
        return -1;
    }

    private Request parse(String head) throws BadRequest {
        String[] lines = head.split("\r?\n");
        Matcher first = REQUEST_LINE.matcher(lines[0]);
        if (!first.matches()) {
            throw new BadRequest(400, "the request line cannot be understood");
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (!field.matches()) {
                throw new BadRequest(400, "a header line cannot be understood");
            }
            headers.merge(field.group(1).toLowerCase(Locale.ROOT), field.group(2), (one, two) -> one + ", " + two);
        }
        return new Request(
                first.group(1), originForm(first.group(2)), first.group(3).equals("1"), headers, client);
    }

    private static String originForm(String target) {
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            return target;
        }
        return absolute.group(1) == null ? "/" : absolute.group(1);
    }
}
