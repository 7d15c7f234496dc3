package io.ferric.rest.data;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;

/**
 * Where a resource is.
 *
 * @param rel {@code self} or {@code bookmark}
 */
public record Link(String href, String rel) implements JsonSerializable {
    // writes itself, which is faster than a serializer that is looked up: there are ten of them in a node
    private static final SerializableString HREF = new SerializedString("href");
    private static final SerializableString REL = new SerializedString("rel");

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeStartObject();
        json.writeFieldName(HREF);
        json.writeString(href);
        json.writeFieldName(REL);
        json.writeString(rel);
        json.writeEndObject();
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer type)
            throws IOException {
        serialize(json, serializers);
    }
}
