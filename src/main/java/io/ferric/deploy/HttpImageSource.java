package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * Images on web servers. TLS is verified as Java does it; every wait has a limit; redirects are followed a few times and
 * never from https to http. Credentials in the URL are refused, and queries are left out of messages, for they may be
 * signatures.
 */
public final class HttpImageSource implements ImageSource {
    private final HttpImageConfig config;
    private final HttpClient client;

    public HttpImageSource(HttpImageConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public boolean accepts(String reference) {
        return reference.startsWith("http:") || reference.startsWith("https:");
    }

    @Override
    public void check(String reference) {
        uri(reference);
    }

    @Override
    public boolean needsChecksum() {
        return true;
    }

    /** Asks by HEAD; a server that does not answer that is taken to have no size to tell. */
    @Override
    public ImageMetadata metadata(String reference) throws IOException {
        HttpResponse<Void> answer = ask("HEAD", uri(reference), 0, BodyHandlers.discarding());
        OptionalLong size = OptionalLong.empty();
        if (answer.statusCode() == 200) {
            size = answer.headers().firstValueAsLong("Content-Length");
        } else if (answer.statusCode() == 404 || answer.statusCode() == 410) {
            throw refused(uri(reference), answer.statusCode());
        }
        return new ImageMetadata(reference, size, Optional.empty(), Optional.empty(), Map.of());
    }

    @Override
    public InputStream open(String reference, long offset) throws IOException {
        HttpResponse<Flow.Publisher<java.util.List<java.nio.ByteBuffer>>> answer =
                ask("GET", uri(reference), offset, BodyHandlers.ofPublisher());
        TimedBody body = new TimedBody(config.readTimeout());
        answer.body().subscribe(body);
        try {
            if (answer.statusCode() == 200) {
                body.skipNBytes(offset);
            } else if (answer.statusCode() != 206 || !startsAt(answer.headers(), offset)) {
                throw refused(uri(reference), answer.statusCode());
            }
            return body;
        } catch (IOException e) {
            body.close();
            throw e;
        }
    }

    private <T> HttpResponse<T> ask(String method, URI first, long offset, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        URI uri = first;
        for (int hop = 0; hop <= config.maxRedirects(); hop++) {
            HttpResponse<T> answer = send(method, uri, offset, handler);
            if (!redirects(answer.statusCode())) {
                return answer;
            }
            discard(answer.body());
            uri = next(uri, answer.headers());
        }
        throw new IOException("more than " + config.maxRedirects() + " redirects from " + shown(first));
    }

    private <T> HttpResponse<T> send(String method, URI uri, long offset, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.readTimeout())
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new IOException("no answer from " + shown(uri) + ": " + Faults.words(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + shown(uri), e);
        }
    }

    private static URI next(URI from, HttpHeaders headers) throws IOException {
        String location =
                headers.firstValue("Location").orElseThrow(() -> new IOException(shown(from) + " redirects nowhere"));
        URI to;
        try {
            to = from.resolve(new URI(location));
        } catch (URISyntaxException e) {
            throw new IOException(shown(from) + " redirects to something that is no URL", e);
        }
        boolean http = "http".equals(to.getScheme()) && "http".equals(from.getScheme());
        if (to.getHost() == null || !http && !"https".equals(to.getScheme())) {
            throw new IOException(shown(from) + " redirects to a place that is not to be trusted: " + shown(to));
        }
        return to;
    }

    private static URI uri(String reference) {
        try {
            URI uri = new URI(reference);
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notOurForm(reference);
        }
        throw notOurForm(reference);
    }

    private static RuntimeException notOurForm(String reference) {
        return Faults.badReference(
                reference, "is no URL to fetch from", "Write http(s)://host/path without user name and password.");
    }

    /** Lets a body that nobody wants flow no further, which gives its connection back. */
    private static void discard(Object body) {
        if (body instanceof Flow.Publisher<?> publisher) {
            TimedBody.cancel(publisher);
        }
    }

    private static boolean startsAt(HttpHeaders headers, long offset) {
        return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
    }

    private static boolean redirects(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static IOException refused(URI uri, int status) {
        return new IOException(shown(uri) + " answered with HTTP status " + status);
    }

    private static String shown(URI uri) {
        return Faults.shown(uri.toString());
    }
}
