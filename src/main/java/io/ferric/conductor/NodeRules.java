package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Findings;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.AccessDenied;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Guard;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.node.Uuids;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/** What may be declared about a node, and when it may be changed. Source: the checks of Ironic's API and conductor. */
final class NodeRules {
    /** The unreserved characters of RFC 3986, so that a name can stand in a URL as it is. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,255}");

    /** States in which what a node is driven by may change. */
    private static final Set<String> AT_REST =
            Set.of("enroll", "inspecting", "inspect wait", "manageable", "available");

    private static final Set<String> WITH_INSTANCE = Set.of("active", "rescue");

    private NodeRules() {}

    static void checkName(NodeSpec spec) {
        spec.name()
                .filter(name ->
                        !NAME.matcher(name).matches() || Uuids.parse(name).isPresent())
                .ifPresent(name -> {
                    throw invalid(
                            "'" + name + "' cannot be the name of a node",
                            "Use letters, digits and . _ ~ - only, and nothing that looks like a UUID.");
                });
    }

    static void checkInterfaces(NodeSpec spec, Driver driver) {
        spec.details().interfaces().forEach((kind, name) -> {
            List<String> known = driver.interfaces().of(kind);
            if (!known.contains(name)) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "'" + name + "' is no " + kind + "_interface of driver " + spec.driver(),
                        known.isEmpty() ? "It has none." : "It has " + String.join(", ", known) + ".");
            }
        });
    }

    static void checkReasons(NodeSpec spec) {
        Guard guard = spec.details().guard();
        if (guard.guardedReason().isPresent() && !guard.guarded()) {
            throw invalid("'protected_reason' is given for a node that is not protected", "Set 'protected' too.");
        }
        if (guard.retiredReason().isPresent() && !guard.retired()) {
            throw invalid("'retired_reason' is given for a node that is not retired", "Set 'retired' too.");
        }
    }

    /** Whether the change of what is stored fits the state the node is in. */
    static void checkChange(Node node, NodeSpec after) {
        NodeSpec before = node.spec();
        refuseOtherInstance(node, after);
        Guard guard = after.details().guard();
        if (guard.guarded() && !before.details().guard().guarded() && !isIn(node, WITH_INSTANCE)) {
            throw wrongState(node, "protected", WITH_INSTANCE);
        }
        if (guard.retired()
                && !before.details().guard().retired()
                && node.provisionState() == ProvisionState.AVAILABLE) {
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Node " + node.uuid() + " is available and can not be retired",
                    "Ask for 'manage' first.");
        }
        if (before.resourceClass().isPresent()
                && !before.resourceClass().equals(after.resourceClass())
                && !isIn(node, AT_REST)) {
            throw wrongState(node, "resource_class", AT_REST);
        }
        if (!isIn(node, AT_REST) && !node.maintenance().on()) {
            changedInterface(before, after).ifPresent(kind -> {
                throw wrongState(node, kind + "_interface", AT_REST);
            });
        }
    }

    private static Optional<String> changedInterface(NodeSpec before, NodeSpec after) {
        return InterfaceNames.KINDS.stream()
                .filter(kind -> !Objects.equals(
                        before.details().interfaces().get(kind),
                        after.details().interfaces().get(kind)))
                .findFirst();
    }

    private static boolean isIn(Node node, Set<String> states) {
        return states.contains(node.provisionState().wireName());
    }

    private static Conflict wrongState(Node node, String field, Set<String> states) {
        return new Conflict(
                FaultCode.INVALID_STATE,
                "Node " + node.uuid() + " can not have '" + field + "' set while it is " + node.provisionState(),
                "That can be done in " + String.join(", ", new TreeSet<>(states)) + ".");
    }

    private static void refuseOtherInstance(Node node, NodeSpec spec) {
        Optional<UUID> before = node.spec().instanceUuid();
        if (before.isPresent() && spec.instanceUuid().isPresent() && !before.equals(spec.instanceUuid())) {
            throw new Conflict(
                    FaultCode.NODE_ASSOCIATED,
                    "Node " + node.uuid() + " is associated with instance " + before.get(),
                    "Remove that instance_uuid first.");
        }
    }

    /** Source: Ironic, which lets nobody end a protected node's instance, not even in maintenance. */
    static void refuseWhenProtected(Node node) {
        if (node.details().guard().guarded()) {
            throw new AccessDenied(
                    FaultCode.NODE_PROTECTED,
                    "Node " + node.uuid() + " is protected and cannot be undeployed, rebuilt or deleted",
                    "Set 'protected' to false first.");
        }
    }

    /** What an instance asks of a node that the node does not have. Source: Ironic's check before a deploy. */
    static void checkTraits(Node node, Findings findings) {
        Object asked = node.instanceInfo().values().get("traits");
        Set<Object> missing = new LinkedHashSet<>(asked instanceof Collection<?> list ? list : Set.of());
        missing.removeAll(node.details().traits());
        if (!missing.isEmpty()) {
            findings.invalid("instance_info/traits", "holds traits that the node does not have: " + missing + ".");
        }
    }

    static InvalidRequest invalid(String message, String hint) {
        return new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, message, hint);
    }
}
