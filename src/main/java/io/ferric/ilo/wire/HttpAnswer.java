package io.ferric.ilo.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An HTTP/1.1 answer, as embedded web servers write it: chunk sizes padded with zeros, lines ended by
 * LF alone, a body that ends with the connection. Every length is limited. Source: RFC 9112 sections 2 to 7.
 *
 * @param headers by their names in lower case; of several with one name the last
 * @param keepsOpen whether another request may follow on the connection
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, boolean keepsOpen) {
    private static final int LINE_LIMIT = 8 * 1024;
    private static final int HEADER_LIMIT = 100;
    private static final int HEAD_LIMIT = 64 * 1024;
    private static final int REMARK_LIMIT = 8;

    /**
     * Reads one answer; remarks that announce one are skipped, and a body compressed by gzip is inflated, whether it was
     * declared or not: some iLOs compress without being asked.
     *
     * @param limit how many bytes the body may have, compressed and inflated
     * @throws BrokenAnswer when it is no HTTP, or longer than allowed
     */
    public static HttpAnswer read(InputStream in, int limit, String method) throws IOException {
        Head head = Head.read(in);
        for (int remarks = 0; head.status() < 200; remarks++) {
            if (remarks == REMARK_LIMIT) {
                throw new BrokenAnswer("more than " + REMARK_LIMIT + " HTTP remarks and no answer");
            }
            head = Head.read(in);
        }
        boolean bodiless = head.status() == 204 || head.status() == 304 || "HEAD".equals(method);
        boolean chunked = head.field("transfer-encoding").contains("chunked");
        int length = chunked || head.field("content-length").isEmpty()
                ? -1
                : number(head.field("content-length"), 10, limit);
        byte[] body = bodiless ? new byte[0] : chunked ? chunks(in, limit) : plain(in, length, limit);
        boolean ended = bodiless || chunked || length >= 0;
        return new HttpAnswer(head.status(), head.fields(), inflated(body, limit), ended && head.keepsOpen());
    }

    private record Head(String protocol, int status, Map<String, String> fields) {
        static Head read(InputStream in) throws IOException {
            String line = line(in);
            String[] words = line.split(" ", 3);
            if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5]\\d\\d")) {
                throw new BrokenAnswer("no HTTP but '" + Words.shown(line) + "'");
            }
            return new Head(words[0], Integer.parseInt(words[1]), headers(in));
        }

        /** In lower case; empty when it is not there. */
        String field(String name) {
            return fields.getOrDefault(name, "").toLowerCase(Locale.ROOT);
        }

        boolean keepsOpen() {
            return protocol.equals("HTTP/1.0")
                    ? field("connection").contains("keep-alive")
                    : !field("connection").contains("close");
        }
    }

    private static byte[] inflated(byte[] body, int limit) throws IOException {
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return body;
        }
        // ilo.client.Quirk.GZIP_REGARDLESS
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] inflated = in.readNBytes(limit + 1);
            checkLimit(inflated.length, limit);
            return inflated;
        } catch (EOFException | ZipException e) {
            throw new BrokenAnswer("its compressed body is broken");
        }
    }

    /** The value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as text; bytes that are no UTF-8 are replaced. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> fields = new HashMap<>();
        int bytes = 0;
        for (int headers = 0; ; headers++) {
            String header = line(in);
            if (header.isEmpty()) {
                return Map.copyOf(fields);
            }
            bytes += header.length();
            if (headers == HEADER_LIMIT || bytes > HEAD_LIMIT) {
                throw new BrokenAnswer(
                        "more than " + HEADER_LIMIT + " HTTP headers, or " + HEAD_LIMIT + " bytes of them");
            }
            take(header, fields);
        }
    }

    /** What continues the line before, an old custom, is of no use to anyone here. */
    private static void take(String header, Map<String, String> fields) throws IOException {
        int colon = header.indexOf(':');
        if (colon <= 0 || Character.isWhitespace(header.charAt(0))) {
            return;
        }
        String name = header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = header.substring(colon + 1).strip();
        String before = fields.put(name, value);
        if (before != null && name.equals("content-length") && !before.equals(value)) {
            throw new BrokenAnswer("two lengths, '" + Words.shown(before) + "' and '" + Words.shown(value) + "'");
        }
    }

    private static byte[] chunks(InputStream in, int limit) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in);
            int semicolon = line.indexOf(';');
            int size = number(semicolon < 0 ? line : line.substring(0, semicolon), 16, limit);
            if (size == 0) {
                endOfTrailers(in);
                return body.toByteArray();
            }
            checkLimit(body.size() + (long) size, limit);
            byte[] chunk = in.readNBytes(size);
            body.writeBytes(chunk);
            if (chunk.length < size) {
                throw new BrokenAnswer(
                        "the connection ended in the middle of the answer, after " + body.size() + " bytes");
            }
            line(in);
        }
    }

    /** Some iLOs close the connection without the empty line that should follow the last chunk. */
    private static void endOfTrailers(InputStream in) throws IOException {
        try {
            headers(in);
        } catch (BrokenAnswer | java.net.SocketException e) {
            // the body is complete
        }
    }

    private static byte[] plain(InputStream in, int length, int limit) throws IOException {
        byte[] body = in.readNBytes(length < 0 ? limit + 1 : length);
        checkLimit(body.length, limit);
        if (body.length < length) {
            throw new BrokenAnswer("the connection ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private static int number(String text, int radix, int limit) throws IOException {
        String digits = text.strip();
        if (!digits.matches("[0-9a-fA-F]{1,16}")) {
            throw new BrokenAnswer("a length of '" + Words.shown(digits) + "'");
        }
        try {
            long value = Long.parseLong(digits, radix);
            checkLimit(value < 0 ? Long.MAX_VALUE : value, limit);
            return (int) value;
        } catch (NumberFormatException e) {
            throw new BrokenAnswer("a length of '" + Words.shown(digits) + "'");
        }
    }

    private static void checkLimit(long size, int limit) throws IOException {
        if (size > limit) {
            throw new BrokenAnswer("more than " + limit + " bytes");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new BrokenAnswer(
                        line.size() == 0
                                ? "the connection ended before the answer was complete"
                                : "the connection ended in the middle of a line");
            }
            if (line.size() == LINE_LIMIT) {
                throw new BrokenAnswer("a line of more than " + LINE_LIMIT + " bytes");
            }
            line.write(each);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
