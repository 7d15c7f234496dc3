package io.ferric.rest.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * As {@link Page}, of a list that may be long: each item is written as it comes, and none is kept. For one thread.
 */
public final class StreamedPage<T> extends JsonSerializable.Base {
    private final String name;
    private final int limit;
    private final Consumer<Consumer<T>> source;
    private final Function<T, JsonSerializable> view;
    private final Function<T, ?> id;
    private final UriInfo request;

    /**
     * @param name what the list is called
     * @param limit how many items are shown
     * @param source hands over at most {@code limit + 1} items, when the page is written
     * @param id what the next page is asked for by
     */
    public StreamedPage(
            String name,
            int limit,
            Consumer<Consumer<T>> source,
            Function<T, JsonSerializable> view,
            Function<T, ?> id,
            UriInfo request) {
        this.name = name;
        this.limit = limit;
        this.source = source;
        this.view = view;
        this.id = id;
        this.request = request;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        Writing writing = new Writing(json, serializers);
        json.writeStartObject();
        json.writeArrayFieldStart(name);
        try {
            source.accept(writing);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        json.writeEndArray();
        if (writing.next.isPresent()) {
            json.writeStringField("next", Page.next(limit, writing.next.get(), request));
        }
        json.writeEndObject();
    }

    private final class Writing implements Consumer<T> {
        private final JsonGenerator json;
        private final SerializerProvider serializers;
        private int written;
        private T last;
        private Optional<Object> next = Optional.empty();

        Writing(JsonGenerator json, SerializerProvider serializers) {
            this.json = json;
            this.serializers = serializers;
        }

        @Override
        public void accept(T item) {
            if (written == limit) {
                next = Optional.of(id.apply(last));
                return;
            }
            try {
                view.apply(item).serialize(json, serializers);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written++;
            last = item;
        }
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer type)
            throws IOException {
        serialize(json, serializers);
    }
}
