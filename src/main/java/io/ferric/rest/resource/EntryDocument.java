package io.ferric.rest.resource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.Entry;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Masking;
import io.ferric.node.NodeFault;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.Stars;
import io.ferric.rest.data.Json;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Entries of one kind as JSON documents: the body of a POST, what a PATCH changes, and what is shown. Immutable. */
final class EntryDocument<T extends Record & Entry> {
    private static final ObjectMapper JSON = Json.newMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};
    private static final Set<String> OURS = Set.of("created_at", "updated_at", "internal_info");
    private static final Set<String> FOR_EVER = Set.of("uuid", "node_uuid");

    private final Kind<T> kind;
    private final Map<String, RecordComponent> components = new LinkedHashMap<>();

    EntryDocument(Kind<T> kind) {
        this.kind = kind;
        var snakeCase = new PropertyNamingStrategies.SnakeCaseStrategy();
        for (RecordComponent each : kind.value().getRecordComponents()) {
            components.put(snakeCase.translate(each.getName()), each);
        }
    }

    /** The entry that the body of a POST declares. */
    T created(ObjectNode body, Call call, Supplier<UUID> uuids) {
        Set<String> known = new LinkedHashSet<>(components.keySet());
        known.removeAll(OURS);
        ObjectNode sent = Body.required(body).only(known).object();
        sent.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> needVersion(each.getKey(), call));
        ObjectNode whole = completed(Stars.restore(sent, sent.objectNode(), sent.objectNode()));
        if (whole.path("uuid").isMissingNode()) {
            whole.put("uuid", uuids.get().toString());
        }
        return read(Body.required(whole));
    }

    /** The entry after the patch. It stays with its node: whoever may change it may not give it away. */
    T patched(T stored, JsonPatch patch, Call call) {
        for (String field : patch.touched()) {
            if (!components.containsKey(field) || OURS.contains(field) || FOR_EVER.contains(field)) {
                Set<String> changeable = new LinkedHashSet<>(components.keySet());
                changeable.removeAll(OURS);
                changeable.removeAll(FOR_EVER);
                throw RequestRefused.invalid(
                        "'/" + field + "' of a " + kind.noun() + " cannot be changed.",
                        String.join(", ", changeable)
                                + " can; to move it to another node, delete it and create it there.");
            }
            needVersion(field, call);
        }
        ObjectNode before = JSON.valueToTree(stored);
        ObjectNode shown = JSON.valueToTree(masked(stored));
        return read(Body.required(completed(Stars.restore(patch.applyTo(before), before, shown))));
    }

    private void needVersion(String field, Call call) {
        Optional.ofNullable(Fields.since(kind.shown()).get(field))
                .ifPresent(since -> call.need(since, "Field '" + field + "'"));
    }

    /** With defaults for what is absent or {@code null}. */
    private ObjectNode completed(ObjectNode document) {
        ObjectNode whole = document.objectNode();
        document.properties().stream()
                .filter(each -> !each.getValue().isNull())
                .forEach(each -> whole.set(each.getKey(), each.getValue()));
        kind.defaults().forEach((field, value) -> {
            if (!whole.has(field)) {
                whole.set(field, JSON.valueToTree(value));
            }
        });
        return whole;
    }

    private T read(Body body) {
        Object[] arguments = components.entrySet().stream()
                .map(each -> value(body, each.getKey(), each.getValue().getGenericType()))
                .toArray();
        Class<?>[] types = Stream.of(kind.value().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return kind.value().getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof NodeFault fault ? fault : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Body body, String field, Type type) {
        if (type == String.class) {
            return body.requiredText(field);
        }
        if (type == UUID.class) {
            return body.uuid(field).orElseThrow(() -> missing(field));
        }
        if (type == int.class) {
            return body.integer(field).orElseThrow(() -> missing(field));
        }
        if (type == boolean.class) {
            return body.bool(field).orElse(false);
        }
        ParameterizedType generic = (ParameterizedType) type;
        if (generic.getRawType() == Map.class) {
            return body.map(field);
        }
        if (generic.getRawType() == List.class) {
            return body.objects(field);
        }
        Type of = generic.getActualTypeArguments()[0];
        if (of == Instant.class) {
            return Optional.empty();
        }
        return of == UUID.class ? body.uuid(field) : body.text(field);
    }

    private static InvalidRequest missing(String field) {
        return new InvalidRequest(FaultCode.MISSING_PARAMETER_VALUE, "'" + field + "' is missing or empty.", "");
    }

    /** What is shown of an entry, before fields are chosen. */
    ObjectNode shown(T entry, Call call) {
        ObjectNode document = JSON.valueToTree(masked(entry));
        String uuid = entry.uuid().toString();
        document.set("links", JSON.valueToTree(call.links().pair(address(uuid))));
        kind.below()
                .forEach(
                        name -> document.set(name, JSON.valueToTree(call.links().pair(address(uuid, name)))));
        return document;
    }

    /** The parts of the address below {@code /v1}. */
    String[] address(String... below) {
        return Stream.concat(kind.path().stream(), Stream.of(below)).toArray(String[]::new);
    }

    private Map<String, Object> masked(T entry) {
        return Masking.mask(JSON.convertValue(entry, MAP));
    }
}
