package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonSerializable;
import io.ferric.conductor.Conductor;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.BootMode;
import io.ferric.node.Masking;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.LinkTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What is shown of nodes in one answer, field by field; the only way out, so that nothing leaves unmasked. A field is made
 * when it is written: what an answer does not show costs nothing. The names are those of {@link
 * io.ferric.rest.data.NodeData}, and a test compares them. For one thread.
 */
final class NodeView {
    /** What is kept as JSON documents and is dear to read. */
    private static final Set<String> DOCUMENTS = Set.of(
            "clean_step",
            "deploy_step",
            "driver_info",
            "driver_internal_info",
            "extra",
            "instance_info",
            "network_data",
            "properties",
            "service_step",
            "traits");

    /** The links to the node itself and to what it has. */
    private static final List<String> PARTS = List.of("links", "ports", "portgroups", "states", "volume");

    private static final int AVAILABLE = 2;
    private static final int INSPECT_WAIT = 39;

    private static final Map<String, BiFunction<NodeView, Node, Object>> FIELDS = new HashMap<>();

    static {
        declared();
        guarded();
        recorded();
        linked();
    }

    private final Conductor conductor;
    private final Map<String, LinkTemplate> links = new HashMap<>();
    private final ApiVersion version;
    private final Access access;
    private Node last;
    private InterfaceNames interfaces;

    NodeView(Conductor conductor, Call call) {
        this.conductor = conductor;
        PARTS.forEach(part -> links.put(
                part,
                part.equals("links")
                        ? call.links().template("nodes")
                        : call.links().template("nodes", part)));
        this.version = call.version();
        this.access = call.access();
    }

    /** Shows these fields of nodes. */
    Function<Node, JsonSerializable> of(Fields fields) {
        return fields.shownBy(name -> {
            BiFunction<NodeView, Node, Object> field = Objects.requireNonNull(FIELDS.get(name), name);
            return node -> field.apply(this, node);
        });
    }

    /** Whether showing these fields takes more of a node than its simple values. */
    static boolean needsDocuments(Set<String> fields) {
        return fields.stream().anyMatch(name -> DOCUMENTS.contains(name) || name.endsWith("_interface"));
    }

    /** The fields there are. */
    static Set<String> names() {
        return FIELDS.keySet();
    }

    /** The state as this version names it: what it did not know it showed as what came nearest. */
    static Optional<String> state(ProvisionState state, ApiVersion version) {
        String name = state.wireName();
        if (name.equals("available") && !version.has(AVAILABLE)) {
            return Optional.empty();
        }
        return Optional.of(name.equals("inspect wait") && !version.has(INSPECT_WAIT) ? "inspecting" : name);
    }

    private static void put(String name, Function<Node, Object> value) {
        FIELDS.put(name, (view, node) -> value.apply(node));
    }

    /** A field that not everybody sees who sees the node; that there is something, everybody does, as in Ironic. */
    private static void guard(String name, Right right, Function<Node, Object> value) {
        FIELDS.put(name, (view, node) -> {
            Object shown = value.apply(node);
            return view.access.may(right, node.details().tenancy()) ? shown : redacted(shown, right);
        });
    }

    private static Object redacted(Object value, Right right) {
        return value instanceof Optional<?> maybe
                ? maybe.map(there -> instead(right))
                : Map.of("content", instead(right));
    }

    private static String instead(Right right) {
        return "** Redacted - requires " + right.policy() + " permission. **";
    }

    /** What an operator wrote; when it was us, it says why something failed. */
    private static Optional<String> maintenanceReason(Node node, Access access) {
        Optional<String> reason = node.maintenance().reason().map(Masking::text);
        return node.maintenance().fault().isEmpty()
                        || access.may(Right.NODE_GET_LAST_ERROR, node.details().tenancy())
                ? reason
                : reason.map(any -> instead(Right.NODE_GET_LAST_ERROR));
    }

    /** Why the last attempt failed, or for those who may not know, that it did. */
    static Optional<String> lastError(Node node, Access access) {
        Optional<String> error = node.status().lastError().map(Masking::text);
        return access.may(Right.NODE_GET_LAST_ERROR, node.details().tenancy())
                ? error
                : error.map(any -> instead(Right.NODE_GET_LAST_ERROR));
    }

