package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.AllocationRequest;
import io.ferric.node.Allocation;
import io.ferric.node.Masking;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.Stars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a client may say of an allocation: the body of a POST, and what a PATCH changes. */
final class AllocationDocument {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final Set<String> CREATED =
            Set.of("uuid", "name", "resource_class", "traits", "candidate_nodes", "owner", "extra", "node");

    /** Source: Ironic's API; the length of a resource class, and of a trait. */
    private static final int LONGEST_CLASS = 80;

    private static final String TRAIT = "[A-Z0-9_]{1,255}";

    private AllocationDocument() {}

    static Body created(ObjectNode body) {
        Body created = Body.required(body).only(CREATED);
        Stars.restore(body, body.objectNode(), body.objectNode());
        return created;
    }

    static AllocationRequest request(Body body) {
        return new AllocationRequest(
                body.uuid("uuid"),
                filled(body, "name"),
                filled(body, "resource_class").map(AllocationDocument::resourceClass),
                traits(body),
                texts(body, "candidate_nodes"),
                filled(body, "owner"),
                body.map("extra"),
                filled(body, "node"));
    }

    private static Optional<String> filled(Body body, String field) {
        return body.text(field).filter(text -> !text.isEmpty());
    }

    private static String resourceClass(String text) {
        if (text.length() > LONGEST_CLASS) {
            throw RequestRefused.invalid(
                    "'resource_class' is " + text.length() + " characters long.",
                    "It may have up to " + LONGEST_CLASS + ".");
        }
        return text;
    }

    private static Set<String> traits(Body body) {
        Set<String> traits = new TreeSet<>(texts(body, "traits"));
        traits.stream().filter(each -> !each.matches(TRAIT)).findFirst().ifPresent(trait -> {
            throw RequestRefused.invalid(
                    "'" + trait + "' in 'traits' cannot be a trait.",
                    "Use up to 255 of A-Z, 0-9 and _, such as CUSTOM_GPU.");
        });
        return traits;
    }

    private static List<String> texts(Body body, String field) {
        JsonNode list = body.object().path(field);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.textValue()));
        if (!list.isArray() || texts.contains(null)) {
            throw RequestRefused.invalid("'" + field + "' must be a list of texts.", "");
        }
        return texts;
    }

    /** The allocation after the patch: its name and extra values may change, nothing else. */
    static Allocation patched(Allocation stored, JsonPatch patch) {
        ObjectNode before = document(stored, PLAIN.valueToTree(stored.extra()));
        ObjectNode shown = document(stored, PLAIN.valueToTree(Masking.mask(stored.extra())));
        for (String field : patch.touched()) {
            if (!Set.of("name", "extra").contains(field)) {
                throw RequestRefused.invalid(
                        "'/" + field + "' of an allocation cannot be changed.", "Its name and extra can.");
            }
        }
        Body after = Body.required(Stars.restore(patch.applyTo(before), before, shown));
        return stored.with(filled(after, "name"), after.map("extra"));
    }

    private static ObjectNode document(Allocation allocation, JsonNode extra) {
        ObjectNode document = PLAIN.createObjectNode();
        document.put("name", allocation.name().orElse(null));
        document.set("extra", extra);
        return document;
    }
}
