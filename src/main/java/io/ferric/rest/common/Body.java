package io.ferric.rest.common;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.Booleans;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Uuids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads the values of a JSON object and says in plain words what is wrong with them. {@code null} counts as absent. */
public final class Body {
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private final ObjectNode object;

    private Body(ObjectNode object) {
        this.object = object;
    }

    /** @param object {@code null} when the request had no body */
    public static Body required(ObjectNode object) {
        if (object == null) {
            throw new RequestRefused(400, "The body is empty but must be a JSON object.");
        }
        return new Body(object);
    }

    /** @param object {@code null} when the request had no body, which is as good as an empty object */
    public static Body optional(ObjectNode object) {
        return new Body(object == null ? JsonNodeFactory.instance.objectNode() : object);
    }

    /** Fails when there are other names, so that a typing error or a value we do not heed is not passed over. */
    public Body only(Set<String> known) {
        Set<String> others = new TreeSet<>();
        object.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> others.add(each.getKey()));
        others.removeAll(known);
        if (!others.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown or unsupported in this body: " + String.join(", ", others),
                    known.isEmpty()
                            ? "It takes no fields."
                            : "It may hold " + String.join(", ", new TreeSet<>(known)) + ".");
        }
        return this;
    }

    public Optional<String> text(String key) {
        return value(key).map(value -> {
            if (!value.isTextual()) {
                throw wrong(key, "must be a text");
            }
            return value.textValue();
        });
    }

    public String requiredText(String key) {
        return text(key).filter(text -> !text.isBlank()).orElseThrow(() -> missing(key));
    }

    public Optional<Boolean> bool(String key) {
        return value(key)
                .map(value -> value.isBoolean()
                        ? value.booleanValue()
                        : Booleans.parse(value.asText()).orElseThrow(() -> wrong(key, "must be true or false")));
    }

    /** A whole number of 1 or more. */
    public Optional<Integer> positive(String key) {
        return value(key).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
                throw wrong(key, "must be a whole number from 1 to " + Integer.MAX_VALUE);
            }
            return value.intValue();
        });
    }

    /** A whole number. */
    public Optional<Integer> integer(String key) {
        return value(key).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw wrong(key, "must be a whole number");
            }
            return value.intValue();
        });
    }

    /** The objects of the list under this name; empty when there is none. */
    public List<Map<String, Object>> objects(String key) {
        return value(key)
                .map(value -> {
                    if (!value.isArray()
                            || StreamSupport.stream(value.spliterator(), false).anyMatch(each -> !each.isObject())) {
                        throw wrong(key, "must be a list of objects");
                    }
                    return StreamSupport.stream(value.spliterator(), false)
                            .map(Body::toMap)
                            .toList();
                })
                .orElse(List.of());
    }

    public Optional<UUID> uuid(String key) {
        return text(key).map(text -> Uuids.parse(text).orElseThrow(() -> wrong(key, "must be a UUID")));
    }

    /** The object under this name; empty when there is none. */
    public Map<String, Object> map(String key) {
        return value(key)
                .map(value -> {
                    if (!value.isObject()) {
                        throw wrong(key, "must be an object");
                    }
                    return toMap(value);
                })
                .orElse(Map.of());
    }

    /** A text, or an object as a map. */
    public Optional<Object> textOrObject(String key) {
        return value(key).map(value -> {
            if (!value.isTextual() && !value.isObject()) {
                throw wrong(key, "must be a text or an object");
            }
            return value.isTextual() ? value.textValue() : toMap(value);
        });
    }

    public ObjectNode object() {
        return object;
    }

    /** Every value of the body. */
    public Map<String, Object> all() {
        return toMap(object);
    }

    private Optional<JsonNode> value(String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !value.isNull());
    }

    private static Map<String, Object> toMap(JsonNode value) {
        return PLAIN.convertValue(value, new TypeReference<Map<String, Object>>() {});
    }

    private static InvalidRequest wrong(String key, String rule) {
        return RequestRefused.invalid("'" + key + "' " + rule + ".", "");
    }

    private static InvalidRequest missing(String key) {
        return new InvalidRequest(FaultCode.MISSING_PARAMETER_VALUE, "'" + key + "' is missing or empty.", "");
    }
}
