package io.ferric.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.data.ErrorBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the OpenAPI document from the resources, their sources, and what a running server says that it takes. */
final class OpenApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> FLAGS =
            Set.of("detail", "associated", "maintenance", "retired", "include_children");
    private static final Set<String> OBJECTS =
            Set.of("driver_info", "instance_info", "properties", "extra", "network_data", "driver_internal_info");

    private final Sources sources = new Sources();
    private final Schemas schemas = new Schemas(sources);
    private final Answers answers = new Answers(schemas, sources);
    private final Properties notes;
    private final Probe probe;

    OpenApiDocument(Probe probe, Properties notes) {
        this.probe = probe;
        this.notes = notes;
    }

    ObjectNode json() {
        ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Ferric Bare Metal API")
                .put("version", ApiVersion.MAX.toString())
                .put("description", "The REST API of OpenStack Ironic as Ferric serves it.");
        document.putArray("servers").addObject().put("url", "/");
        document.set("tags", tags());
        ObjectNode paths = document.putObject("paths");
        Operation.all().forEach(each -> paths.withObjectProperty(each.path())
                .set(each.verb().toLowerCase(java.util.Locale.ROOT), describe(each)));
        document.set("components", components());
        return document;
    }

    private ArrayNode tags() {
        ArrayNode tags = JSON.arrayNode();
        Operation.all().stream().map(Operation::tag).distinct().sorted().forEach(tag -> {
            ObjectNode described = tags.addObject().put("name", tag);
            sources.text(tag.replace(" ", "") + "Resource").ifPresent(text -> described.put("description", text));
        });
        return tags;
    }

    private ObjectNode describe(Operation operation) {
        ObjectNode described = JSON.objectNode();
        described.put(
                "operationId",
                operation.method().getDeclaringClass().getSimpleName().replace("Resource", "") + "_"
                        + operation.method().getName());
        described.putArray("tags").add(operation.tag());
        summary(operation).ifPresent(text -> described.put("summary", text));
        described.put("x-since", "1." + operation.since());
        ArrayNode parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            described.set("parameters", parameters);
        }
        operation.body().ifPresent(type -> described.set("requestBody", body(operation, type)));
        return described.set("responses", answers.of(operation));
    }

    /** The note written for this operation, else what the Javadoc of its method says. */
    private Optional<String> summary(Operation operation) {
        return Optional.ofNullable(notes.getProperty(operation.key()))
                .or(() -> sources.text(operation.method().getDeclaringClass().getSimpleName() + "#"
                        + operation.method().getName()))
                .or(() -> usual(operation));
    }

    /** What the methods do that every collection has. */
    private static Optional<String> usual(Operation operation) {
        String one = operation.ofOne() ? "one of them" : operation.lastWord().replace('_', ' ');
        return Optional.of(
                switch (operation.verb()) {
                    case "GET" -> operation.ofOne() ? "Shows one." : "Shows the " + one + ".";
                    case "POST" -> "Creates one.";
                    case "PATCH" -> "Changes " + one + " by a JSON patch.";
                    case "DELETE" -> "Deletes " + one + ".";
                    default -> "Sets " + one + ".";
                });
    }

    private ArrayNode parameters(Operation operation) {
        ArrayNode parameters = JSON.arrayNode();
        for (String name : operation.parameters()) {
            ObjectNode parameter =
                    parameters.addObject().put("name", name).put("in", "path").put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
        for (String name : probe.query(operation)) {
            parameters.addObject().put("name", name).put("in", "query").set("schema", queried(name));
        }
        parameters.addObject().put("$ref", "#/components/parameters/Version");
        return parameters;
    }

    private static ObjectNode queried(String name) {
        ObjectNode schema = JSON.objectNode();
        if (FLAGS.contains(name)) {
            return schema.put("type", "boolean");
        }
        if (name.equals("limit")) {
            return schema.put("type", "integer").put("minimum", 1);
        }
        if (name.equals("sort_dir")) {
            schema.put("type", "string").putArray("enum").add("asc").add("desc");
            return schema;
        }
        schema.put("type", "string");
        return name.equals("fields") ? schema.put("description", "names with commas between them") : schema;
    }

    private ObjectNode body(Operation operation, Class<?> type) {
        ObjectNode body = JSON.objectNode();
        body.putObject("content").putObject("application/json").set("schema", bodySchema(operation, type));
        return body;
    }

    private ObjectNode bodySchema(Operation operation, Class<?> type) {
        if (ArrayNode.class.equals(type)) {
            return JSON.objectNode().put("$ref", "#/components/schemas/JsonPatch");
        }
        if (!ObjectNode.class.equals(type)) {
            return JSON.objectNode();
        }
        ObjectNode schema = JSON.objectNode().put("type", "object");
        List<String> names = probe.body(operation);
        if (!names.isEmpty()) {
            ObjectNode properties = schema.putObject("properties");
            names.forEach(
                    name -> properties.set(name, answers.field(operation, name).orElseGet(() -> sent(name))));
        }
        return schema;
    }

    private static ObjectNode sent(String name) {
        return OBJECTS.contains(name) ? JSON.objectNode().put("type", "object") : JSON.objectNode();
    }

    private ObjectNode components() {
        schemas.of(ErrorBody.class);
        ObjectNode components = JSON.objectNode();
        ObjectNode version = components.putObject("parameters").putObject("Version");
        version.put("name", ApiVersion.HEADER)
                .put("in", "header")
                .put("description", "a microversion or latest; without it " + ApiVersion.MIN);
        version.putObject("schema").put("type", "string");
        ObjectNode types = components.putObject("schemas");
        new java.util.TreeMap<>(Map.of("JsonPatch", patch())).forEach(types::set);
        schemas.named().forEach(types::set);
        return components;
    }

    private static ObjectNode patch() {
        ObjectNode patch = JSON.objectNode().put("type", "array");
        ObjectNode step = patch.putObject("items").put("type", "object");
        step.putArray("required").add("op").add("path");
        ObjectNode properties = step.putObject("properties");
        ArrayNode names = properties.putObject("op").putArray("enum");
        Stream.of("add", "remove", "replace").forEach(names::add);
        properties.putObject("path").put("type", "string");
        properties.putObject("value");
        return patch;
    }
}
