package io.ferric.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request and its whole answer within a time, of a bounded size; redirects are not followed. */
final class Http {
    /** Far more than a page of a thousand nodes. */
    static final int LARGEST_ANSWER = 64 << 20;

    /**
     * What is asked.
     *
     * @param body JSON, if any
     */
    record Request(String method, URI uri, Map<String, String> headers, Optional<String> body) {
        /** For messages: without the query, in which there may be anything. */
        String inWords() {
            return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        }
    }

    private final HttpClient client;
    private final Duration timeout;

    Http(Duration timeout, Optional<Path> ca) throws IOException {
        Duration patience = timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience);
        if (ca.isPresent()) {
            builder.sslContext(Trust.of(ca.get()));
        }
        this.client = builder.build();
        this.timeout = timeout;
    }

    HttpResponse<String> send(Request request) throws IOException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(built(request), info -> new BoundedText(LARGEST_ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(request.inWords() + " was not answered within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(request.inWords() + ": " + words(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the answer to " + request.inWords(), e);
        }
    }

    private HttpRequest built(Request request) throws IOException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).header("Accept", "application/json");
            request.headers().forEach(builder::setHeader);
            request.body().ifPresent(body -> builder.setHeader("Content-Type", "application/json"));
            return builder.method(
                            request.method(),
                            request.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody))
                    .build();
        } catch (IllegalArgumentException e) {
            // Java's message may hold the header's value
            throw new IOException(request.inWords() + " cannot be sent: its address or a header (the token, the"
                    + " version) has characters that HTTP does not allow");
        }
    }

    private static String words(Throwable e) {
        if (e instanceof ConnectException) {
            return "no connection; is the address right, and does the service run?";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
