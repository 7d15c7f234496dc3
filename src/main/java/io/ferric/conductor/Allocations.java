package io.ferric.conductor;

import io.ferric.node.Allocation;
import io.ferric.node.Allocation.State;
import io.ferric.node.Allocation.Wanted;
import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NotFound;
import io.ferric.node.ProvisionState;
import io.ferric.node.Uuids;
import io.ferric.store.AllocationStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Nodes asked for by what they are: an allocation gets a free node of a resource class with certain traits, and no two get
 * the same. Methods that name an allocation take its UUID or its name. Safe for use by many threads.
 */
public final class Allocations {
    /** The names that Ironic takes for hosts and records alike. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,255}");

    private final Context context;
    private final AllocationStore store;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Workers workers;
    private final Allocator allocator;

    Allocations(Context context, NodeRegistry nodes, Reservations reservations, Workers workers, Allocator allocator) {
        this.context = context;
        this.store = context.database().allocations();
        this.nodes = nodes;
        this.reservations = reservations;
        this.workers = workers;
        this.allocator = allocator;
    }

    /** Goes on with what an earlier run, or a conductor that died, did not end. */
    void takeUp() {
        store.list(EntryQuery.all().where("state", State.ALLOCATING.wireName())).forEach(each -> {
            workers.adopt(work(each.uuid()));
            begin(each.uuid());
        });
    }

    private static String work(UUID allocation) {
        return "allocation " + allocation;
    }

    private void begin(UUID allocation) {
        workers.run(work(allocation), () -> allocator.allocate(allocation));
    }

    /**
     * Asks for a node and returns at once; which one, or why none, is seen in the allocation later, over a restart if need
     * be. Where the request names a node, that is the allocation's when this returns.
     */
    public Allocation create(AllocationRequest request, Supplier<UUID> uuids) {
        Optional<Node> node = request.node().map(this::named);
        Allocation allocation = allocation(request, node, uuids);
        if (node.isPresent()) {
            backfill(allocation, node.get());
        } else {
            workers.claim(work(allocation.uuid()));
            try {
                store.insert(allocation);
            } catch (RuntimeException e) {
                workers.done(work(allocation.uuid()));
                throw e;
            }
            Allocation made = get(allocation.uuid().toString());
            begin(allocation.uuid());
            return made;
        }
        return get(allocation.uuid().toString());
    }

    private void backfill(Allocation allocation, Node node) {
        store.insert(allocation);
        try {
            allocator.backfill(allocation, node.uuid());
        } catch (RuntimeException e) {
            store.fail(allocation.uuid(), Failures.inPlainWords(node.uuid(), e));
            throw e;
        }
    }

    private Allocation allocation(AllocationRequest request, Optional<Node> node, Supplier<UUID> uuids) {
        request.name().ifPresent(Allocations::checkName);
        Optional<String> resourceClass = request.resourceClass()
                .or(() -> node.flatMap(each -> each.spec().resourceClass()));
        if (resourceClass.isEmpty() && node.isEmpty()) {
            throw new InvalidRequest(
                    FaultCode.INVALID,
                    "'resource_class' is missing, and no node is named.",
                    "Say which class the node shall be of.");
        }
        List<UUID> candidates = request.candidates().stream()
                .map(this::named)
                .map(Node::uuid)
                .distinct()
                .toList();
        return new Allocation(
                request.uuid()
                        .or(() -> node.flatMap(each -> each.spec().instanceUuid()))
                        .orElseGet(uuids),
                request.name(),
                State.ALLOCATING,
                Optional.empty(),
                new Wanted(resourceClass, request.traits(), candidates, request.owner()),
                request.extra(),
                Optional.empty(),
                context.now(),
                Optional.empty());
    }

    /** A node named in a body: that it is not there is a fault of the body. */
    private Node named(String id) {
        try {
            return nodes.node(id);
        } catch (NotFound e) {
            throw unknownNode(e);
        }
    }

    /** That a body or a query names a node there is not, or none that the caller may hear of: both in the same words. */
    public static InvalidRequest unknownNode(NotFound missing) {
        return new InvalidRequest(
                FaultCode.NODE_NOT_FOUND, missing.getMessage(), "Name nodes that are there.", missing);
    }

    /** As {@link #unknownNode}, of an allocation. */
    public static NotFound missing(String uuidOrName) {
        return new NotFound("AllocationNotFound", "Allocation " + uuidOrName + " could not be found.", "");
    }

    /** As {@link #unknownNode}, of the allocation of a node. */
    public static NotFound missingOfNode(String node) {
        return new NotFound("AllocationNotFound", "Allocation for node " + node + " was not found", "");
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches() || Uuids.parse(name).isPresent()) {
            throw new InvalidRequest(
                    FaultCode.INVALID,
                    "'" + name + "' cannot be the name of an allocation",
                    "Use letters, digits and . _ ~ - only, and nothing that looks like a UUID.");
        }
    }

    public Allocation get(String uuidOrName) {
        return Uuids.parse(uuidOrName)
                .map(store::find)
                .orElseGet(() -> store.findByName(uuidOrName))
                .orElseThrow(() -> missing(uuidOrName));
    }

    /** The allocation that has this node. */
    public Allocation ofNode(String node) {
        UUID uuid = nodes.node(node).uuid();
        return store.list(EntryQuery.ofNode(uuid)).stream().findFirst().orElseThrow(() -> missingOfNode(node));
    }

    /** Those that are asked for; fails with {@link NotFound} when the marker is none. */
    public List<Allocation> list(EntryQuery query) {
        query.marker().ifPresent(marker -> get(marker.toString()));
        return store.list(query);
    }

    /** Changes the name and the extra values; all else that the change gives back is passed over. */
    public Allocation update(String id, UnaryOperator<Allocation> change) {
        UUID uuid = get(id).uuid();
        return context.database().inTransaction(() -> {
            Allocation before = store.findToChange(uuid).orElseThrow(() -> missing(id));
            Allocation after = change.apply(before);
            after.name().ifPresent(Allocations::checkName);
            store.save(before.with(after.name(), after.extra()));
            return get(uuid.toString());
        });
    }

    /** Forgets the allocation and frees its node; refused while an instance is on the node, unless in maintenance. */
    public void delete(String id) {
        if (store.deleteWithoutNode(get(id).uuid())) {
            return;
        }
        Allocation allocation = get(id);
        reservations.changing(allocation.node().get(), () -> {
            context.database().nodes().find(allocation.node().get()).ifPresent(node -> refuseToFree(node, allocation));
            return store.delete(allocation.uuid());
        });
    }

    private static void refuseToFree(Node node, Allocation allocation) {
        ProvisionState state = node.provisionState();
        if (!node.maintenance().on() && (state == ProvisionState.ACTIVE || state.underWay())) {
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Cannot remove allocation " + allocation.uuid() + " of node " + node.uuid() + " while the node is "
                            + state,
                    "Tear the node down first, or put it in maintenance.");
        }
    }
}
