package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.Masking;
import io.ferric.node.Port;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.Stars;
import java.util.Map;
import java.util.Set;

/** What a client may declare about a port, as a JSON document: the body of a POST, and what a PATCH changes. */
final class PortDocument {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final Set<String> CREATED = Set.of("uuid", "node_uuid", "address", "extra");

    private PortDocument() {}

    /** The body of a POST, its names checked. */
    static Body created(ObjectNode body) {
        Body created = Body.required(body).only(CREATED);
        Stars.restore(body, body.objectNode(), body.objectNode());
        return created;
    }

    /** The port after the patch. A port stays with its node: whoever may change a port may not give it away. */
    static Port patched(Port stored, JsonPatch patch) {
        ObjectNode before = document(stored, stored.extra());
        ObjectNode shown = document(stored, Masking.mask(stored.extra()));
        for (String field : patch.touched()) {
            if (!before.has(field)) {
                throw RequestRefused.invalid(
                        "'/" + field + "' of a port cannot be changed.",
                        "Its address and extra can; to move it to another node, delete it and create it there.");
            }
        }
        Body after = Body.required(Stars.restore(patch.applyTo(before), before, shown));
        return new Port(
                stored.uuid(),
                stored.nodeUuid(),
                after.requiredText("address"),
                after.map("extra"),
                stored.createdAt(),
                stored.updatedAt());
    }

    private static ObjectNode document(Port port, Map<String, Object> extra) {
        ObjectNode document = PLAIN.createObjectNode();
        document.put("address", port.address());
        document.set("extra", PLAIN.valueToTree(extra));
        return document;
    }
}
