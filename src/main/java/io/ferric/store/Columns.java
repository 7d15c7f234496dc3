package io.ferric.store;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rows of a table as values of a record: one column for each component, in snake case. Texts, UUIDs, numbers, booleans
 * and times have columns of their own type, empty ones being null; maps and lists are kept as JSON.
 */
final class Columns<T extends Record> {
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Class<T> type;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();
    private final String names;

    Columns(Class<T> type) {
        this.type = type;
        for (RecordComponent each : type.getRecordComponents()) {
            components.put(SNAKE_CASE.translate(each.getName()), each);
        }
        names = String.join(", ", components.keySet());
    }

    /** All of them, as a statement lists them. */
    String names() {
        return names;
    }

    /** Whether there is such a column, and rows can be compared by it. */
    boolean comparable(String column) {
        return components.containsKey(column) && !json(components.get(column).getType());
    }

    /** Whether a row can be without it. */
    boolean nullable(String column) {
        return components.get(column).getType() == Optional.class;
    }

    /** The columns of the value. */
    Map<String, Object> of(T value) {
        Map<String, Object> columns = new LinkedHashMap<>();
        components.forEach((column, component) -> columns.put(column, kept(column, read(component, value))));
        return columns;
    }

    private static Object kept(String column, Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> texts = new LinkedHashMap<>();
            map.forEach((key, each) -> texts.put(String.valueOf(key), each));
            return Json.write(column, texts);
        }
        return value instanceof List<?> list ? Json.writeList(column, list) : value;
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** The value of a row. */
    T value(Sql.Row row) throws SQLException {
        Object[] arguments = new Object[components.size()];
        int i = 0;
        for (Map.Entry<String, RecordComponent> each : components.entrySet()) {
            arguments[i++] = read(row, each.getKey(), each.getValue().getGenericType());
        }
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a row of " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private static Object read(Sql.Row row, String column, Type of) throws SQLException {
        if (of instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return generic.getActualTypeArguments()[0] == Instant.class
                    ? row.instant(column)
                    : Optional.ofNullable(row.value(column, (Class<?>) generic.getActualTypeArguments()[0]));
        }
        if (of instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class ? Json.read(row.text(column)) : Json.readList(row.text(column));
        }
        if (of == boolean.class) {
            return row.flag(column);
        }
        return of == int.class ? row.number(column) : row.value(column, (Class<?>) of);
    }

    private static boolean json(Class<?> type) {
        return type == Map.class || type == List.class;
    }
}
