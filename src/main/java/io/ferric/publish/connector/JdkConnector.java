package io.ferric.publish.connector;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.openstack4j.api.exceptions.ConnectionException;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;

/**
 * Our connector for openstack4j, found by its {@code ServiceLoader}: each request goes through the {@link HttpTransport} of
 * its {@link Config}. Only timeouts, TLS context and proxy of the Config count, and 0 stands for the usual timeouts.
 *
 * <p>A 401 is handed back as it is: to replay a request after logging in again is for those who can open its body again.
 * Network failures become {@link ConnectionException}. Safe for use by many threads.
 */
public final class JdkConnector implements HttpExecutorService {
    private final Map<TransportOptions, HttpTransport> transports = new ConcurrentHashMap<>();

    @Override
    public String getExecutorDisplayName() {
        return "Ferric java.net.http connector";
    }

    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        Config config = Optional.ofNullable(request.getConfig()).orElse(Config.DEFAULT);
        try {
            return transports
                    .computeIfAbsent(options(config), HttpTransport::new)
                    .execute(request);
        } catch (IOException e) {
            throw new ConnectionException(e.getMessage(), 0, e);
        }
    }

    private static TransportOptions options(Config config) {
        if (config.isIgnoreSSLVerification()) {
            throw new ConnectionException(
                    "TLS verification cannot be switched off; name the CA of the service instead", 0, null);
        }
        TransportOptions usual = TransportOptions.defaults();
        return new TransportOptions(
                Optional.ofNullable(config.getSslContext()),
                Optional.ofNullable(config.getProxy())
                        .map(proxy -> new HttpProxy(proxy.getRawHost(), proxy.getPort(), List.of())),
                orElse(config.getConnectTimeout(), usual.connectTimeout()),
                orElse(config.getReadTimeout(), usual.readTimeout()));
    }

    private static Duration orElse(int millis, Duration otherwise) {
        return millis > 0 ? Duration.ofMillis(millis) : otherwise;
    }
}
