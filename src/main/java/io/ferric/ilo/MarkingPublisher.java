package io.ferric.ilo;

import io.ferric.publish.FetchLog;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A publisher that puts the mark of this installation on everything it stores. As safe for threads as the one within. */
final class MarkingPublisher implements Publisher {
    private final Publisher within;
    private final OwnMark mark;

    MarkingPublisher(Publisher within, OwnMark mark) {
        this.within = within;
        this.mark = mark;
    }

    @Override
    public SignedUrl publish(String name, Path file, Duration ttl) throws PublishException {
        return within.publish(name, file, ttl, mark.ofInstallation());
    }

    @Override
    public void store(String name, Path file, Map<String, String> annotations) throws PublishException {
        Map<String, String> all = new HashMap<>(mark.ofInstallation());
        all.putAll(annotations);
        within.store(name, file, all);
    }

    @Override
    public void annotate(String name, Map<String, String> annotations) throws PublishException {
        within.annotate(name, annotations);
    }

    @Override
    public List<Published> list(String prefix) throws PublishException {
        return within.list(prefix);
    }

    @Override
    public Map<String, String> annotations(String name) throws PublishException {
        return within.annotations(name);
    }

    @Override
    public List<String> removeOrphanedPieces(Map<String, String> marked, Instant since) throws PublishException {
        return within.removeOrphanedPieces(marked, since);
    }

    @Override
    public boolean exclusive() {
        return within.exclusive();
    }

    @Override
    public SignedUrl sign(String name, Duration ttl) throws PublishException {
        return within.sign(name, ttl);
    }

    @Override
    public boolean exists(String name) throws PublishException {
        return within.exists(name);
    }

    @Override
    public void remove(String name) throws PublishException {
        within.remove(name);
    }

    @Override
    public Optional<URI> servedAt() {
        return within.servedAt();
    }

    @Override
    public Optional<FetchLog> fetchLog() {
        return within.fetchLog();
    }
}
