package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
import io.ferric.node.ProvisionState;
import io.ferric.node.Uuids;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore.Hold;
import io.ferric.store.Tables;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which nodes there are and what is declared about them, with the rules for changing that. */
final class NodeRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistry.class);

    private static final Set<ProvisionState> CARRY_NOTHING = EnumSet.of(
            ProvisionState.ENROLL, ProvisionState.MANAGEABLE, ProvisionState.AVAILABLE, ProvisionState.ADOPT_FAILED);

    /** Work under way that minds no change; while a worker is at it, it holds the node. Source: Ironic. */
    private static final Set<ProvisionState> UPDATED_MEANWHILE =
            EnumSet.of(ProvisionState.VERIFYING, ProvisionState.INSPECT_WAIT);

    private final Context context;
    private final NodeStore nodes;
    private final Reservations reservations;

    NodeRegistry(Context context, Reservations reservations) {
        this.context = context;
        this.nodes = context.database().nodes();
        this.reservations = reservations;
    }

    Node node(String uuidOrName) {
        return Uuids.parse(uuidOrName)
                .map(nodes::find)
                .orElseGet(() -> nodes.findByName(uuidOrName))
                .orElseThrow(() -> NotFound.node(uuidOrName));
    }

    Node node(UUID uuid) {
        return node(uuid.toString());
    }

    List<Node> list(NodeQuery query) {
        query.marker().ifPresent(this::node);
        return nodes.list(query);
    }

    void each(NodeQuery query, Consumer<Node> taker) {
        query.marker().ifPresent(this::node);
        nodes.each(query, taker);
    }

    Node create(UUID uuid, NodeSpec spec, ProvisionState initial) {
        check(uuid, spec);
        // as the database keeps it, so that it need not be asked for what it was just told
        Node enrolled = Node.enrolled(uuid, spec, context.now().truncatedTo(ChronoUnit.MICROS));
        Node fresh = enrolled.with(enrolled.status().in(initial));
        nodes.insert(fresh);
        return fresh;
    }

    Node update(String id, UnaryOperator<NodeSpec> change) {
        Node seen = node(id);
        refuseWhileBusy(seen, change);
        reservations.changing(seen.uuid(), () -> {
            Node node = node(seen.uuid());
            NodeSpec spec = change.apply(node.spec());
            refuseWhileBusy(node, unchanged -> spec);
            check(node.uuid(), spec);
            NodeRules.checkChange(node, spec);
            refuseToTakeFrom(node, spec);
            nodes.saveSpec(node.uuid(), spec);
            if (spec.instanceUuid().isEmpty()) {
                node.allocation().ifPresent(context.database().allocations()::delete);
            }
            return true;
        });
        return node(seen.uuid()); // after the hold, which else would be shown as if somebody worked on the node
    }

    /** Works in any state: whoever chooses among nodes must see at once what is so. */
    void updateTraits(String id, UnaryOperator<Set<String>> change) {
        UUID uuid = node(id).uuid();
        reservations.changing(uuid, () -> {
            NodeSpec spec = node(uuid).spec();
            NodeDetails details = spec.details();
            nodes.saveSpec(uuid, spec.withDetails(details.withTraits(change.apply(details.traits()))));
            return true;
        });
    }

    /** What the interfaces of the node's driver are called; no names for a driver that is not there. */
    InterfaceNames interfacesOf(Node node) {
        return context.drivers()
                .find(node.spec().driver())
                .map(Driver::interfaces)
                .orElseGet(() -> new InterfaceNames(Map.of()));
    }

    private void check(UUID uuid, NodeSpec spec) {
        NodeRules.checkInterfaces(spec, context.drivers().require(spec.driver()));
        NodeRules.checkName(spec);
        NodeRules.checkReasons(spec);
        spec.details()
                .placement()
                .chassis()
                .filter(chassis ->
                        context.database().records(Tables.CHASSIS).find(chassis).isEmpty())
                .ifPresent(chassis -> {
                    throw new InvalidRequest(
                            FaultCode.CHASSIS_NOT_FOUND, "Chassis " + chassis + " could not be found.", "");
                });
        spec.details()
                .placement()
                .parent()
                .filter(parent -> parent.equals(uuid) || nodes.find(parent).isEmpty())
                .filter(parent -> !keepsParent(uuid, parent))
                .ifPresent(parent -> {
                    throw NodeRules.invalid("'parent_node' is " + parent + ", which is no other node", "");
                });
    }

    /** A parent that went in spite of all must not keep everything else of the node from being changed. */
    private boolean keepsParent(UUID uuid, UUID parent) {
        return nodes.find(uuid)
                .flatMap(before -> before.details().placement().parent())
                .filter(parent::equals)
                .isPresent();
    }

    private static void refuseWhileBusy(Node node, UnaryOperator<NodeSpec> change) {
        boolean busy = node.provisionState().underWay() && !UPDATED_MEANWHILE.contains(node.provisionState());
        if ((busy || node.status().targetPower().isPresent()) && !takesInstanceAway(node, change)) {
            String what = busy ? "is " + node.provisionState() : "changes its power";
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Node " + node.uuid() + " can not be updated while it " + what,
                    "Try again when that is over.");
        }
    }

    /** The way out for an operator whose node hangs: in maintenance the instance may be taken from it at any time. */
    private static boolean takesInstanceAway(Node node, UnaryOperator<NodeSpec> change) {
        return node.maintenance().on()
                && node.spec().instanceUuid().isPresent()
                && change.apply(node.spec()).equals(node.spec().withInstanceUuid(Optional.empty()));
    }

    void delete(String id) {
        Node seen = node(id);
        refuseToDelete(seen);
        reservations.holding(seen.uuid(), hold -> {
            Node node = node(seen.uuid());
            refuseToDelete(node);
            if (!carriesNothing(node)) {
                cleanUp(hold, node);
            }
            return reservations.storing(hold, () -> {
                // what the driver could not give back would else count as used for ever
                context.database().sharedObjects().removeUserEverywhere(node.uuid());
                return nodes.delete(node.uuid());
            });
        });
    }

    /** Gives back what a deploy left, as far as that is possible: the node goes in any case. */
    private void cleanUp(Hold hold, Node node) {
        try {
            NodeTask task = NodeTask.working(context, hold, node);
            task.driver().deploy().cleanUp(task);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn(
                    "node {} is deleted, but what its deploy left could not be removed: {}",
                    node.uuid(),
                    Failures.inPlainWords(node.uuid(), e));
        }
    }

    private void refuseToDelete(Node node) {
        NodeRules.refuseWhenProtected(node);
        refuseToOrphan(node);
        if (node.maintenance().on()) {
            return;
        }
        if (node.spec().instanceUuid().isPresent()) {
            throw new Conflict(
                    FaultCode.NODE_ASSOCIATED,
                    "Node " + node.uuid() + " is associated with instance "
                            + node.spec().instanceUuid().get(),
                    "Remove its instance_uuid, or put the node in maintenance.");
        }
        ProvisionState state = node.provisionState();
        boolean kept = state == ProvisionState.AVAILABLE && !context.config().allowDeletingAvailableNodes();
        if (kept || !carriesNothing(node)) {
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Node " + node.uuid() + " can not be deleted while it is " + state,
                    "Tear it down first, or put it in maintenance.");
        }
    }

    private void refuseToOrphan(Node node) {
        NodeQuery children = NodeQuery.all()
                .where(NodeFilter.PARENT, Optional.of(node.uuid()))
                .limit(1);
        if (!nodes.list(children).isEmpty()) {
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Node " + node.uuid() + " can not be deleted while it has child nodes",
                    "Delete them first, or take parent_node from them.");
        }
    }

    /** Whose node an allocation's owner was given stays so until that is over. Source: Ironic. */
    private void refuseToTakeFrom(Node node, NodeSpec after) {
        Optional<String> owner = after.details().tenancy().owner();
        if (!owner.equals(node.spec().details().tenancy().owner())) {
            node.allocation()
                    .flatMap(context.database().allocations()::find)
                    .flatMap(allocation -> allocation.wanted().owner())
                    .filter(project -> !owner.equals(Optional.of(project)))
                    .ifPresent(project -> {
                        throw new Conflict(
                                FaultCode.NODE_ASSOCIATED,
                                "Node " + node.uuid() + " has an allocation of another owner",
                                "Delete the allocation first.");
                    });
        }
    }

    private static boolean carriesNothing(Node node) {
        return CARRY_NOTHING.contains(node.provisionState());
    }

    /** Works on a node that somebody works on, too: maintenance is the way out when that hangs. */
    void maintenance(String id, Maintenance maintenance) {
        nodes.saveMaintenance(node(id).uuid(), maintenance.on() ? maintenance : Maintenance.NONE);
    }
}
