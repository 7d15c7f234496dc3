package io.ferric.publish;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fetch log of {@link LocalPublisher}: the last few thousand names and URLs. Safe for use by many threads. */
final class FetchMemory implements FetchLog {
    private final Clock clock;
    private final Instant since;
    private final Function<URI, Optional<String>> urlKey;
    private final Map<String, Entry> byName;
    private final Map<String, Entry> byUrl;

    /**
     * @param limit most names, and most URLs, that are remembered
     * @param urlKey what a URL is remembered by; empty for one that is not ours
     */
    FetchMemory(Clock clock, int limit, Function<URI, Optional<String>> urlKey) {
        this.clock = clock;
        this.since = clock.instant();
        this.urlKey = urlKey;
        this.byName = forgetful(limit);
        this.byUrl = forgetful(limit);
    }

    private record Entry(Optional<Fetched> fetched, Optional<Refusal> refusal) {
        static final Entry NONE = new Entry(Optional.empty(), Optional.empty());
    }

    /** Notes a request that is being answered; true when it is the first one for this URL. */
    synchronized boolean requested(String name, String key, String client) {
        boolean first = fetched(byUrl, key).isEmpty();
        note(byName, name, 1, 0, client);
        note(byUrl, key, 1, 0, client);
        return first;
    }

    /** Notes content octets that have left. */
    synchronized void sent(String name, String key, String client, long bytes) {
        note(byName, name, 0, bytes, client);
        note(byUrl, key, 0, bytes, client);
    }

    /**
     * Notes a refusal; true when it is news.
     *
     * @param key empty when the URL is not one of ours
     */
    synchronized boolean refused(String name, Optional<String> key, Refusal refusal) {
        boolean known = refusal(name)
                .filter(last -> last.reason().equals(refusal.reason()))
                .isPresent();
        byName.merge(name, new Entry(Optional.empty(), Optional.of(refusal)), FetchMemory::refusedAgain);
        key.ifPresent(text ->
                byUrl.merge(text, new Entry(Optional.empty(), Optional.of(refusal)), FetchMemory::refusedAgain));
        return !known;
    }

    private static Entry refusedAgain(Entry old, Entry fresh) {
        return new Entry(old.fetched(), fresh.refusal());
    }

    /** Something new goes by this name. */
    synchronized void forget(String name) {
        byName.remove(name);
    }

    private void note(Map<String, Entry> entries, String key, int requests, long bytes, String client) {
        Instant now = clock.instant();
        Entry old = entries.getOrDefault(key, Entry.NONE);
        Fetched before = old.fetched().orElse(new Fetched(now, now, 0, 0, client));
        Fetched after = new Fetched(before.first(), now, before.requests() + requests, before.bytes() + bytes, client);
        entries.put(key, new Entry(Optional.of(after), old.refusal()));
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public synchronized Optional<Fetched> of(String name) {
        return fetched(byName, name);
    }

    @Override
    public synchronized Optional<Fetched> of(URI url) {
        return urlKey.apply(url).flatMap(key -> fetched(byUrl, key));
    }

    @Override
    public synchronized Optional<Refusal> refusal(String name) {
        return refusal(byName, name);
    }

    @Override
    public synchronized Optional<Refusal> refusal(URI url) {
        return urlKey.apply(url).flatMap(key -> refusal(byUrl, key));
    }

    private static Optional<Fetched> fetched(Map<String, Entry> entries, String key) {
        return entries.getOrDefault(key, Entry.NONE).fetched();
    }

    private static Optional<Refusal> refusal(Map<String, Entry> entries, String key) {
        return entries.getOrDefault(key, Entry.NONE).refusal();
    }

    /** A map that drops the entry unused for the longest time. */
    static <V> Map<String, V> forgetful(int limit) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > limit;
            }
        };
    }
}
