package io.ferric.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.cli.terminal.UsageException;
import io.ferric.client.Changes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of one {@link Field}, and what was given by them. */
final class FieldOptions {
    private FieldOptions() {}

    static void add(Leaf leaf, Field field, boolean required) {
        String label = field.type().label();
        switch (field.type()) {
            case BOOL -> leaf.flag(field.option(), field.description()).flag(no(field), "The contrary.");
            case MAP, LIST -> leaf.repeated(field.option(), label, field.description());
            default -> {
                if (required) {
                    leaf.required(field.option(), label, field.description());
                } else {
                    leaf.option(field.option(), label, field.description());
                }
            }
        }
        if (secrets(field)) {
            leaf.option(
                    field.option() + "-file",
                    "FILE",
                    "The same from a JSON or YAML file, so that no password is on the command line.");
        }
    }

    static void addUnset(Leaf leaf, Field field) {
        if (field.type() == Field.Type.MAP) {
            leaf.repeated(field.option(), "KEY", field.description());
        } else {
            leaf.flag(field.option(), field.description());
        }
    }

    /** What was given for a new resource. */
    static Optional<Object> value(Invocation call, Field field) throws IOException {
        switch (field.type()) {
            case BOOL:
                return bool(call, field).map(Object.class::cast);
            case MAP:
                Map<String, JsonNode> pairs = pairs(call, field);
                return pairs.isEmpty() ? Optional.empty() : Optional.of(pairs);
            case LIST:
                List<String> texts = call.texts(field.option());
                return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
            case NUMBER:
                return call.number(field.option()).map(Object.class::cast);
            case DOCUMENT:
                Optional<String> text = call.text(field.option());
                return text.isEmpty() ? Optional.empty() : Optional.of(Document.read(field.option(), text.get()));
            default:
                return call.text(field.option()).map(Object.class::cast);
        }
    }

    /** The changes with what was given for a resource there is. */
    static Changes set(Invocation call, Field field, Changes changes) throws IOException {
        Changes all = changes;
        if (field.type() == Field.Type.MAP) {
            for (Map.Entry<String, JsonNode> pair : pairs(call, field).entrySet()) {
                all = all.set(Changes.path(field.name(), pair.getKey()), pair.getValue());
            }
            return all;
        }
        Optional<Object> value = value(call, field);
        return value.isPresent() ? all.set("/" + field.name(), value.get()) : all;
    }

    /** The changes with what was named to be taken away. */
    static Changes unset(Invocation call, Field field, Changes changes) {
        Changes all = changes;
        if (field.type() == Field.Type.MAP) {
            for (String key : call.texts(field.option())) {
                all = all.remove(Changes.path(field.name(), key));
            }
            return all;
        }
        return call.flag(field.option()) ? all.remove("/" + field.name()) : all;
    }

    private static Map<String, JsonNode> pairs(Invocation call, Field field) throws IOException {
        Map<String, JsonNode> pairs = Document.pairs(field.option(), call.texts(field.option()));
        String option = field.option() + "-file";
        Optional<String> file = call.text(option);
        if (file.isPresent()) {
            JsonNode all = Document.read(option, file.get());
            if (!all.isObject()) {
                throw new UsageException(option + " " + file.get() + " must hold keys and values");
            }
            all.properties().forEach(each -> pairs.putIfAbsent(each.getKey(), each.getValue()));
        }
        return pairs;
    }

    private static Optional<Boolean> bool(Invocation call, Field field) {
        boolean yes = call.flag(field.option());
        boolean no = call.flag(no(field));
        if (yes && no) {
            throw new UsageException(field.option() + " and " + no(field) + " exclude each other");
        }
        return yes || no ? Optional.of(yes) : Optional.empty();
    }

    private static String no(Field field) {
        return "--no-" + field.option().substring(2);
    }

    private static boolean secrets(Field field) {
        return field.name().equals("driver_info") || field.name().equals("instance_info");
    }
}
