package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.DriverInfo;
import io.ferric.node.InstanceInfo;
import io.ferric.node.Masking;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.Stars;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a client may declare about a node, as a JSON document: the body of a POST, and what a PATCH changes. Everything
 * else about a node is the conductor's and refused here by name.
 */
final class NodeDocument {
    private static final ObjectMapper PLAIN = new ObjectMapper();

    /** The fields a client may set, with Ironic's names. */
    private static final Set<String> FIELDS = Set.of(
            "name", "driver", "driver_info", "instance_info", "properties", "extra", "instance_uuid", "resource_class");

    /** Fields that exist but are not the client's to set, and how they are changed. */
    private static final Map<String, String> INTERNAL = Map.ofEntries(
            Map.entry("uuid", "A UUID can be given when the node is created."),
            Map.entry("provision_state", "PUT /v1/nodes/<node>/states/provision changes it."),
            Map.entry("target_provision_state", "PUT /v1/nodes/<node>/states/provision changes it."),
            Map.entry("provision_updated_at", ""),
            Map.entry("power_state", "PUT /v1/nodes/<node>/states/power changes it."),
            Map.entry("target_power_state", "PUT /v1/nodes/<node>/states/power changes it."),
            Map.entry("maintenance", "PUT or DELETE /v1/nodes/<node>/maintenance changes it."),
            Map.entry("maintenance_reason", "PUT /v1/nodes/<node>/maintenance changes it."),
            Map.entry("fault", ""),
            Map.entry("last_error", ""),
            Map.entry("reservation", ""),
            Map.entry("boot_mode", "PUT /v1/nodes/<node>/states/boot_mode changes it."),
            Map.entry("secure_boot", ""),
            Map.entry("inspection_started_at", ""),
            Map.entry("inspection_finished_at", ""),
            Map.entry("driver_internal_info", ""),
            Map.entry("created_at", ""),
            Map.entry("updated_at", ""),
            Map.entry("links", ""),
            Map.entry("ports", ""),
            Map.entry("states", ""));

    /** Names that mean something else in a path; what else a name may be is the conductor's to say. */
    private static final Set<String> RESERVED_NAMES = Set.of("detail", "validate", ".", "..");

    private NodeDocument() {}

    /** The UUID a POST asks for. */
    static Optional<UUID> uuid(ObjectNode body) {
        return Body.required(body).uuid("uuid");
    }

    /** What the body of a POST declares. */
    static NodeSpec created(ObjectNode body) {
        ObjectNode document = Body.required(body).object().deepCopy();
        document.remove("uuid");
        document.properties().removeIf(each -> each.getValue().isNull());
        document.fieldNames().forEachRemaining(NodeDocument::requireField);
        return spec(Stars.restore(document, document.objectNode(), document.objectNode()), NodeDetails.NONE);
    }

    /** What is declared after the patch; fields it does not name stay, masked or not. */
    static NodeSpec patched(NodeSpec stored, JsonPatch patch) {
        patch.touched().forEach(NodeDocument::requireField);
        ObjectNode before = document(stored, false);
        return spec(Stars.restore(patch.applyTo(before), before, document(stored, true)), stored.details());
    }

    /** The document of a node: every field, {@code null} where nothing is said. */
    static ObjectNode document(NodeSpec spec, boolean masked) {
        ObjectNode document = PLAIN.createObjectNode();
        document.put("name", spec.name().orElse(null));
        document.put("driver", spec.driver());
        document.set("driver_info", tree(spec.driverInfo().values(), masked));
        document.set("instance_info", tree(spec.instanceInfo().values(), masked));
        document.set("properties", tree(spec.properties(), masked));
        document.set("extra", tree(spec.extra(), masked));
        document.put("instance_uuid", spec.instanceUuid().map(UUID::toString).orElse(null));
        document.put("resource_class", spec.resourceClass().orElse(null));
        return document;
    }

    private static NodeSpec spec(ObjectNode document, NodeDetails details) {
        Body body = Body.required(document);
        body.text("name").ifPresent(NodeDocument::requireName);
        return new NodeSpec(
                body.text("name"),
                body.requiredText("driver"),
                new DriverInfo(body.map("driver_info")),
                new InstanceInfo(body.map("instance_info")),
                body.map("properties"),
                body.map("extra"),
                body.uuid("instance_uuid"),
                body.text("resource_class"),
                details);
    }

    private static JsonNode tree(Map<String, Object> values, boolean masked) {
        return PLAIN.valueToTree(masked ? Masking.mask(values) : values);
    }

    private static void requireField(String field) {
        if (FIELDS.contains(field)) {
            return;
        }
        if (INTERNAL.containsKey(field)) {
            throw RequestRefused.invalid(
                    "'/" + field + "' is an internal attribute and cannot be set.", INTERNAL.get(field));
        }
        throw RequestRefused.invalid(
                "A node has no field '" + field + "' in this release.",
                "It has " + String.join(", ", new TreeSet<>(FIELDS)) + ".");
    }

    private static void requireName(String name) {
        if (RESERVED_NAMES.contains(name)) {
            throw RequestRefused.invalid(
                    "'" + name + "' cannot be the name of a node: it means something else in a URL.", "");
        }
    }
}
