package io.ferric.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Free-form values as JSON text and back. */
final class Json {
    /** H2 keeps texts of up to 1048576 characters. */
    private static final int LIMIT = 1_000_000;

    /** Reads all that was written: a name may be as long as the whole text. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(LIMIT)
                    .maxNumberLength(LIMIT)
                    .build())
            .build());

    private static final ObjectReader MAP = MAPPER.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});
    private static final ObjectReader LIST = MAPPER.readerFor(new TypeReference<List<Object>>() {});
    private static final ObjectReader SET = MAPPER.readerFor(new TypeReference<TreeSet<String>>() {});

    private Json() {}

    /** @param field names the values in the error for what is no JSON or too much of it */
    static String write(String field, Map<String, ?> values) {
        return text(field, values);
    }

    /** As {@link #write}, of a list. */
    static String writeList(String field, Collection<?> values) {
        return text(field, values);
    }

    private static String text(String field, Object values) {
        String text;
        try {
            text = MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            // the original message may quote values, and values may be secret
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "'" + field + "' holds something that is not JSON",
                    "Use texts, numbers, booleans, lists and maps.");
        }
        if (text.length() > LIMIT) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "'" + field + "' is " + text.length() + " characters long",
                    "At most " + LIMIT + " can be kept.");
        }
        return text;
    }

    static Map<String, Object> read(String text) {
        if (text.equals("{}")) {
            return Map.of();
        }
        try {
            return MAP.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of the database does not hold JSON", null);
        }
    }

    static Map<String, String> readTexts(String text) {
        Map<String, String> texts = new LinkedHashMap<>();
        read(text).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    static List<Object> readList(String text) {
        try {
            return LIST.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of the database does not hold a JSON list", null);
        }
    }

    static Set<String> readSet(String text) {
        if (text.equals("[]")) {
            return Set.of();
        }
        try {
            return SET.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of the database does not hold a JSON list", null);
        }
    }
}
