package io.ferric.publish.http;

import io.ferric.publish.http.ByteRanges.ByteRange;
import io.ferric.publish.http.Response.Octets;
import io.ferric.publish.http.Response.Part;
import io.ferric.publish.http.Response.Region;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Answers a GET or HEAD for one file: conditional requests, one range or several (RFC 9110 sections 13 and 14).
 *
 * @param file open for reading; goes over to the response
 * @param size of the file in octets
 * @param etag strong, with its quotes
 * @param modified shown as Last-Modified, to the second
 */
public record FileAnswer(FileChannel file, long size, String etag, Instant modified) {
    private static final String TYPE = "application/octet-stream";

    public FileAnswer {
        modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Makes the response.
     *
     * @param sent is told of content octets as they leave
     */
    public Response to(Request request, LongConsumer sent) {
        if (failsPrecondition(request)) {
            return response(412, List.of(), sent);
        }
        if (isUnchanged(request)) {
            return response(304, List.of(), sent);
        }
        Optional<List<ByteRange>> ranges = request.header("range")
                .filter(range -> !request.isHead() && ifRangeHolds(request))
                .flatMap(header -> ByteRanges.parse(header, size));
        return ranges.map(list -> partial(list, sent)).orElseGet(() -> whole(sent));
    }

    private Response whole(LongConsumer sent) {
        return response(200, List.of(new Region(0, size)), sent).with("Content-Type", TYPE);
    }

    private Response partial(List<ByteRange> ranges, LongConsumer sent) {
        if (ranges.isEmpty()) {
            return response(416, List.of(), sent).with("Content-Range", "bytes */" + size);
        }
        if (ranges.size() == 1) {
            ByteRange range = ranges.get(0);
            return response(206, List.of(new Region(range.position(), range.length())), sent)
                    .with("Content-Type", TYPE)
                    .with("Content-Range", range.contentRange(size));
        }
        String boundary = "ferric-" + Integer.toHexString(etag.hashCode()) + Long.toHexString(size);
        return response(206, multipart(ranges, boundary), sent)
                .with("Content-Type", "multipart/byteranges; boundary=" + boundary);
    }

    private List<Part> multipart(List<ByteRange> ranges, String boundary) {
        List<Part> parts = new ArrayList<>();
        for (ByteRange range : ranges) {
            parts.add(octets("\r\n--" + boundary + "\r\nContent-Type: " + TYPE + "\r\nContent-Range: "
                    + range.contentRange(size) + "\r\n\r\n"));
            parts.add(new Region(range.position(), range.length()));
        }
        parts.add(octets("\r\n--" + boundary + "--\r\n"));
        return parts;
    }

    private Response response(int status, List<Part> body, LongConsumer sent) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        headers.put("Last-Modified", HttpDate.format(modified));
        headers.put("Accept-Ranges", "bytes");
        headers.put("Cache-Control", "private, no-store");
        return new Response(status, headers, body, Optional.of(file), sent);
    }

    private boolean failsPrecondition(Request request) {
        Optional<String> match = request.header("if-match");
        if (match.isPresent()) {
            return !lists(match.get());
        }
        Optional<Instant> since = request.header("if-unmodified-since").flatMap(HttpDate::parse);
        return since.filter(modified::isAfter).isPresent();
    }

    private boolean isUnchanged(Request request) {
        Optional<String> none = request.header("if-none-match");
        if (none.isPresent()) {
            return lists(none.get().replace("W/", ""));
        }
        Optional<Instant> since = request.header("if-modified-since").flatMap(HttpDate::parse);
        return since.filter(time -> !modified.isAfter(time)).isPresent();
    }

    /** Without a match the whole file is due, since the client's first half is of another one. */
    private boolean ifRangeHolds(Request request) {
        return request.header("if-range")
                .map(condition -> condition.startsWith("\"")
                        ? condition.equals(etag)
                        : HttpDate.parse(condition).filter(modified::equals).isPresent())
                .orElse(true);
    }

    private boolean lists(String tags) {
        return tags.strip().equals("*")
                || Arrays.stream(tags.split(",")).map(String::strip).anyMatch(etag::equals);
    }

    private static Octets octets(String text) {
        return new Octets(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
