package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.Node;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.node.Tenancy;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.JsonPatch;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Who may set which field of a node. Source: the policies of Ironic's secure RBAC. */
final class FieldRights {
    private static final Map<String, Right> RIGHTS = Map.ofEntries(
            Map.entry("extra", Right.NODE_UPDATE_EXTRA),
            Map.entry("instance_info", Right.NODE_UPDATE_INSTANCE_INFO),
            Map.entry("driver_info", Right.NODE_UPDATE_DRIVER_INFO),
            Map.entry("properties", Right.NODE_UPDATE_PROPERTIES),
            Map.entry("chassis_uuid", Right.NODE_UPDATE_CHASSIS),
            Map.entry("instance_uuid", Right.NODE_UPDATE_INSTANCE),
            Map.entry("lessee", Right.NODE_UPDATE_LESSEE),
            Map.entry("owner", Right.NODE_UPDATE_OWNER),
            Map.entry("driver", Right.NODE_UPDATE_INTERFACES),
            Map.entry("network_data", Right.NODE_UPDATE_NETWORK_DATA),
            Map.entry("conductor_group", Right.NODE_UPDATE_CONDUCTOR_GROUP),
            Map.entry("name", Right.NODE_UPDATE_NAME),
            Map.entry("retired", Right.NODE_UPDATE_RETIRED),
            Map.entry("retired_reason", Right.NODE_UPDATE_RETIRED),
            Map.entry("shard", Right.NODE_UPDATE_SHARD),
            Map.entry("parent_node", Right.NODE_UPDATE_PARENT),
            Map.entry("automated_clean", Right.NODE_DISABLE_CLEANING),
            Map.entry("maintenance", Right.NODE_SET_MAINTENANCE));

    /** In these a node is nobody's instance, so that its owner can change. */
    private static final Set<ProvisionState> FREE = Set.of(
            ProvisionState.ENROLL, ProvisionState.MANAGEABLE, ProvisionState.AVAILABLE, ProvisionState.INSPECT_FAILED);

    /** What whoever may create a node says of it, as if it were there already. */
    private static final Set<String> OF_EVERY_CREATOR = Set.of("uuid", "owner", "driver");

    private final Access access;

    FieldRights(Access access) {
        this.access = access;
    }

    private static Right of(String field) {
        return field.endsWith("_interface")
                ? Right.NODE_UPDATE_INTERFACES
                : RIGHTS.getOrDefault(field, Right.NODE_UPDATE);
    }

    /**
     * Fails with 403 when the patch touches what the caller may not change on this node.
     *
     * @param known the node, where the caller is of a project; for others it matters in one case only
     * @param look finds the node
     */
    void require(JsonPatch patch, Optional<Node> known, Supplier<Node> look) {
        Tenancy tenancy = known.map(node -> node.details().tenancy()).orElse(Tenancy.NOBODY);
        patch.touched().forEach(field -> access.require(of(field), tenancy));
        if (patch.touched().contains("owner")
                && !access.may(Right.NODE_UPDATE_OWNER_PROVISIONED)
                && !FREE.contains(look.get().provisionState())) {
            access.require(Right.NODE_UPDATE_OWNER_PROVISIONED);
        }
    }

    /** What is to be kept, when the node did not change hands since it was looked at. */
    NodeSpec still(NodeSpec stored, JsonPatch patch, NodeSpec after) {
        patch.touched()
                .forEach(field -> access.require(of(field), stored.details().tenancy()));
        return after;
    }

    /** What is declared of a new node: one that a project creates is the project's. */
    static NodeSpec ofCaller(NodeSpec declared, ObjectNode body, Access access) {
        Optional<String> project = access.project();
        if (project.isEmpty()) {
            return declared;
        }
        declared.details().tenancy().owner().ifPresent(owner -> access.requireOwn(Right.NODE_CREATE, owner));
        Tenancy tenancy = new Tenancy(project, declared.details().tenancy().lessee());
        body.fieldNames().forEachRemaining(field -> {
            if (!OF_EVERY_CREATOR.contains(field)) {
                access.require(of(field), tenancy);
            }
        });
        NodeDetails details = declared.details().withTenancy(tenancy);
        return declared.withDetails(details);
    }
}
