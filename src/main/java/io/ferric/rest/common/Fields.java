package io.ferric.rest.common;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.data.Json;
import io.ferric.rest.data.Since;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which fields of a record an answer shows: those asked for, of those the version has. Immutable. */
public final class Fields {
    private static final ObjectMapper JSON = Json.newMapper();

    private static final int FIELDS_PARAMETER = 8;
    /** Since when most lists take {@code detail} in the query. */
    public static final int DETAIL_PARAMETER = 43;

    /** Shown with whatever else is asked for, as in Ironic. */
    private static final String LINKS = "links";

    /** What the types look like, found out once. */
    private static final ClassValue<Map<String, Integer>> TYPES = new ClassValue<>() {
        @Override
        protected Map<String, Integer> computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    /** Their names as they are written. */
    private static final ClassValue<Map<String, SerializableString>> WRITTEN = new ClassValue<>() {
        @Override
        protected Map<String, SerializableString> computeValue(Class<?> type) {
            return TYPES.get(type).keySet().stream().collect(Collectors.toMap(name -> name, SerializedString::new));
        }
    };

    private final Class<? extends Record> type;
    private final Set<String> shown;

    private Fields(Class<? extends Record> type, Collection<String> names) {
        Set<String> chosen = new LinkedHashSet<>(names);
        if (TYPES.get(type).containsKey(LINKS)) {
            chosen.add(LINKS);
        }
        this.type = type;
        this.shown = Collections.unmodifiableSet(chosen);
    }

    /** Every field the version has. */
    public static Fields all(ApiVersion version, Class<? extends Record> type) {
        return new Fields(type, names(version, type));
    }

    /** Every field, at an address that ends in detail; there {@code detail} says nothing new, but must be what it is. */
    public static Fields ofDetails(Query query, ApiVersion version, Class<? extends Record> type) {
        query.bool("detail");
        return all(version, type);
    }

    /** The fields the query asks for; else all with {@code detail=true}; else those of the summary. */
    public static Fields ofList(Query query, ApiVersion version, Class<? extends Record> type, List<String> summary) {
        return ofList(query, version, type, summary, DETAIL_PARAMETER);
    }

    /** The same for a list that takes {@code detail} in the query since another version. */
    public static Fields ofList(
            Query query, ApiVersion version, Class<? extends Record> type, List<String> summary, int detailSince) {
        Optional<Boolean> detail = query.bool("detail");
        if (detail.isPresent() && !version.has(detailSince)) {
            throw RequestRefused.invalid(version.lacks("'detail' in the query", detailSince), "");
        }
        boolean all = detail.orElse(false);
        if (all && !query.list("fields").isEmpty()) {
            throw RequestRefused.invalid("'fields' and 'detail' cannot be asked for together.", "Leave one away.");
        }
        return all
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

    /** The fields a version has of a type, each with the microversion it came with; those of later versions too. */
    public static Map<String, Integer> since(Class<? extends Record> type) {
        return TYPES.get(type);
    }

    /** The names of what is shown. */
    public Set<String> names() {
        return shown;
    }

    /** The JSON of these fields alone. */
    public ObjectNode of(Record value) {
        return only(JSON.valueToTree(value));
    }

    /** The document with these fields alone. */
    public ObjectNode only(ObjectNode document) {
        return document.retain(shown);
    }

    /**
     * As {@link #of(Record)}, for many things: how to get at a field is asked once, each value is made when it is written,
     * and nothing is kept meanwhile.
     *
     * @param values how to get at the field of this name
     */
    public <T> Function<T, JsonSerializable> shownBy(Function<String, Function<T, Object>> values) {
        Map<String, SerializableString> written = WRITTEN.get(type);
        List<Shown.Field<T>> fields = shown.stream()
                .map(name -> new Shown.Field<>(written.get(name), values.apply(name)))
                .toList();
        return thing -> new Shown<>(fields, thing);
    }

    private static Fields asked(
            Query query, ApiVersion version, Class<? extends Record> type, Collection<String> others) {
        List<String> asked = query.list("fields");
        if (!asked.isEmpty() && !version.has(FIELDS_PARAMETER)) {
            throw new RequestRefused(406, version.lacks("'fields' in the query", FIELDS_PARAMETER));
        }
        Map<String, Integer> known = TYPES.get(type);
        Set<String> unknown = new LinkedHashSet<>(asked);
        unknown.removeAll(known.keySet());
        if (!unknown.isEmpty()) {
            throw RequestRefused.invalid(
                    "Unknown in fields: " + String.join(", ", unknown),
                    "There are " + String.join(", ", names(version, type)) + ".");
        }
        asked.stream().filter(name -> !version.has(known.get(name))).findFirst().ifPresent(name -> {
            throw new RequestRefused(406, version.lacks("Field '" + name + "'", known.get(name)));
        });
        return new Fields(type, asked.isEmpty() ? others : asked);
    }

    private static Set<String> names(ApiVersion version, Class<? extends Record> type) {
        return TYPES.get(type).entrySet().stream()
                .filter(each -> version.has(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<String, Integer> fieldsOf(Class<?> type) {
        var snakeCase = new PropertyNamingStrategies.SnakeCaseStrategy();
        Map<String, Integer> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Since first = component.getAnnotation(Since.class);
            JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
            fields.put(
                    named == null ? snakeCase.translate(component.getName()) : named.value(),
                    first == null ? ApiVersion.MIN.minor() : first.value());
        }
        return Collections.unmodifiableMap(fields);
    }
}
