package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.Registry;
import io.ferric.node.Entry;
import io.ferric.node.EntryQuery;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeFilter;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Right;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds nodes and what belongs to them for a caller, who hears of what is another project's what would be heard if there were
 * none. For callers of the whole system nothing is looked up for the sake of rights.
 */
public record RecordAccess(Conductor conductor, Access access) {
    private boolean everywhere() {
        return access.project().isEmpty();
    }

    /** The node, when the caller can see it. */
    public Node node(String id) {
        return access.visible(conductor.node(id), id);
    }

    /** Fails with 404 when the caller cannot see the node, with 403 when there is no such right for it. */
    public void require(Right right, String id) {
        if (everywhere()) {
            access.require(right);
        } else {
            access.require(right, node(id).details().tenancy());
        }
    }

    /** The entry, when the caller can see it and has this right for its node. */
    <T extends Record & Entry> T entry(Registry<T> registry, String id, Right right) {
        requireAnywhere(right);
        T entry = registry.get(id);
        requireOfNode(right, entry, () -> registry.missing(id));
        return entry;
    }

    /** Fails with 403 when it does not matter of which node, and there is no such right. */
    void requireAnywhere(Right right) {
        if (!dependsOnNode(right)) {
            access.require(right);
        }
    }

    /** Fails when it matters of which node, and the caller cannot see the new entry's node or has no such right for it. */
    void requireNew(Entry entry, Right right) {
        requireOfNode(
                right, entry, () -> Registry.unknownNode(entry.owningNode().orElseThrow()));
    }

    /** Whether the caller has this right for the entry's node. */
    boolean may(Right right, Entry entry) {
        return everywhere()
                ? access.may(right)
                : owner(entry)
                        .filter(node -> access.may(right, node.details().tenancy()))
                        .isPresent();
    }

    private boolean dependsOnNode(Right right) {
        return !everywhere() && right.ofNode();
    }

    private void requireOfNode(Right right, Entry entry, Supplier<NodeFault> unseen) {
        if (dependsOnNode(right)) {
            Node node = owner(entry).filter(access::sees).orElseThrow(unseen);
            access.require(right, node.details().tenancy());
        }
    }

    private Optional<Node> owner(Entry entry) {
        try {
            return entry.owningNode().map(UUID::toString).map(conductor::node);
        } catch (NotFound none) {
            return Optional.empty();
        }
    }

    /** Only entries of nodes that the caller can see. */
    EntryQuery visible(EntryQuery all) {
        return access.project()
                .map(project -> all.whereNode(NodeFilter.VISIBLE_TO, project))
                .orElse(all);
    }
}
