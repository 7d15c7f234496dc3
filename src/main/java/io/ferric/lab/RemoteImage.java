package io.ferric.lab;

import io.ferric.lab.media.Blocks;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A virtual medium as an iLO reads it: one HEAD for the size, then GETs with Range as the server reads sectors. Keeps a
 * few windows of read-ahead. No message of its exceptions holds the URL, which carries a signature. Used by one thread.
 */
final class RemoteImage implements Blocks {
    private static final int WINDOW = 1 << 20;
    /** Enough for readers that go to and fro between tables and data. */
    private static final int WINDOWS = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI url;
    private final long size;
    private final Optional<String> etag;
    private final Duration patience;
    private final Map<Long, byte[]> windows = new LinkedHashMap<>(WINDOWS, 1, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > WINDOWS;
        }
    };

    private RemoteImage(HttpClient http, URI url, HttpResponse<?> head, Duration patience) throws IOException {
        this.http = http;
        this.patience = patience;
        this.url = url;
        this.size = head.headers()
                .firstValueAsLong("Content-Length")
                .orElseThrow(() -> new IOException("the image server gives no Content-Length"));
        this.etag = head.headers().firstValue("ETag");
    }

    /** Asks for the size; an {@link IOException} says why the medium cannot be read. */
    static RemoteImage open(HttpClient http, String url) throws IOException, InterruptedException {
        return open(http, url, PATIENCE);
    }

    /** The same, with a limit for the head of each answer and for its body. */
    static RemoteImage open(HttpClient http, String url, Duration patience) throws IOException, InterruptedException {
        URI uri = parse(url);
        HttpResponse<Void> head = http.send(
                HttpRequest.newBuilder(uri)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .timeout(patience)
                        .build(),
                BodyHandlers.discarding());
        if (head.statusCode() != 200) {
            throw new IOException("the image server answered HEAD with " + head.statusCode());
        }
        return new RemoteImage(http, uri, head, patience);
    }

    private static URI parse(String url) throws IOException {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("the image's URL is malformed");
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] target) throws IOException {
        if (position < 0 || target.length > size || position > size - target.length) {
            throw new EOFException(target.length + " bytes at " + position + " of an image of " + size);
        }
        int done = 0;
        while (done < target.length) {
            long at = position + done;
            byte[] window = window(at / WINDOW * WINDOW);
            int from = (int) (at % WINDOW);
            int count = Math.min(target.length - done, window.length - from);
            System.arraycopy(window, from, target, done, count);
            done += count;
        }
    }

    private byte[] window(long start) throws IOException {
        byte[] known = windows.get(start);
        if (known == null) {
            known = fetch(start);
            windows.put(start, known);
        }
        return known;
    }

    private byte[] fetch(long start) throws IOException {
        long end = Math.min(size, start + WINDOW) - 1;
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Range", "bytes=" + start + "-" + end)
                .timeout(patience)
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                check(answer, start, end);
                byte[] window = BoundedBody.read(body, (int) (end - start + 1), patience);
                if (window.length != end - start + 1) {
                    throw new EOFException("the image server sent " + window.length + " bytes of " + (end - start + 1));
                }
                return window;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the medium", e);
        }
    }

    private void check(HttpResponse<?> answer, long start, long end) throws IOException {
        if (answer.statusCode() != 206) {
            throw new IOException("the image server answered a Range request with " + answer.statusCode());
        }
        String range = answer.headers().firstValue("Content-Range").orElse("");
        if (!range.equals("bytes " + start + "-" + end + "/" + size)) {
            throw new IOException("the image server sent another range than asked for: " + range);
        }
        if (!answer.headers().firstValue("ETag").equals(etag)) {
            throw new IOException("the image changed while it was read");
        }
    }
}
