package io.ferric.conductor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Keeps the data of durable tasks as JSON, which outlives a change of classes better than Java's serialization. */
final class JsonSerializer implements Serializer {
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public byte[] serialize(Object data) {
        try {
            return data == null ? null : mapper.writeValueAsBytes(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] serialized) {
        try {
            return serialized == null ? null : mapper.readValue(serialized, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
