package io.ferric.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All resources of one kind. Every method throws an {@link ApiException} when the server refuses, and an
 * {@link IOException} when it cannot be reached. Safe for use by many threads.
 *
 * @param <T> what is known of each
 */
public final class Records<T> {
    private final Api api;
    private final Kind kind;
    private final Class<T> type;

    Records(Api api, Kind kind, Class<T> type) {
        this.api = api;
        this.kind = kind;
        this.type = type;
    }

    /**
     * One page of a list.
     *
     * @param next where the next page is, for {@link #next}; empty at the end
     */
    public record Page<T>(List<T> items, Optional<String> next) {}

    /** The first page. */
    public Page<T> page(Listing what) throws IOException {
        return page(what.path(kind));
    }

    /** The page after a page. */
    public Page<T> next(Page<T> page) throws IOException {
        return page(page.next().orElseThrow(() -> new NoSuchElementException("that was the last page")));
    }

    /**
     * All pages, each fetched when it is needed.
     *
     * @return a stream that throws {@link UncheckedIOException} when a page cannot be fetched
     */
    public Stream<T> stream(Listing what) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Pages(what.path(kind)), Spliterator.ORDERED), false);
    }

    /** All pages at once. */
    public List<T> all(Listing what) throws IOException {
        try (Stream<T> items = stream(what)) {
            return items.collect(Collectors.toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The one with this UUID or, where the kind has names, this name. */
    public T get(String id) throws IOException {
        return read(api.get(at(id)));
    }

    /** As {@link #get}, with these fields only (microversion 1.8). */
    public T get(String id, List<String> fields) throws IOException {
        return read(api.get(at(id) + "?fields=" + Api.encoded(String.join(",", fields))));
    }

    /** As {@link #get}, but empty when there is none. */
    public Optional<T> find(String id) throws IOException {
        try {
            return Optional.of(get(id));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Makes one of fields by their names in the API. */
    public T create(Map<String, ?> fields) throws IOException {
        return read(api.post(kind.path(), fields));
    }

    /** Changes one, all of it or nothing. */
    public T update(String id, Changes changes) throws IOException {
        return read(api.patch(at(id), changes.operations()));
    }

    public void delete(String id) throws IOException {
        api.delete(at(id));
    }

    private String at(String id) {
        return kind.path() + "/" + Api.encoded(id);
    }

    private T read(JsonNode answer) throws IOException {
        try {
            return api.json().treeToValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new IOException("the answer does not look like one of " + kind.key() + ": " + e.getOriginalMessage());
        }
    }

    private Page<T> page(String path) throws IOException {
        JsonNode answer = api.get(path);
        List<T> items = new ArrayList<>();
        for (JsonNode each : answer.path(kind.key())) {
            items.add(read(each));
        }
        return new Page<>(items, following(path, answer.path("next").asText("")));
    }

    /** Only the query of the link: the server may not know the address it is reached by. */
    private static Optional<String> following(String path, String link) {
        int query = link.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(path.replaceAll("\\?.*", "") + link.substring(query));
    }

    private final class Pages implements Iterator<T> {
        private final Deque<T> ready = new ArrayDeque<>();
        private Optional<String> next;

        Pages(String first) {
            next = Optional.of(first);
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && next.isPresent()) {
                fetch(next.get());
            }
            return !ready.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void fetch(String path) {
            try {
                Page<T> page = page(path);
                if (page.next().equals(Optional.of(path))) {
                    throw new IOException("the list of " + kind.key() + " names the same page as its next one");
                }
                ready.addAll(page.items());
                next = page.next();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
