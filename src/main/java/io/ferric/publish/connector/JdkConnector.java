package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.openstack4j.api.exceptions.ConnectionException;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/**
 * Sends the requests of openstack4j through {@code java.net.http}.
 *
 * <p>Timeouts are those of the {@link Config}, else 10 s to connect and 60 s to answer; an upload of a {@link FileBody} has
 * as much longer as its size takes at 1 MiB/s, and other uploads have an hour. Reading an answer fails when nothing comes
 * for the same time. A 401 is handed back as it is: to replay a request after logging in again is for those who can open
 * its body again. Network failures become {@link ConnectionException}. Safe for use by many threads.
 */
public final class JdkConnector implements HttpExecutorService {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration UNKNOWN_UPLOAD = Duration.ofHours(1);
    private static final long SLOWEST_UPLOAD = 1024 * 1024;

    private final Map<ClientKey, HttpClient> clients = new ConcurrentHashMap<>();

    private record ClientKey(Optional<SSLContext> tls, Duration connectTimeout) {}

    @Override
    public String getExecutorDisplayName() {
        return "Ferric java.net.http connector";
    }

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        Config config = Optional.ofNullable(request.getConfig()).orElse(Config.DEFAULT);
        try {
            return send(request, config);
        } catch (IOException e) {
            throw new ConnectionException(reason(e), 0, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("interrupted", 0, e);
        }
    }

    private <R> HttpResponse send(HttpRequest<R> request, Config config) throws IOException, InterruptedException {
        Duration answer = orElse(config.getReadTimeout(), ANSWER);
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(uri(request))
                .method(request.getMethod().name(), body(request));
        request.getHeaders().forEach((name, value) -> builder.setHeader(name, String.valueOf(value)));
        builder.setHeader("User-Agent", "Ferric");
        if (hasBody(request)) {
            builder.setHeader("Content-Type", request.getContentType());
        }
        var answered = client(config).sendAsync(builder.build(), BodyHandlers.ofInputStream());
        var response = await(answered, answer.plus(uploadTime(request)));
        return new JdkResponse(response, new StallGuard(response.body(), answer));
    }

    /**
     * Until the head of the answer is there, and no longer: the timeout of {@code java.net.http} itself goes on while the
     * body is read, in newer versions of Java, and would end a long download.
     */
    private static <T> T await(CompletableFuture<T> answered, Duration limit) throws IOException, InterruptedException {
        try {
            return answered.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + limit);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
        } finally {
            answered.cancel(true);
        }
    }

    private HttpClient client(Config config) {
        if (config.isIgnoreSSLVerification()) {
            throw new ConnectionException(
                    "TLS verification cannot be switched off; name the CA of the service instead", 0, null);
        }
        ClientKey key =
                new ClientKey(Optional.ofNullable(config.getSslContext()), orElse(config.getConnectTimeout(), CONNECT));
        return clients.computeIfAbsent(key, JdkConnector::client);
    }

    private static HttpClient client(ClientKey key) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(key.connectTimeout());
        key.tls().ifPresent(builder::sslContext);
        return builder.build();
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

    private static BodyPublisher body(HttpRequest<?> request) throws IOException {
        Object entity = request.getEntity();
        if (entity instanceof FileBody file) {
            return BodyPublishers.ofFile(file.getRaw());
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

    private static Duration uploadTime(HttpRequest<?> request) throws IOException {
        if (request.getEntity() instanceof FileBody file) {
            return Duration.ofSeconds(Files.size(file.getRaw()) / SLOWEST_UPLOAD);
        }
        return request.getEntity() instanceof InputStream ? UNKNOWN_UPLOAD : Duration.ZERO;
    }

    private static Duration orElse(int millis, Duration otherwise) {
        return millis > 0 ? Duration.ofMillis(millis) : otherwise;
    }

    private static String reason(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        String kind = e.getClass().getSimpleName();
        return Optional.ofNullable(e.getMessage())
                .filter(text -> !text.isBlank())
                .orElse(kind);
    }
}
