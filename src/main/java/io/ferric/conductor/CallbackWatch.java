package io.ferric.conductor;

import io.ferric.node.Node;
import io.ferric.node.Unavailable;
import io.ferric.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends the wait for a ramdisk that does not call back. Source: Ironic's check of deploy timeouts. */
final class CallbackWatch {
    /** How soon to look again at a node that somebody works on. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** How soon to look again at a node in maintenance, whose time does not run out. */
    private static final Duration MAINTENANCE = Duration.ofSeconds(60);

    private final Context context;
    private final NodeStore nodes;
    private final Reservations reservations;
    private final Settlement settlement;
    private final Workers workers;

    CallbackWatch(Context context, Reservations reservations, Settlement settlement, Workers workers) {
        this.context = context;
        this.nodes = context.database().nodes();
        this.reservations = reservations;
        this.settlement = settlement;
        this.workers = workers;
    }

    /** Called when the time is up; returns when to look again, or nothing when the wait is over. */
    Optional<Instant> timeIsUp(Wait wait) {
        Optional<Node> node = nodes.find(wait.node()).filter(found -> stillWaits(found, wait));
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get().maintenance().on()) {
            return Optional.of(context.now().plus(MAINTENANCE));
        }
        Optional<Reservations.Held> hold = reservations.tryHold(wait.node());
        if (hold.isEmpty()) {
            return Optional.of(context.now().plus(BUSY));
        }
        try (Reservations.Held held = hold.get()) {
            return giveUp(wait, held);
        }
    }

    private Optional<Instant> giveUp(Wait wait, Reservations.Held held) {
        if (nodes.find(wait.node()).filter(found -> stillWaits(found, wait)).isEmpty()) {
            return Optional.empty();
        }
        Visit visit = Visit.of(wait.node(), Visit.Kind.TIMEOUT);
        try {
            workers.claim(visit.id());
        } catch (Unavailable allBusy) {
            return Optional.of(context.now().plus(BUSY));
        }
        try {
            settlement.begin(held.hold(), visit);
        } catch (RuntimeException | Error e) {
            workers.done(visit.id());
            throw e;
        }
        held.handOver();
        return Optional.empty();
    }

    private static boolean stillWaits(Node node, Wait wait) {
        return node.provisionState().awaitsRamdisk()
                && node.status().provisionUpdatedAt().filter(wait::began).isPresent();
    }
}
