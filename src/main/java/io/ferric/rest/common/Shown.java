package io.ferric.rest.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import io.ferric.rest.data.Timestamp;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** An object of the answer that is written field by field, with no tree between; a list may hold thousands of them. */
record Shown<T>(List<Field<T>> fields, T thing) implements JsonSerializable {
    /** What a field is called, and how to get at its value. */
    record Field<T>(SerializableString name, Function<T, Object> value) {}

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeStartObject();
        for (Field<T> field : fields) {
            json.writeFieldName(field.name());
            write(field.value().apply(thing), json, serializers);
        }
        json.writeEndObject();
    }

    /** Most values are of few kinds, for which no serializer need be looked up. */
    private static void write(Object value, JsonGenerator json, SerializerProvider serializers) throws IOException {
        Object there = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
        if (there == null) {
            json.writeNull();
        } else if (there instanceof String text) {
            json.writeString(text);
        } else if (there instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (there instanceof UUID uuid) {
            json.writeString(uuid.toString());
        } else if (there instanceof Instant time) {
            json.writeString(Timestamp.text(time));
        } else if (there instanceof JsonSerializable itself) {
            itself.serialize(json, serializers);
        } else if (there instanceof Map<?, ?> map && map.isEmpty()) {
            json.writeStartObject();
            json.writeEndObject();
        } else if (there instanceof Collection<?> all && all.isEmpty()) {
            json.writeStartArray();
            json.writeEndArray();
        } else {
            serializers.defaultSerializeValue(there, json);
        }
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer type)
            throws IOException {
        serialize(json, serializers);
    }
}
