package io.ferric;

import io.ferric.publish.LocalPublisher;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SwiftApi;
import io.ferric.publish.SwiftPublisher;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publisher that the configuration asks for, running. */
final class Publishing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final Publisher publisher;
    private final Optional<LocalPublisher> local;
    private final Optional<ScheduledExecutorService> sweeper;

    private Publishing(Publisher publisher, Optional<LocalPublisher> local) {
        this.publisher = publisher;
        this.local = local;
        this.sweeper = local.map(server -> {
            ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "publisher-sweep");
                thread.setDaemon(true);
                return thread;
            });
            timer.scheduleWithFixedDelay(() -> sweep(server), 1, 1, TimeUnit.MINUTES);
            return timer;
        });
    }

    static Publishing start(PublisherConfig config, OpenStack openStack, Clock clock) throws IOException {
        if (config.kind() == PublisherConfig.Kind.LOCAL) {
            LocalPublisher local = local(config, clock);
            return new Publishing(local, Optional.of(local));
        }
        SwiftConfig how = config.swift();
        SwiftApi swift = new SwiftApi(openStack.keystone().objectStore(), how.options(), clock);
        return new Publishing(new SwiftPublisher(swift, how.container(), how.upload()), Optional.empty());
    }

    private static LocalPublisher local(PublisherConfig config, Clock clock) throws PublishException {
        try {
            return new LocalPublisher(config.local().options(), clock).start();
        } catch (PublishException e) {
            if (e.code().equals(PublishException.INVALID_PARAMETER_VALUE)) {
                throw new ConfigException("publisher.local: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    Publisher publisher() {
        return publisher;
    }

    Optional<URI> baseUri() {
        return local.map(LocalPublisher::baseUrl);
    }

    @Override
    public void close() {
        sweeper.ifPresent(ScheduledExecutorService::shutdownNow);
        local.ifPresent(LocalPublisher::close);
    }

    private static void sweep(LocalPublisher server) {
        try {
            server.sweep();
        } catch (PublishException | RuntimeException e) {
            LOG.warn("expired images could not be swept: {}", e.getMessage());
        }
    }
}
