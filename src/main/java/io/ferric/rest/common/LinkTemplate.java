package io.ferric.rest.common;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.util.UUID;

/**
 * What {@link Links#pair} gives, for many things of which only the UUID differs. A third of a list of nodes is links, and so
 * they are written without being made as texts first. All other parts are addresses, in which nothing stands that JSON would
 * escape.
 */
public final class LinkTemplate {
    private final SerializableString before;
    private final SerializableString between;
    private final SerializableString after;

    /** @param end what comes after the UUID, such as {@code /ports} */
    LinkTemplate(String root, String collection, String end) {
        this.before = new SerializedString("[{\"href\":\"" + root + "/v1/" + collection + "/");
        this.between = new SerializedString(end + "\",\"rel\":\"self\"},{\"href\":\"" + root + "/" + collection + "/");
        this.after = new SerializedString(end + "\",\"rel\":\"bookmark\"}]");
    }

    /** The links of this thing. */
    public JsonSerializable of(UUID uuid) {
        return new Pair(uuid.toString());
    }

    private final class Pair extends JsonSerializable.Base {
        private final String uuid;

        Pair(String uuid) {
            this.uuid = uuid;
        }

        @Override
        public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
            json.writeRawValue(before);
            json.writeRaw(uuid);
            json.writeRaw(between);
            json.writeRaw(uuid);
            json.writeRaw(after);
        }

        @Override
        public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer type)
                throws IOException {
            serialize(json, serializers);
        }
    }
}
