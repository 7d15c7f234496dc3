package io.ferric.ilo.redfish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * JSON of an iLO, read with limits. A value that is not there, is null or is of another type than expected is simply not
 * there: firmware writes all of these. Immutable.
 */
final class Json {
    /** Nothing. */
    static final Json EMPTY = new Json(MissingNode.getInstance());

    private static final int ITEMS = 1000;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(256 * 1024)
                            .maxNameLength(1024)
                            .maxNumberLength(64)
                            .maxTokenCount(200_000)
                            .build())
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final JsonNode node;

    private Json(JsonNode node) {
        this.node = node == null ? MissingNode.getInstance() : node;
    }

    /**
     * An object; {@link #EMPTY} for an empty body. Bytes that are no UTF-8 are replaced.
     *
     * @throws BrokenAnswer when it is something else
     */
    static Json parse(byte[] body) throws BrokenAnswer {
        String text =
                new String(body, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
        if (text.isEmpty()) {
            return EMPTY;
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isObject()) {
                return new Json(node);
            }
        } catch (JsonProcessingException e) {
            throw new BrokenAnswer("no JSON but '" + Words.shown(text) + "': " + Words.shown(e.getOriginalMessage()));
        }
        throw new BrokenAnswer("no JSON object but '" + Words.shown(text) + "'");
    }

    /** With the names in order, so that the same is always written alike. */
    static byte[] write(Map<String, ?> body) {
        try {
            return MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    /** What lies at the end of these names, one within the other; empty when a step is missing. */
    Json at(String... names) {
        JsonNode found = node;
        for (String name : names) {
            found = found.path(name);
        }
        return new Json(found);
    }

    boolean isThere() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A text that is not blank, without blanks at its ends. */
    Optional<String> text(String... names) {
        JsonNode found = at(names).node;
        return found.isTextual()
                ? Optional.of(found.textValue().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** A number, also one in quotes; fractions are cut off. */
    OptionalLong number(String... names) {
        OptionalDouble number = decimal(names);
        return number.isPresent() ? OptionalLong.of((long) number.getAsDouble()) : OptionalLong.empty();
    }

    /** A number, also one in quotes, that is neither infinite nor absurdly large. */
    OptionalDouble decimal(String... names) {
        JsonNode found = at(names).node;
        double number = found.isNumber() ? found.doubleValue() : fromText(found);
        return Math.abs(number) < 1e18 ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    private static double fromText(JsonNode found) {
        String text = found.isTextual() ? found.textValue().strip() : "";
        return text.matches("-?\\d{1,15}(\\.\\d{1,15})?") ? Double.parseDouble(text) : Double.NaN;
    }

    Optional<Boolean> flag(String... names) {
        JsonNode found = at(names).node;
        return found.isBoolean() ? Optional.of(found.booleanValue()) : Optional.empty();
    }

    /** A text, number or flag as a text, which may be empty. */
    Optional<String> scalar() {
        return node.isValueNode() && isThere() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** The same value in the type that this one has; a text where it cannot have that. */
    Object retyped(String value) {
        if (node.isBoolean() && (value.equals("true") || value.equals("false"))) {
            return Boolean.valueOf(value);
        }
        return node.isIntegralNumber() && value.matches("-?\\d{1,18}") ? (Object) Long.valueOf(value) : value;
    }

    /** The items of an array; one value that is none counts as an array of it. Of very long ones only the first. */
    List<Json> items(String... names) {
        JsonNode found = at(names).node;
        List<Json> items = new ArrayList<>();
        if (found.isArray()) {
            for (int each = 0; each < Math.min(found.size(), ITEMS); each++) {
                items.add(new Json(found.get(each)));
            }
        } else if (found.isObject() || found.isTextual()) {
            items.add(new Json(found));
        }
        return items;
    }

    /** The texts among the items of an array. */
    List<String> texts(String... names) {
        return items(names).stream().flatMap(each -> each.text().stream()).toList();
    }

    /** The names of an object's values. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Where a link leads: {@code @odata.id}, or {@code href} as older firmware has it. */
    Optional<String> link(String... names) {
        Json found = at(names);
        return found.text("@odata.id").or(() -> found.text("href"));
    }

    /** As JSON. */
    @Override
    public String toString() {
        return node.toString();
    }
}
