package io.ferric.publish.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An answer: a status, headers, and a body made of octets and of regions of one file.
 *
 * @param headers without Date, Content-Length and Connection, which the server adds
 * @param body in order of sending; for HEAD it gives the length and is not sent
 * @param file what the regions are of; the server closes it
 * @param sent is told of content octets as they leave, many times
 */
public record Response(
        int status, Map<String, String> headers, List<Part> body, Optional<FileChannel> file, LongConsumer sent) {
    private static final LongConsumer NOBODY = count -> {};

    /** A status alone, with an empty body. */
    public static Response of(int status) {
        return new Response(status, Map.of(), List.of(), Optional.empty(), NOBODY);
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, file, sent);
    }

    long length() {
        return body.stream().mapToLong(Part::length).sum();
    }

    void closeFile() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** A piece of a body. */
    public sealed interface Part permits Octets, Region {
        long length();
    }

    /** Octets in memory, for part heads and the like. */
    public record Octets(byte[] data) implements Part {
        @Override
        public long length() {
            return data.length;
        }
    }

    /** A stretch of the response's file. */
    public record Region(long position, long length) implements Part {}
}
