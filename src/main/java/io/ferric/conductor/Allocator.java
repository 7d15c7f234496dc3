package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.node.Allocation;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.node.Unavailable;
import io.ferric.store.AllocationStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a node for an allocation and gives it away. A node is held while it is given, and given by a conditional update,
 * so that no two allocations get it, whoever works for them. Source: Ironic's conductor/allocations.
 */
final class Allocator {
    private static final Logger LOG = LoggerFactory.getLogger(Allocator.class);

    private final Context context;
    private final Reservations reservations;
    private final AllocationStore store;
    private final RandomGenerator random;

    Allocator(Context context, Reservations reservations, RandomGenerator random) {
        this.context = context;
        this.reservations = reservations;
        this.store = context.database().allocations();
        this.random = random;
    }

    /** Gives a node to the allocation, or says in it why there is none; can be run again from its start. */
    void allocate(UUID uuid) {
        Optional<Allocation> found = store.find(uuid).filter(each -> each.state() == Allocation.State.ALLOCATING);
        if (found.isEmpty()) {
            return;
        }
        try {
            choose(found.get()).ifPresent(error -> fail(uuid, error));
        } catch (Unavailable e) {
            // the conductor is being stopped; the next start takes it up
            LOG.info("allocation {} is left for the next start", uuid);
        } catch (RuntimeException e) {
            LOG.error("allocation {} failed unexpectedly", uuid, e);
            fail(uuid, Failures.inPlainWords(uuid, e));
        }
    }

    private void fail(UUID uuid, String error) {
        store.fail(uuid, "Failed to process allocation " + uuid + ": " + error + ".");
    }

    /** Why no node was given; empty when one was. */
    private Optional<String> choose(Allocation allocation) {
        List<Node> candidates = context.database().nodes().list(query(allocation)).stream()
                .filter(node -> node.status().power().isPresent())
                .toList();
        if (candidates.isEmpty()) {
            return Optional.of(noneOf(allocation));
        }
        List<UUID> suitable = inOrder(allocation, candidates);
        if (suitable.isEmpty()) {
            return Optional.of("no suitable nodes have the requested traits "
                    + String.join(", ", allocation.wanted().traits()));
        }
        return give(allocation, suitable);
    }

    private static NodeQuery query(Allocation allocation) {
        Allocation.Wanted wanted = allocation.wanted();
        NodeQuery query = NodeQuery.unlimited()
                .where(NodeFilter.RESOURCE_CLASS, wanted.resourceClass())
                .where(NodeFilter.PROVISION_STATE, ProvisionState.AVAILABLE)
                .where(NodeFilter.MAINTENANCE, false)
                .where(NodeFilter.ASSOCIATED, false)
                .where(NodeFilter.VISIBLE_TO, wanted.owner());
        return wanted.candidates().isEmpty() ? query : query.where(NodeFilter.AMONG, wanted.candidates());
    }

    private static String noneOf(Allocation allocation) {
        String of = allocation.wanted().resourceClass().orElse("");
        return allocation.wanted().candidates().isEmpty()
                ? "no available nodes match the resource class " + of
                : "none of the requested nodes are available and match the resource class " + of;
    }

    /** Shuffled, so that allocations made at once do not run after the same node; one of the same name goes first. */
    private List<UUID> inOrder(Allocation allocation, List<Node> candidates) {
        List<Node> suitable = new ArrayList<>(candidates);
        suitable.removeIf(node -> !allocation.wanted().fits(node.spec()));
        for (int i = suitable.size() - 1; i > 0; i--) {
            Collections.swap(suitable, i, random.nextInt(i + 1));
        }
        suitable.sort((a, b) -> Boolean.compare(sameName(allocation, b), sameName(allocation, a)));
        return suitable.stream().map(Node::uuid).toList();
    }

    private static boolean sameName(Allocation allocation, Node node) {
        return allocation.name().isPresent()
                && allocation.name().equals(node.spec().name());
    }

    private Optional<String> give(Allocation allocation, List<UUID> suitable) {
        List<UUID> left = new ArrayList<>(suitable);
        for (int attempt = 1; ; attempt++) {
            for (UUID node : List.copyOf(left)) {
                Optional<Boolean> given = tryGive(allocation, node);
                if (given.orElse(false)) {
                    return Optional.empty();
                }
                given.ifPresent(refused -> left.remove(node));
            }
            if (left.isEmpty()) {
                return Optional.of("all nodes were filtered out during reservation");
            }
            if (attempt >= context.config().nodeLockedRetryAttempts()) {
                return Optional.of("could not reserve any of " + left.size() + " suitable nodes");
            }
            reservations.pause();
        }
    }

    /** Empty when somebody works on the node, false when it does not do any more. */
    private Optional<Boolean> tryGive(Allocation allocation, UUID uuid) {
        Optional<Reservations.Held> held = reservations.tryHold(uuid);
        if (held.isEmpty()) {
            return context.database().nodes().find(uuid).isPresent() ? Optional.empty() : Optional.of(false);
        }
        try {
            return Optional.of(giveIfFree(allocation, uuid));
        } finally {
            held.get().close();
        }
    }

    private boolean giveIfFree(Allocation allocation, UUID node) {
        return context.database()
                .nodes()
                .find(node)
                .filter(seen -> stillFree(seen) && allocation.wanted().fits(seen.spec()))
                .filter(seen -> give(allocation, seen))
                .isPresent();
    }

    private static boolean stillFree(Node node) {
        return node.provisionState() == ProvisionState.AVAILABLE
                && !node.maintenance().on()
                && node.spec().instanceUuid().isEmpty();
    }

    private boolean give(Allocation allocation, Node node) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.put("traits", List.copyOf(allocation.wanted().traits()));
        boolean given = store.give(allocation.uuid(), node.uuid(), info);
        if (given) {
            context.journal().note(node.uuid(), "allocation", "Given to allocation " + allocation.uuid(), Level.INFO);
        }
        return given;
    }

    /** Notes that an active node is the allocation's; fails when it is not such as the allocation wants. */
    void backfill(Allocation allocation, UUID node) {
        reservations.holding(node, hold -> {
            Node seen = context.database().nodes().find(node).orElseThrow();
            refuseBackfill(allocation, seen);
            if (!give(allocation, seen)) {
                throw new Conflict(
                        FaultCode.NODE_ASSOCIATED,
                        "Node " + node + " is associated with instance "
                                + seen.spec().instanceUuid().map(UUID::toString).orElse("of another allocation"),
                        "Give the allocation the UUID of that instance.");
            }
            return true;
        });
    }

    private static void refuseBackfill(Allocation allocation, Node node) {
        NodeSpec spec = node.spec();
        List<String> errors = new ArrayList<>();
        if (node.provisionState() != ProvisionState.ACTIVE) {
            errors.add("it is " + node.provisionState() + " and must be active");
        }
        if (!allocation.wanted().fits(spec)) {
            errors.add("its resource class or its traits are not what is asked for");
        }
        List<UUID> candidates = allocation.wanted().candidates();
        if (!candidates.isEmpty() && !candidates.contains(node.uuid())) {
            errors.add("it is not among candidate_nodes");
        }
        if (!errors.isEmpty()) {
            throw new Conflict(
                    "AllocationFailed",
                    "Failed to process allocation " + allocation.uuid() + ": node " + node.uuid()
                            + " cannot be taken for it: " + String.join("; ", errors),
                    "Leave 'node' away to have one chosen.");
        }
    }
}
