package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore;
import io.ferric.store.ReservationStore.Hold;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what a conductor left that ended, however it did: an earlier run of this one, to be called before any work
 * begins, or another that gives no sign of life any more. Visits that were running run again; what no visit covers is put
 * in order. Should that conductor live in spite of all, it finds its holdings gone.
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

    /** Takes up what an earlier run of this conductor left. */
    void run() {
        of(context.host());
        Stream.of(ProvisionState.values())
                .filter(ProvisionState::transitional)
                .flatMap(this::in)
                .filter(node -> node.reservation().isEmpty())
                .forEach(this::strand);
        Stream.of(ProvisionState.values())
                .filter(ProvisionState::awaitsRamdisk)
                .flatMap(this::in)
                .forEach(settlement::arm);
    }

    /** Takes up what this conductor left. */
    void of(String host) {
        int again = reservations.unpick(host);
        if (again > 0) {
            LOG.info("{} tasks that conductor {} was working on are run again", again, host);
        }
        reservations.heldForVisits(host).stream()
                .filter(held -> !reservations.scheduled(Agenda.VISIT.getTaskName(), held.visit()))
                .forEach(held -> endStrandedVisit(held.hold(), held.visit()));
        reservations.heldWithoutVisit(host).forEach(hold -> giveBack(hold, host));
    }

    private Stream<Node> in(ProvisionState state) {
        return nodes.list(NodeQuery.unlimited().where(NodeFilter.PROVISION_STATE, state)).stream();
    }

    private void endStrandedVisit(Hold hold, String visit) {
        LOG.warn("node {} is held for a visit that is not scheduled", hold.node());
        reservations.end(hold, visit);
    }

    /** A request or a power action was cut off; there is nothing to go on with. */
    void giveBack(Hold hold, String host) {
        context.database().inTransaction(() -> {
            if (reservations.lock(hold)) {
                nodes.find(hold.node()).ifPresent(node -> noteCutOff(node, host));
                reservations.release(hold);
            }
        });
    }

    private void noteCutOff(Node node, String host) {
        Optional<PowerAction> target = node.status().targetPower();
        if (target.isPresent()) {
            String error = "The conductor was stopped while it changed the power to '"
                    + target.get().wireName() + "'. Ask for it again.";
            // the operating system goes on going down: the next look shall take its end for right, not undo it
            boolean unknown = target.get().soft();
            nodes.savePower(
                    node.uuid(), unknown ? Optional.empty() : node.status().power(), Optional.empty());
            nodes.saveLastError(node.uuid(), Optional.of(error));
            context.journal().note(node.uuid(), "power", error, Level.ERROR);
        } else {
            LOG.info("node {} is given back, which conductor {} held for a request", node.uuid(), host);
        }
    }

    private void strand(Node node) {
        Hold hold = Hold.of(node.uuid());
        if (reservations.reserve(hold, context.host())) {
            LOG.warn("node {} is {} but nobody works on it", node.uuid(), node.provisionState());
            settlement.begin(hold, Visit.of(node.uuid(), Visit.Kind.STRANDED));
        }
    }
}
