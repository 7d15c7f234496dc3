package io.ferric.lab.ilo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Short ways to write the JSON of a resource. */
final class RestJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RestJson() {}

    /** An object of names and values in turn; a value may be JSON, text, a number, a truth, a list or an Optional. */
    static ObjectNode object(Object... namesAndValues) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            node.set((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return node;
    }

    /** A link to another resource. */
    static ObjectNode link(String path) {
        return object("@odata.id", path);
    }

    static ArrayNode array(Collection<?> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(each -> array.add(value(each)));
        return array;
    }

    private static JsonNode value(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(RestJson::value).orElse(JsonNodeFactory.instance.nullNode());
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        return value instanceof Collection<?> many ? array(many) : MAPPER.valueToTree(value);
    }

    /** The object in a body. */
    static ObjectNode parse(String body) throws RestFault {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // said below, as of a body that is no object
        }
        throw new RestFault(400, "Base", "MalformedJSON", List.of());
    }

    /** Eight digits that change with the content. */
    static String digest(JsonNode node) {
        CRC32 crc = new CRC32();
        crc.update(node.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return "%08X".formatted(crc.getValue());
    }
}
