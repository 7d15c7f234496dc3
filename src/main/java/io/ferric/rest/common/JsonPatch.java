package io.ferric.rest.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A change of a JSON object as a list of steps, done all or not at all. Source: RFC 6902 with RFC 6901 pointers, limited
 * to {@code add}, {@code replace} and {@code remove} as in Ironic. Immutable.
 */
public final class JsonPatch {
    /** How deep a step may reach; keeps values from growing deeper with every patch. */
    private static final int MAX_POINTER = 32;

    private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    private enum Op {
        ADD,
        REPLACE,
        REMOVE
    }

    private record Step(Op op, String pointer, List<String> path, JsonNode value) {
        String last() {
            return path.get(path.size() - 1);
        }
    }

    private final List<Step> steps;

    private JsonPatch(List<Step> steps) {
        this.steps = steps;
    }

    /** @param body {@code null} when the request had none */
    public static JsonPatch of(ArrayNode body) {
        if (body == null) {
            throw new RequestRefused(400, "The body is empty but must be a list of JSON patch steps.");
        }
        List<Step> steps = new ArrayList<>();
        body.forEach(each -> steps.add(step(each)));
        return new JsonPatch(List.copyOf(steps));
    }

    /** The top-level names the steps touch, in order. */
    public List<String> touched() {
        return steps.stream().map(step -> step.path().get(0)).distinct().toList();
    }

    /** Those of {@link #touched()} that are given a value, and not merely taken away. */
    public List<String> given() {
        return steps.stream()
                .filter(step -> step.op() != Op.REMOVE)
                .map(step -> step.path().get(0))
                .distinct()
                .toList();
    }

    /** The steps that touch this top-level name alone. */
    public JsonPatch only(String name) {
        return new JsonPatch(
                steps.stream().filter(step -> step.path().get(0).equals(name)).toList());
    }

    /** A changed copy. */
    public ObjectNode applyTo(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        steps.forEach(step -> apply(copy, step));
        return copy;
    }

    private static Step step(JsonNode json) {
        String pointer = json.path("path").isTextual() ? json.path("path").textValue() : "";
        Op op =
                switch (json.path("op").asText()) {
                    case "add" -> Op.ADD;
                    case "replace" -> Op.REPLACE;
                    case "remove" -> Op.REMOVE;
                    default -> throw refuse(pointer, "\"op\" must be add, replace or remove");
                };
        if (op != Op.REMOVE && !json.has("value")) {
            throw refuse(pointer, "\"value\" is missing");
        }
        return new Step(op, pointer, path(pointer), json.path("value"));
    }

    private static List<String> path(String pointer) {
        if (pointer.length() < 2 || pointer.charAt(0) != '/') {
            throw refuse(pointer, "\"path\" must begin with / and name a field");
        }
        if (BAD_ESCAPE.matcher(pointer).find()) {
            throw refuse(pointer, "~ must be written ~0, and / inside a name ~1");
        }
        List<String> path = new ArrayList<>();
        for (String part : pointer.substring(1).split("/", -1)) {
            path.add(part.replace("~1", "/").replace("~0", "~"));
        }
        if (path.size() > MAX_POINTER) {
            throw refuse(pointer.substring(0, 80) + "...", "the path is deeper than " + MAX_POINTER + " levels");
        }
        return path;
    }

    private static void apply(ObjectNode root, Step step) {
        JsonNode parent = root;
        for (String part : step.path().subList(0, step.path().size() - 1)) {
            parent = parent instanceof ArrayNode list ? element(list, part, step) : parent.path(part);
        }
        if (parent instanceof ObjectNode object) {
            applyToObject(object, step);
        } else if (parent instanceof ArrayNode list) {
            applyToList(list, step);
        } else {
            throw refuse(step.pointer(), "there is nothing it could be set in");
        }
    }

    private static void applyToObject(ObjectNode object, Step step) {
        if (step.op() != Op.ADD && !object.has(step.last())) {
            throw refuse(
                    step.pointer(), "there is no such value to " + (step.op() == Op.REMOVE ? "remove" : "replace"));
        }
        if (step.op() == Op.REMOVE) {
            object.remove(step.last());
        } else {
            object.set(step.last(), step.value());
        }
    }

    private static void applyToList(ArrayNode list, Step step) {
        if (step.op() == Op.ADD) {
            int at = step.last().equals("-") ? list.size() : index(list.size() + 1, step.last(), step);
            list.insert(at, step.value());
            return;
        }
        int at = index(list.size(), step.last(), step);
        if (step.op() == Op.REMOVE) {
            list.remove(at);
        } else {
            list.set(at, step.value());
        }
    }

    private static JsonNode element(ArrayNode list, String part, Step step) {
        return list.get(index(list.size(), part, step));
    }

    private static int index(int size, String part, Step step) {
        if (!INDEX.matcher(part).matches() || Integer.parseInt(part) >= size) {
            throw refuse(step.pointer(), "the list has no place " + part);
        }
        return Integer.parseInt(part);
    }

    private static RuntimeException refuse(String pointer, String why) {
        return RequestRefused.invalid("Cannot apply the patch at '" + pointer + "': " + why + ".", "");
    }
}