    private static void declared() {
        put("uuid", Node::uuid);
        put("name", node -> node.spec().name());
        put("driver", node -> node.spec().driver());
        guard(
                "driver_info",
                Right.NODE_GET_DRIVER_INFO,
                node -> Masking.mask(node.driverInfo().values()));
        put("instance_info", node -> Masking.mask(node.instanceInfo().values()));
        put("properties", node -> Masking.mask(node.spec().properties()));
        put("extra", node -> Masking.mask(node.spec().extra()));
        put("instance_uuid", node -> node.spec().instanceUuid());
        put("resource_class", node -> node.spec().resourceClass());
        put("description", node -> node.details().description().map(Masking::text));
        put("owner", node -> node.details().tenancy().owner());
        put("lessee", node -> node.details().tenancy().lessee());
        put("chassis_uuid", node -> node.details().placement().chassis());
        put("conductor_group", node -> node.details().placement().conductorGroup());
        put("shard", node -> node.details().placement().shard());
        put("parent_node", node -> node.details().placement().parent());
        put("traits", node -> node.details().traits());
        put("network_data", node -> Masking.mask(node.details().networkData()));
        for (String kind : InterfaceNames.KINDS) {
            FIELDS.put(
                    kind + "_interface", (view, node) -> view.interfaces(node).usedBy(node, kind));
        }
    }

    private static void guarded() {
        put("protected", node -> node.details().guard().guarded());
        put("protected_reason", node -> node.details().guard().guardedReason().map(Masking::text));
        put("retired", node -> node.details().guard().retired());
        put("retired_reason", node -> node.details().guard().retiredReason().map(Masking::text));
        put("automated_clean", node -> node.details().guard().automatedClean());
        put("maintenance", node -> node.maintenance().on());
        FIELDS.put("maintenance_reason", (view, node) -> maintenanceReason(node, view.access));
        put("fault", node -> node.maintenance().fault().map(Masking::text));
        guard("reservation", Right.NODE_GET_RESERVATION, Node::reservation);
        put("allocation_uuid", Node::allocation);
        FIELDS.put("conductor", (view, node) -> view.conductor.host());
    }

    /** Asked for once for all fields of a node. */
    private InterfaceNames interfaces(Node node) {
        if (node != last) {
            last = node;
            interfaces = conductor.interfacesOf(node);
        }
        return interfaces;
    }

    private static void recorded() {
        FIELDS.put("provision_state", (view, node) -> state(node.provisionState(), view.version));
        put("target_provision_state", node -> node.status().targetProvision().map(ProvisionState::wireName));
        put("provision_updated_at", node -> node.status().provisionUpdatedAt());
        put("power_state", node -> node.status().power().map(PowerState::wireName));
        put("target_power_state", node -> node.status().targetPower().map(PowerAction::wireName));
        FIELDS.put("last_error", (view, node) -> lastError(node, view.access));
        guard(
                "driver_internal_info",
                Right.NODE_GET_DRIVER_INTERNAL_INFO,
                node -> Masking.mask(node.status().internalInfo()));
        put("clean_step", node -> step(node, "clean"));
        put("deploy_step", node -> step(node, "deploy"));
        put("service_step", node -> step(node, "service"));
        put("boot_mode", node -> node.status().observed().bootMode().map(BootMode::wireName));
        put("secure_boot", node -> node.status().observed().secureBoot());
        put("inspection_started_at", node -> node.status().observed().inspectionStartedAt());
        put("inspection_finished_at", node -> node.status().observed().inspectionFinishedAt());
        put("created_at", Node::createdAt);
        put("updated_at", Node::updatedAt);
        put("raid_config", node -> Map.of());
        put("target_raid_config", node -> Map.of());
        put("console_enabled", node -> false);
    }

    private static void linked() {
        PARTS.forEach(
                part -> FIELDS.put(part, (view, node) -> view.links.get(part).of(node.uuid())));
    }

    /** The step under way: what the conductor keeps as such, else the one its index points at. */
    private static Map<String, Object> step(Node node, String kind) {
        Map<String, Object> info = node.status().internalInfo();
        if (info.isEmpty()) {
            return Map.of();
        }
        Object step = info.get(kind + "_step");
        if (step == null
                && info.get(kind + "_steps") instanceof List<?> steps
                && info.get(kind + "_step_index") instanceof Number at
                && at.intValue() >= 0
                && at.intValue() < steps.size()) {
            step = steps.get(at.intValue());
        }
        Map<String, Object> shown = new HashMap<>();
        if (step instanceof Map<?, ?> values) {
            values.forEach((key, value) -> shown.put(String.valueOf(key), value));
        }
        return Masking.mask(shown);
    }
}
