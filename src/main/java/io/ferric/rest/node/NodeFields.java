package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.Stars;
import io.ferric.rest.data.NodeData;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which fields of a node a client may set, in which version, and by which rules. Everything else about a node is the
 * conductor's and refused here by name. Source: the schemas of Ironic's API.
 */
final class NodeFields {
    private static final Map<String, Integer> SINCE = Fields.since(NodeData.class);

    /** How long a text may be. */
    private static final Map<String, Integer> LONGEST = Map.of(
            "name", 255,
            "resource_class", 80,
            "description", 4096,
            "owner", 255,
            "lessee", 255,
            "shard", 255,
            "conductor_group", 255,
            "driver", 255,
            "protected_reason", 4096,
            "retired_reason", 4096);

    /** The last of these versions for which a name had to be that of a host. */
    private static final int FREE_NAMES = 10;

    private static final int CHASSIS_CAN_GO = 25;
    private static final Pattern HOST =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");

    /** Fields that exist but are not the client's to set, and how they are changed. */
    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("uuid", "A UUID can be given when the node is created."),
            Map.entry("provision_state", "PUT /v1/nodes/<node>/states/provision changes it."),
            Map.entry("target_provision_state", "PUT /v1/nodes/<node>/states/provision changes it."),
            Map.entry("power_state", "PUT /v1/nodes/<node>/states/power changes it."),
            Map.entry("target_power_state", "PUT /v1/nodes/<node>/states/power changes it."),
            Map.entry("maintenance_reason", "PUT /v1/nodes/<node>/maintenance changes it."),
            Map.entry("boot_mode", "PUT /v1/nodes/<node>/states/boot_mode changes it."),
            Map.entry("secure_boot", "PUT /v1/nodes/<node>/states/secure_boot changes it."),
            Map.entry("target_raid_config", "PUT /v1/nodes/<node>/states/raid changes it."),
            Map.entry("protected", "PATCH the node once it carries an instance."),
            Map.entry("protected_reason", "PATCH the node once it carries an instance."),
            Map.entry("traits", "PUT /v1/nodes/<node>/traits changes them."));

    /** Names that mean something else in a path; what else a name may be is the conductor's to say. */
    private static final Set<String> RESERVED_NAMES =
            Set.of("detail", "validate", "states", "vendor_passthru", "management", "maintenance", ".", "..");

    /** What a patch may change: what is declared, and whether the node is in maintenance. */
    private static final Set<String> PATCHABLE = withMaintenance(NodeDocument.of(NodeSpec.ofDriver(""), false));

    private static final Set<String> NOT_IN_A_POST = Set.of("protected", "protected_reason");

    private NodeFields() {}

    private static Set<String> withMaintenance(ObjectNode document) {
        Set<String> names = new TreeSet<>(Set.of("maintenance"));
        document.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The microversion a field came with; empty when there is no such field. */
    static Optional<Integer> since(String field) {
        return Optional.ofNullable(SINCE.get(field));
    }

    /** What the body of a POST declares. */
    static NodeSpec created(ObjectNode body, ApiVersion version) {
        ObjectNode document = Body.required(body).object().deepCopy();
        document.remove("uuid");
        document.properties().removeIf(each -> each.getValue().isNull());
        document.fieldNames().forEachRemaining(field -> {
            require(field, !NOT_IN_A_POST.contains(field));
            boolean empty = document.get(field).isTextual()
                    && document.get(field).textValue().isEmpty();
            if (!empty) {
                require(field, version);
            }
        });
        document.remove("maintenance");
        check(document, version);
        return NodeDocument.spec(
                Stars.restore(document, document.objectNode(), document.objectNode()), NodeDetails.NONE);
    }

    /**
     * What is declared after the patch; fields it does not name stay, masked or not.
     *
     * @param reset whether the interfaces that the patch does not name become those of the driver
     */
    static NodeSpec patched(NodeSpec stored, JsonPatch patch, ApiVersion version, boolean reset) {
        ObjectNode before = NodeDocument.of(stored, false);
        ObjectNode shown = NodeDocument.of(stored, true);
        before.put("maintenance", false);
        shown.put("maintenance", false);
        ObjectNode after = Stars.restore(patch.applyTo(before), before, shown);
        after.remove("maintenance");
        fallWith(patch, "protected", after);
        fallWith(patch, "retired", after);
        if (reset) {
            after.properties().stream()
                    .filter(each -> each.getKey().endsWith("_interface")
                            && !patch.touched().contains(each.getKey()))
                    .forEach(each -> each.setValue(after.nullNode()));
        }
        check(after, version);
        boolean chassisGone = stored.details().placement().chassis().isPresent()
                && after.path("chassis_uuid").isNull();
        if (chassisGone && !version.has(CHASSIS_CAN_GO)) {
            throw new RequestRefused(406, version.lacks("Removing 'chassis_uuid'", CHASSIS_CAN_GO));
        }
        return NodeDocument.spec(after, stored.details());
    }

    /** The reason of what the patch ends goes with it. */
    private static void fallWith(JsonPatch patch, String flag, ObjectNode after) {
        if (patch.touched().contains(flag)
                && !patch.touched().contains(flag + "_reason")
                && !Body.required(after).bool(flag).orElse(false)) {
            after.putNull(flag + "_reason");
        }
    }

    /** Refuses a patch by what it names, before there is a node to apply it to. */
    static void require(JsonPatch patch, ApiVersion version) {
        patch.touched().forEach(field -> require(field, PATCHABLE.contains(field)));
        patch.given().forEach(field -> require(field, version));
    }

    private static void require(String field, boolean settable) {
        if (settable && PATCHABLE.contains(field)) {
            return;
        }
        if (SINCE.containsKey(field)) {
            throw RequestRefused.invalid(
                    "'/" + field + "' is an internal attribute and cannot be set here.", CURES.getOrDefault(field, ""));
        }
        throw RequestRefused.invalid(
                "A node has no field '" + field + "'.", "It has " + String.join(", ", PATCHABLE) + ".");
    }

    private static void require(String field, ApiVersion version) {
        int since = SINCE.getOrDefault(field, ApiVersion.MIN.minor());
        if (!version.has(since)) {
            throw new RequestRefused(406, version.lacks("Field '" + field + "'", since));
        }
    }

    private static void check(ObjectNode document, ApiVersion version) {
        LONGEST.forEach((field, most) -> {
            JsonNode value = document.path(field);
            if (value.isTextual() && value.textValue().length() > most) {
                throw RequestRefused.invalid(
                        "'" + field + "' is " + value.textValue().length() + " characters long.",
                        "At most " + most + " are taken.");
            }
        });
        Body.required(document).text("name").ifPresent(name -> requireName(name, version));
    }

    private static void requireName(String name, ApiVersion version) {
        if (RESERVED_NAMES.contains(name)) {
            throw RequestRefused.invalid(
                    "'" + name + "' cannot be the name of a node: it means something else in a URL.", "");
        }
        if (!version.has(FREE_NAMES) && !HOST.matcher(name).matches()) {
            throw RequestRefused.invalid(
                    "'" + name + "' cannot be the name of a node in version " + version + ".",
                    "Until version 1.10 it had to be the name of a host.");
        }
    }

    /** Whether the node shall be in maintenance; empty when the body of a POST does not say. */
    static Optional<Boolean> maintenance(ObjectNode body) {
        return Body.required(body).bool("maintenance");
    }

    /** Whether the node shall be in maintenance after the patch; empty when that says nothing of it. */
    static Optional<Boolean> maintenance(JsonPatch patch) {
        ObjectNode probe = JsonNodeFactory.instance.objectNode().put("maintenance", false);
        return patch.touched().contains("maintenance")
                ? Optional.of(
                        maintenance(patch.only("maintenance").applyTo(probe)).orElse(false))
                : Optional.empty();
    }
}
