package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.DriverInfo;
import io.ferric.node.Guard;
import io.ferric.node.InstanceInfo;
import io.ferric.node.Masking;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.node.Placement;
import io.ferric.node.Tenancy;
import io.ferric.rest.common.Body;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is declared about a node, as a JSON document with Ironic's names, and back. What may be in it: {@link NodeFields}. */
final class NodeDocument {
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final String INTERFACE = "_interface";

    private NodeDocument() {}

    /** The document of a node: every field, {@code null} where nothing is said. */
    static ObjectNode of(NodeSpec spec, boolean masked) {
        ObjectNode document = PLAIN.createObjectNode();
        document.put("name", spec.name().orElse(null));
        document.put("driver", spec.driver());
        document.set("driver_info", tree(spec.driverInfo().values(), masked));
        document.set("instance_info", tree(spec.instanceInfo().values(), masked));
        document.set("properties", tree(spec.properties(), masked));
        document.set("extra", tree(spec.extra(), masked));
        document.put("instance_uuid", text(spec.instanceUuid()));
        document.put("resource_class", spec.resourceClass().orElse(null));
        putDetails(document, spec.details(), masked);
        return document;
    }

    private static void putDetails(ObjectNode document, NodeDetails details, boolean masked) {
        Placement placement = details.placement();
        Guard guard = details.guard();
        document.put("description", details.description().orElse(null));
        document.put("owner", details.tenancy().owner().orElse(null));
        document.put("lessee", details.tenancy().lessee().orElse(null));
        document.put("chassis_uuid", text(placement.chassis()));
        document.put("conductor_group", placement.conductorGroup());
        document.put("shard", placement.shard().orElse(null));
        document.put("parent_node", text(placement.parent()));
        document.put("protected", guard.guarded());
        document.put("protected_reason", guard.guardedReason().orElse(null));
        document.put("retired", guard.retired());
        document.put("retired_reason", guard.retiredReason().orElse(null));
        document.put("automated_clean", guard.automatedClean().orElse(null));
        InterfaceNames.KINDS.forEach(
                kind -> document.put(kind + INTERFACE, details.interfaces().get(kind)));
        document.set("network_data", tree(details.networkData(), masked));
    }

    /** What the document declares; what it does not name, and what {@code null} is said of, is not declared. */
    static NodeSpec spec(ObjectNode document, NodeDetails stored) {
        Body body = Body.required(document);
        return new NodeSpec(
                body.text("name"),
                body.requiredText("driver"),
                new DriverInfo(body.map("driver_info")),
                new InstanceInfo(body.map("instance_info")),
                body.map("properties"),
                body.map("extra"),
                body.uuid("instance_uuid"),
                body.text("resource_class"),
                details(body, stored));
    }

    private static NodeDetails details(Body body, NodeDetails stored) {
        Map<String, String> interfaces = new LinkedHashMap<>();
        InterfaceNames.KINDS.forEach(kind -> body.text(kind + INTERFACE).ifPresent(name -> interfaces.put(kind, name)));
        return new NodeDetails(
                body.text("description"),
                new Tenancy(body.text("owner"), body.text("lessee")),
                placement(body),
                guard(body),
                interfaces,
                stored.traits(),
                networkData(body.map("network_data"), stored));
    }

    /** What is stored was taken before. */
    private static Map<String, Object> networkData(Map<String, Object> declared, NodeDetails stored) {
        if (!declared.equals(stored.networkData())) {
            NetworkData.require(declared);
        }
        return declared;
    }

    private static Placement placement(Body body) {
        return new Placement(
                body.uuid("chassis_uuid"),
                body.text("conductor_group").orElse("").toLowerCase(Locale.ROOT),
                body.text("shard"),
                body.uuid("parent_node"));
    }

    /** A reason falls with what it is the reason of. */
    private static Guard guard(Body body) {
        boolean guarded = body.bool("protected").orElse(false);
        boolean retired = body.bool("retired").orElse(false);
        return new Guard(
                guarded,
                body.text("protected_reason"),
                retired,
                body.text("retired_reason"),
                body.bool("automated_clean"));
    }

    private static JsonNode tree(Map<String, Object> values, boolean masked) {
        return PLAIN.valueToTree(masked ? Masking.mask(values) : values);
    }

    private static String text(Optional<UUID> uuid) {
        return uuid.map(UUID::toString).orElse(null);
    }
}
