package io.ferric.rest.common;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.data.Json;
import io.ferric.rest.data.Since;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which fields of a record an answer shows: those asked for, of those the version has. Immutable. */
public final class Fields {
    private static final ObjectMapper JSON = Json.newMapper();

    private final Collection<String> shown;

    private Fields(Collection<String> shown) {
        this.shown = shown;
    }

    /** Every field the version has. */
    public static Fields all(ApiVersion version, Class<? extends Record> type) {
        return new Fields(names(version, type));
    }

    /** The fields the query asks for; else all with {@code detail=true}; else those of the summary. */
    public static Fields ofList(Query query, ApiVersion version, Class<? extends Record> type, List<String> summary) {
        boolean detail = query.bool("detail").orElse(false);
        if (detail && !query.list("fields").isEmpty()) {
            throw RequestRefused.invalid("'fields' and 'detail' cannot be asked for together.", "Leave one away.");
        }
        return detail
                ? all(version, type)
                : asked(
                        query,
                        version,
                        type,
                        names(version, type).stream().filter(summary::contains).toList());
    }

    /** The fields the query asks for; else all. */
    public static Fields ofOne(Query query, ApiVersion version, Class<? extends Record> type) {
        return asked(query, version, type, names(version, type));
    }

    /** The JSON of these fields alone. */
    public ObjectNode of(Record value) {
        return only(JSON.valueToTree(value));
    }

    /** The document with these fields alone. */
    public ObjectNode only(ObjectNode document) {
        return document.retain(shown);
    }

    /** The minor version since which there is this field. */
    public static int since(Class<? extends Record> type, String field) {
        return since(type).getOrDefault(field, ApiVersion.MIN.minor());
    }

    private static Fields asked(
            Query query, ApiVersion version, Class<? extends Record> type, Collection<String> others) {
        List<String> asked = query.list("fields");
        Set<String> unknown = new LinkedHashSet<>(asked);
        unknown.removeAll(names(ApiVersion.MAX, type));
        if (!unknown.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown in fields: " + String.join(", ", unknown),
                    "There are " + String.join(", ", names(version, type)) + ".");
        }
        since(type).forEach((name, minor) -> {
            if (asked.contains(name) && !version.has(minor)) {
                throw new RequestRefused(406, version.lacks("Field '" + name + "'", minor));
            }
        });
        return new Fields(asked.isEmpty() ? others : asked);
    }

    private static Set<String> names(ApiVersion version, Class<? extends Record> type) {
        return since(type).entrySet().stream()
                .filter(each -> version.has(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The fields, each with the microversion it came with. */
    private static Map<String, Integer> since(Class<? extends Record> type) {
        var snakeCase = new PropertyNamingStrategies.SnakeCaseStrategy();
        Map<String, Integer> since = new LinkedHashMap<>();
        for (RecordComponent field : type.getRecordComponents()) {
            Since first = field.getAnnotation(Since.class);
            since.put(snakeCase.translate(field.getName()), first == null ? ApiVersion.MIN.minor() : first.value());
        }
        return since;
    }
}
