package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.common.StreamedPage;
import io.ferric.rest.data.AllocationData;
import io.ferric.rest.data.ConductorData;
import io.ferric.rest.data.DriverData;
import io.ferric.rest.data.HistoryData;
import io.ferric.rest.data.IndicatorData;
import io.ferric.rest.data.NodeData;
import io.ferric.rest.data.NodeStates;
import io.ferric.rest.data.PortData;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What an operation answers with: from its return type, or where that is a mere tree, from the collection it is of. */
final class Answers {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The record that one item of a collection is shown as. */
    private static final Map<String, Class<?>> ITEMS = Map.ofEntries(
            Map.entry("nodes", NodeData.class),
            Map.entry("states", NodeStates.class),
            Map.entry("ports", PortData.class),
            Map.entry("drivers", DriverData.class),
            Map.entry("allocations", AllocationData.class),
            Map.entry("allocation", AllocationData.class),
            Map.entry("conductors", ConductorData.class),
            Map.entry("history", HistoryData.class),
            Map.entry("indicators", IndicatorData.class));

    private final Schemas schemas;
    private final Sources sources;

    Answers(Schemas schemas, Sources sources) {
        this.schemas = schemas;
        this.sources = sources;
    }

    ObjectNode of(Operation operation) {
        ObjectNode responses = JSON.objectNode();
        for (int status : statuses(operation)) {
            ObjectNode answer = responses.putObject(String.valueOf(status)).put("description", words(status));
            if (status < 202) {
                answer.putObject("content").putObject("application/json").set("schema", schema(operation));
            }
        }
        ObjectNode refused = responses.putObject("default").put("description", "refused or failed");
        refused.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/ErrorBody");
        return responses;
    }

    private TreeSet<Integer> statuses(Operation operation) {
        Class<?> type = operation.method().getReturnType();
        TreeSet<Integer> found = type == Response.class
                ? sources.statuses(
                        operation.method().getDeclaringClass().getSimpleName(),
                        operation.method().getName())
                : new TreeSet<>(List.of(type == void.class ? 204 : 200));
        return found.isEmpty() ? new TreeSet<>(List.of(200)) : found;
    }

    private static String words(int status) {
        return switch (status) {
            case 201 -> "created";
            case 202 -> "accepted; what comes of it is seen later";
            case 204 -> "done";
            default -> "the answer";
        };
    }

    private ObjectNode schema(Operation operation) {
        Type type = operation.method().getGenericReturnType();
        if (type == String.class) {
            return JSON.objectNode().put("type", "object");
        }
        boolean written = type == JsonSerializable.class;
        boolean tree = written || type == ObjectNode.class || type == Response.class || isPage(type) || isFree(type);
        Optional<Class<?>> item = item(operation);
        if (!tree || item.isEmpty()) {
            return tree && type != Response.class ? JSON.objectNode().put("type", "object") : schemas.of(type);
        }
        boolean one = written
                || operation.ofOne()
                || !operation.verb().equals("GET")
                || collection(operation).equals("allocation");
        return one ? schemas.of(item.get()) : page(collection(operation), item.get());
    }

    private static boolean isPage(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == StreamedPage.class;
    }

    private static boolean isFree(Type type) {
        return type instanceof ParameterizedType generic
                && generic.getActualTypeArguments().length == 2
                && (generic.getActualTypeArguments()[1] == Object.class
                        || generic.getActualTypeArguments()[1].toString().contains("ObjectNode"));
    }

    private ObjectNode page(String collection, Class<?> item) {
        ObjectNode page = JSON.objectNode().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject(collection).put("type", "array").set("items", schemas.of(item));
        properties.putObject("next").put("type", "string").put("description", "where the next page is");
        page.putArray("required").add(collection);
        return page.put("additionalProperties", false);
    }

    private static String collection(Operation operation) {
        String path = operation.path().replaceFirst("/detail$", "");
        return List.of(path.split("/")).stream()
                .filter(each -> !each.startsWith("{"))
                .reduce("", (a, b) -> b);
    }

    private static Optional<Class<?>> item(Operation operation) {
        return Optional.ofNullable(ITEMS.get(collection(operation)));
    }

    /** The schema of a field of a body, when what it creates or changes is shown with one of the same name. */
    Optional<ObjectNode> field(Operation operation, String name) {
        return item(operation)
                .map(type -> schemas.of(type).path("$ref").textValue().replaceFirst(".*/", ""))
                .map(type -> schemas.named().get(type).path("properties").path(name))
                .filter(ObjectNode.class::isInstance)
                .map(schema -> ((ObjectNode) schema).deepCopy());
    }
}
