package io.ferric.publish;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Serves files by itself. */
public final class LocalPublisher implements Publisher, AutoCloseable {
    private static final String TODO = "not yet";

    public LocalPublisher(LocalPublisherOptions options, Clock clock) throws PublishException {}

    /** Starts to listen; returns itself. */
    public LocalPublisher start() throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    /** What the URLs start with. */
    public URI baseUrl() {
        throw new UnsupportedOperationException(TODO);
    }

    /** Deletes what has expired; returns how many objects. */
    public int sweep() throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public SignedUrl publish(String name, Path file, Duration ttl) throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public void store(String name, Path file) throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public SignedUrl sign(String name, Duration ttl) throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public boolean exists(String name) throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public void remove(String name) throws PublishException {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public Optional<FetchLog> fetchLog() {
        throw new UnsupportedOperationException(TODO);
    }

    @Override
    public void close() {}
}
