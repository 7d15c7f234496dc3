package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.data.DriverData;
import io.ferric.rest.data.Since;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** JSON schemas of the records that are answered with, each kept once under its name. */
final class Schemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<Class<?>, String> PLAIN = Map.of(
            boolean.class, "boolean",
            Boolean.class, "boolean",
            int.class, "integer",
            Integer.class, "integer",
            long.class, "integer",
            Long.class, "integer",
            double.class, "number",
            String.class, "string");

    private final Sources sources;
    private final Map<String, ObjectNode> named = new TreeMap<>();

    Schemas(Sources sources) {
        this.sources = sources;
    }

    Map<String, ObjectNode> named() {
        return named;
    }

    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return ofGeneric((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        Class<?> plain = type instanceof Class<?> known ? known : Object.class;
        if (plain.isRecord()) {
            return reference(plain);
        }
        if (PLAIN.containsKey(plain)) {
            return JSON.objectNode().put("type", PLAIN.get(plain));
        }
        if (plain == UUID.class) {
            return JSON.objectNode().put("type", "string").put("format", "uuid");
        }
        if (plain == Instant.class) {
            return JSON.objectNode().put("type", "string").put("format", "date-time");
        }
        return ObjectNode.class.equals(plain) ? JSON.objectNode().put("type", "object") : JSON.objectNode();
    }

    private ObjectNode ofGeneric(Class<?> raw, Type[] arguments) {
        if (Optional.class.equals(raw)) {
            return orNull(of(arguments[0]));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            return list.set("items", of(arguments[0]));
        }
        ObjectNode map = JSON.objectNode().put("type", "object");
        return Map.class.isAssignableFrom(raw) ? map.set("additionalProperties", of(arguments[1])) : JSON.objectNode();
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.path("type").textValue();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return schema.isEmpty() ? schema : either;
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!named.containsKey(name)) {
            named.put(name, JSON.objectNode());
            named.put(name, record(type));
        }
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** No field is required: a list shows a summary, a client may ask for a few, and versions hide what came later. */
    private ObjectNode record(Class<?> type) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        sources.text(type.getSimpleName()).ifPresent(text -> schema.put("description", text));
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(name(component), component(type, component));
        }
        if (type == DriverData.class) {
            schema.putObject("patternProperties").putObject("^(default|enabled)_[a-z]+_interfaces?$");
        }
        return schema.put("additionalProperties", false);
    }

    private static String name(RecordComponent component) {
        var own = component.getAccessor().getAnnotation(com.fasterxml.jackson.annotation.JsonProperty.class);
        return own == null ? new SnakeCaseStrategy().translate(component.getName()) : own.value();
    }

    private JsonNode component(Class<?> type, RecordComponent component) {
        ObjectNode schema = of(component.getGenericType());
        sources.component(type.getSimpleName(), component.getName()).ifPresent(text -> schema.put("description", text));
        Since since = component.getAnnotation(Since.class);
        if (since != null) {
            schema.put("x-since", "1." + since.value());
        }
        return schema;
    }
}
