package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what an earlier run of this conductor left, however it ended. Visits that were running run again; what no
 * visit covers is put in order. To be called before any work begins.
 */
final class Takeover {
    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final Context context;
    private final NodeStore nodes;
    private final ReservationStore reservations;
    private final Settlement settlement;

    Takeover(Context context, Settlement settlement) {
        this.context = context;
        this.nodes = context.database().nodes();
        this.reservations = context.database().reservations();
        this.settlement = settlement;
    }

    void run() {
        int again = reservations.unpick(context.host());
        if (again > 0) {
            LOG.info("{} tasks that an earlier run was working on are run again", again);
        }
        reservations.heldForVisits(context.host()).stream()
                .filter(held -> !reservations.scheduled(Agenda.VISIT.getTaskName(), held.visit()))
                .forEach(held -> endStrandedVisit(held.node(), held.visit()));
        reservations.heldWithoutVisit(context.host()).forEach(this::giveBack);
        Stream.of(ProvisionState.values())
                .filter(ProvisionState::transitional)
                .flatMap(state -> nodes.list(NodeQuery.unlimited().where(NodeFilter.PROVISION_STATE, state)).stream())
                .filter(node -> node.reservation().isEmpty())
                .forEach(this::strand);
        nodes.list(NodeQuery.unlimited().where(NodeFilter.PROVISION_STATE, ProvisionState.WAIT_CALL_BACK))
                .forEach(settlement::arm);
    }

    private void endStrandedVisit(UUID node, String visit) {
        LOG.warn("node {} is held for a visit that is not scheduled", node);
        reservations.end(node, visit);
    }

    /** A request or a power action was cut off; there is nothing to go on with. */
    private void giveBack(UUID uuid) {
        Optional<Node> found = nodes.find(uuid);
        Optional<PowerAction> target = found.flatMap(node -> node.status().targetPower());
        if (target.isPresent()) {
            String error = "The conductor was stopped while it changed the power to '"
                    + target.get().wireName() + "'. Ask for it again.";
            // the operating system goes on going down: the next look shall take its end for right, not undo it
            boolean unknown = target.get().soft();
            nodes.savePower(
                    uuid, unknown ? Optional.empty() : found.get().status().power(), Optional.empty());
            nodes.saveLastError(uuid, Optional.of(error));
            context.journal().note(uuid, "power", error, Level.ERROR);
        }
        reservations.release(uuid, context.host());
    }

    private void strand(Node node) {
        if (reservations.reserve(node.uuid(), context.host())) {
            LOG.warn("node {} is {} but nobody works on it", node.uuid(), node.provisionState());
            settlement.begin(Visit.of(node.uuid(), Visit.Kind.STRANDED));
        }
    }
}
