package io.ferric.conductor;

import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore;
import io.ferric.store.ReservationStore.Hold;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds nodes for one piece of work at a time; across conductors, by conditional update and a token for each holding. */
final class Reservations {
    private static final Logger LOG = LoggerFactory.getLogger(Reservations.class);

    private final Context context;
    private final ReservationStore store;
    /** What could not be given back because the database was out of reach. */
    private final Set<Hold> owed = ConcurrentHashMap.newKeySet();

    Reservations(Context context) {
        this.context = context;
        this.store = context.database().reservations();
    }

    /** A node that is held; closing gives it back unless it was handed over. For one thread. */
    final class Held implements AutoCloseable {
        private final Hold hold;
        private boolean handedOver;

        private Held(Hold hold) {
            this.hold = hold;
        }

        Hold hold() {
            return hold;
        }

        /** Leaves it to a visit or a worker to give the node back. */
        void handOver() {
            handedOver = true;
        }

        @Override
        public void close() {
            if (!handedOver) {
                release(hold);
            }
        }
    }

    /** Holds the node, trying again for a while when another does; fails with 409 naming the holder. */
    Held hold(UUID node) {
        return hold(node, context.config().nodeLockedRetryAttempts());
    }

    /** As {@link #hold} for a caller that does not call again, and therefore waits longer. */
    Held holdPatiently(UUID node) {
        long interval = Math.max(1, context.config().nodeLockedRetryInterval().toMillis());
        long attempts = context.config().callbackHoldTimeout().toMillis() / interval;
        return hold(node, Math.max(attempts, context.config().nodeLockedRetryAttempts()));
    }

    private Held hold(UUID node, long attempts) {
        for (int attempt = 1; ; attempt++) {
            Optional<Held> held = tryHold(node);
            if (held.isPresent()) {
                return held.get();
            }
            if (attempt >= attempts) {
                throw locked(node);
            }
            pause();
        }
    }

    /** Does the work while holding the node. */
    <T> T holding(UUID node, Function<Hold, T> work) {
        Held held = hold(node);
        try {
            return work.apply(held.hold());
        } finally {
            held.close();
        }
    }

    /** Changes what is kept of the node, and nothing but that, while holding it: in one transaction, or not at all. */
    <T> T changing(UUID node, Supplier<T> change) {
        return holding(node, hold -> storing(hold, change));
    }

    /**
     * Stores in one transaction what must only be stored by who holds the node.
     *
     * @throws Unavailable when it was taken over meanwhile; then nothing is stored
     */
    <T> T storing(Hold hold, Supplier<T> change) {
        return context.database().inTransaction(() -> {
            if (!store.lock(hold)) {
                throw lost(hold);
            }
            return change.get();
        });
    }

    /** The refusal to go on for a conductor that was thought dead. */
    static Unavailable lost(Hold hold) {
        return new Unavailable(
                FaultCode.TEMPORARY_FAILURE,
                "This conductor does not hold node " + hold.node() + " any more: another has taken the work over",
                "Look at the node, and try again.");
    }

    /** Holds the node if nobody does. */
    Optional<Held> tryHold(UUID node) {
        Hold hold = Hold.of(node);
        return store.reserve(hold, context.host()) ? Optional.of(new Held(hold)) : Optional.empty();
    }

    /** Gives back a node whose hold was handed over; when the database cannot be reached, as soon as it can. */
    void release(Hold hold) {
        try {
            store.release(hold);
        } catch (Unavailable databaseGone) {
            owe(hold);
        }
    }

    /** Has a node given back whose work was let go of. */
    void owe(Hold hold) {
        LOG.warn("node {} is given back as soon as the database can be reached", hold.node());
        owed.add(hold);
    }

    /** @param giveBack puts a node in order whose work was cut off, if it is still held so */
    void payBack(Consumer<Hold> giveBack) {
        for (Hold hold : owed) {
            giveBack.accept(hold);
            owed.remove(hold);
        }
    }

    private Conflict locked(UUID node) {
        String holder = store.holder(node).orElse("another request");
        return new Conflict(
                FaultCode.NODE_LOCKED,
                "Node " + node + " is locked by host " + holder,
                "Try again when the work on it is done.");
    }

    /** Lets some time pass before the next try. */
    void pause() {
        try {
            context.pause().pause(context.config().nodeLockedRetryInterval());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(FaultCode.TEMPORARY_FAILURE, "The conductor is being stopped", "Try again.", e);
        }
    }
}
