package io.ferric.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.data.Json;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields of a node or a port an answer shows. Immutable. */
final class Fields {
    private static final ObjectMapper JSON = Json.newMapper();

    private final Collection<String> shown;

    private Fields(Collection<String> shown) {
        this.shown = shown;
    }

    /** Every field. */
    static Fields all(Class<? extends Record> type) {
        return new Fields(names(type));
    }

    /** The fields the query asks for; else all with {@code detail=true}; else those of the summary. */
    static Fields ofList(Query query, Class<? extends Record> type, List<String> summary) {
        boolean detail = query.bool("detail").orElse(false);
        if (detail && !query.list("fields").isEmpty()) {
            throw RequestRefused.invalid("'fields' and 'detail' cannot be asked for together.", "Leave one away.");
        }
        return detail ? all(type) : asked(query, type, summary);
    }

    /** The fields the query asks for; else all. */
    static Fields ofOne(Query query, Class<? extends Record> type) {
        return asked(query, type, names(type));
    }

    /** The JSON of these fields alone. */
    ObjectNode of(Record value) {
        ObjectNode json = JSON.valueToTree(value);
        return json.retain(shown);
    }

    private static Fields asked(Query query, Class<? extends Record> type, Collection<String> others) {
        List<String> asked = query.list("fields");
        Set<String> unknown = new LinkedHashSet<>(asked);
        unknown.removeAll(names(type));
        if (!unknown.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown in fields: " + String.join(", ", unknown),
                    "There are " + String.join(", ", names(type)) + ".");
        }
        return new Fields(asked.isEmpty() ? others : asked);
    }

    private static Set<String> names(Class<? extends Record> type) {
        var snakeCase = new PropertyNamingStrategies.SnakeCaseStrategy();
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(snakeCase::translate)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
