package io.ferric.ilo;

import io.ferric.publish.FetchLog;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A store like Swift, in memory: annotations, several users, and operations that fail with 503 when told to. */
final class FakeStore implements Publisher {
    private record Thing(Instant stored, Map<String, String> annotations) {}

    private final Map<String, Thing> things = new TreeMap<>();
    private final Clock clock;
    /** Names of methods that fail. */
    final Set<String> failing = new HashSet<>();

    int uploads;

    FakeStore(Clock clock) {
        this.clock = clock;
    }

    synchronized Set<String> names() {
        return Set.copyOf(things.keySet());
    }

    /** Puts something there behind everybody's back. */
    synchronized void plant(String name, Map<String, String> annotations) {
        things.put(name, new Thing(clock.instant(), annotations));
    }

    private void mayFail(String method) throws PublishException {
        if (failing.contains(method)) {
            throw new PublishException(PublishException.SWIFT_OPERATION_ERROR, method + " failed: 503");
        }
    }

    @Override
    public synchronized SignedUrl publish(String name, Path file, Duration ttl) throws PublishException {
        store(name, file, Map.of());
        return sign(name, ttl);
    }

    @Override
    public synchronized void store(String name, Path file, Map<String, String> annotations) throws PublishException {
        mayFail("store");
        uploads++;
        plant(name, annotations);
    }

    @Override
    public synchronized void annotate(String name, Map<String, String> annotations) throws PublishException {
        mayFail("annotate");
        Thing thing = thing(name);
        Map<String, String> all = new HashMap<>(thing.annotations());
        all.putAll(annotations);
        things.put(name, new Thing(thing.stored(), all));
    }

    private Thing thing(String name) throws PublishException {
        return Optional.ofNullable(things.get(name))
                .orElseThrow(() -> new PublishException(PublishException.SWIFT_OBJECT_NOT_FOUND, "404 " + name));
    }

    @Override
    public synchronized Map<String, String> annotations(String name) throws PublishException {
        return Map.copyOf(thing(name).annotations());
    }

    @Override
    public synchronized List<Published> list(String prefix) throws PublishException {
        mayFail("list");
        return things.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix))
                .map(each -> new Published(each.getKey(), each.getValue().stored(), 1))
                .toList();
    }

    @Override
    public synchronized List<String> removeOrphanedPieces(Map<String, String> marked, Instant since) {
        List<String> names = things.entrySet().stream()
                .filter(each -> each.getKey().startsWith("ferric-segments/"))
                .filter(each -> each.getValue().annotations().equals(marked)
                        && !each.getValue().stored().isAfter(since))
                .map(Map.Entry::getKey)
                .toList();
        names.forEach(things::remove);
        return names;
    }

    @Override
    public synchronized SignedUrl sign(String name, Duration ttl) throws PublishException {
        thing(name);
        return new SignedUrl(
                URI.create("http://127.0.0.1/" + name), clock.instant().plus(ttl));
    }

    @Override
    public synchronized boolean exists(String name) {
        return things.containsKey(name);
    }

    @Override
    public synchronized void remove(String name) throws PublishException {
        mayFail("remove");
        things.remove(name);
    }

    @Override
    public Optional<FetchLog> fetchLog() {
        return Optional.empty();
    }
}
