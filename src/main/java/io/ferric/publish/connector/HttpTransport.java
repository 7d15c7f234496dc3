package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/**
 * Sends requests of openstack4j over one {@code java.net.http} client, which keeps its connections.
 *
 * <p>Nothing is followed and nothing is replayed, with one exception: when a kept connection turns out to be dead, the JDK
 * sends a GET or HEAD again on a new one, at once. Other methods fail with {@link ConnectionFault.Kind#LOST} then, since the
 * request may have arrived; a connection whose end is known is not used. An upload may take as long as it will, as long as
 * it goes on. Safe for use by many threads.
 */
public final class HttpTransport implements AutoCloseable {
    private static final Duration UNKNOWN_UPLOAD = Duration.ofHours(1);

    private final TransportOptions options;
    /** Let go when closed: the threads of a client end when nobody holds it, and Java 17 knows no other way. */
    private volatile Optional<HttpClient> client;

    public HttpTransport(TransportOptions options) {
        this.options = options;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(options.proxy().map(HttpProxy::selector).orElse(HttpClient.Builder.NO_PROXY))
                .connectTimeout(options.connectTimeout());
        options.tls().ifPresent(builder::sslContext);
        this.client = Optional.of(builder.build());
    }

    /**
     * Sends a request, with the body it has. The caller closes the answer.
     *
     * @throws ConnectionFault in plain words when no answer comes
     */
    public HttpResponse execute(HttpRequest<?> request) throws IOException {
        return execute(request, publisher(request), request.getContentType(), hasBody(request));
    }

    /** Sends a request with this body. The caller closes the answer. */
    public HttpResponse execute(HttpRequest<?> request, Body body, String contentType) throws IOException {
        return execute(request, publisher(body), contentType, true);
    }

    private HttpResponse execute(HttpRequest<?> request, BodyPublisher body, String contentType, boolean typed)
            throws IOException {
        URI target = uri(request);
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(target)
                .method(request.getMethod().name(), body);
        request.getHeaders().forEach((name, value) -> builder.setHeader(name, String.valueOf(value)));
        builder.setHeader("User-Agent", "Ferric");
        if (typed) {
            builder.setHeader("Content-Type", contentType);
        }
        Optional<HttpProxy> through = options.proxy().filter(proxy -> proxy.isFor(target));
        try {
            HttpClient open = client.orElseThrow(() -> new IOException("the session is closed"));
            var answered = open.sendAsync(builder.build(), BodyHandlers.ofInputStream());
            var response = await(answered, body, target);
            return new JdkResponse(response, new StallGuard(response.body(), options.readTimeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw FaultWords.of(e.getCause(), target, through);
        } finally {
            if (body instanceof FilePublisher file) {
                file.close();
            }
        }
    }

    /**
     * Until the head of the answer is there, and no longer: the timeout of {@code java.net.http} itself goes on while the
     * body is read, in newer versions of Java, and would end a long download.
     */
    private <T> T await(CompletableFuture<T> answered, BodyPublisher body, URI target)
            throws IOException, InterruptedException, ExecutionException {
        long started = System.nanoTime();
        long limit = options.readTimeout().toNanos() + (body.contentLength() < 0 ? UNKNOWN_UPLOAD.toNanos() : 0);
        try {
            while (true) {
                long since = body instanceof FilePublisher file ? file.lastPiece() : started;
                long left = since + limit - System.nanoTime();
                if (left <= 0) {
                    throw FaultWords.silent(target, options.readTimeout());
                }
                try {
                    return answered.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // Unless a piece of the body was taken meanwhile, this was it.
                }
            }
        } finally {
            answered.cancel(true);
        }
    }

    /** Later requests fail; answers that are being read can be read to their end. */
    @Override
    public void close() {
        client = Optional.empty();
    }

    private static URI uri(HttpRequest<?> request) {
        StringBuilder url = new StringBuilder(request.getUrl());
        char separator = url.indexOf("?") < 0 ? '?' : '&';
        if (request.hasQueryParams()) {
            for (var parameter : request.getQueryParams().entrySet()) {
                for (Object value : parameter.getValue()) {
                    url.append(separator)
                            .append(encode(parameter.getKey()))
                            .append('=')
                            .append(encode(value));
                    separator = '&';
                }
            }
        }
        return URI.create(url.toString());
    }

    private static String encode(Object text) {
        return URLEncoder.encode(String.valueOf(text), StandardCharsets.UTF_8);
    }

    private static boolean hasBody(HttpRequest<?> request) {
        return request.getEntity() != null || request.hasJson();
    }

    private static BodyPublisher publisher(Body body) {
        if (body instanceof FileBody file) {
            return new FilePublisher(file);
        }
        return BodyPublishers.ofByteArray(((Body.Octets) body).octets());
    }

    private static BodyPublisher publisher(HttpRequest<?> request) throws IOException {
        Object entity = request.getEntity();
        if (entity instanceof FileBody file) {
            return publisher((Body) file);
        }
        if (entity instanceof InputStream stream) {
            return BodyPublishers.ofInputStream(() -> stream);
        }
        if (entity != null) {
            return BodyPublishers.ofByteArray(
                    ObjectMapperSingleton.getContext(entity.getClass()).writeValueAsBytes(entity));
        }
        return request.hasJson() ? BodyPublishers.ofString(request.getJson()) : BodyPublishers.noBody();
    }
}
