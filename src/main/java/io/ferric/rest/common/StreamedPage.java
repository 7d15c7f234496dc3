package io.ferric.rest.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * As {@link Page}, of a list that may be long: each item is written as it comes, and none is kept.
 *
 * @param name what the list is called
 * @param limit how many items are shown
 * @param source hands over at most {@code limit + 1} items, when the page is written
 * @param id what the next page is asked for by
 */
public record StreamedPage<T>(
        String name,
        int limit,
        Consumer<Consumer<T>> source,
        Function<T, JsonSerializable> view,
        Function<T, ?> id,
        UriInfo request)
        implements JsonSerializable {
    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        Items items = new Items(json, serializers);
        json.writeStartObject();
        json.writeArrayFieldStart(name);
        try {
            source.accept(items);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        json.writeEndArray();
        if (items.more) {
            json.writeStringField("next", Page.next(limit, id.apply(items.last), request));
        }
        json.writeEndObject();
    }

    private final class Items implements Consumer<T> {
        private final JsonGenerator json;
        private final SerializerProvider serializers;
        private int written;
        private T last;
        private boolean more;

        Items(JsonGenerator json, SerializerProvider serializers) {
            this.json = json;
            this.serializers = serializers;
        }

        @Override
        public void accept(T item) {
            more = written == limit;
            if (more) {
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
