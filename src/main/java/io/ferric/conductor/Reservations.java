package io.ferric.conductor;

import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Holds nodes for one piece of work at a time; across conductors, by conditional update. */
final class Reservations {
    private final Context context;
    private final ReservationStore store;

    Reservations(Context context) {
        this.context = context;
        this.store = context.database().reservations();
    }

    /** A node that is held; closing gives it back unless it was handed over. For one thread. */
    final class Held implements AutoCloseable {
        private final UUID node;
        private boolean handedOver;

        private Held(UUID node) {
            this.node = node;
        }

        /** Leaves it to a visit or a worker to give the node back. */
        void handOver() {
            handedOver = true;
        }

        @Override
        public void close() {
            if (!handedOver) {
                store.release(node, context.host());
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
    <T> T holding(UUID node, Supplier<T> work) {
        Held held = hold(node);
        try {
            return work.get();
        } finally {
            held.close();
        }
    }

    /** Holds the node if nobody does. */
    Optional<Held> tryHold(UUID node) {
        return store.reserve(node, context.host()) ? Optional.of(new Held(node)) : Optional.empty();
    }

    /** Gives back a node whose hold was handed over. */
    void release(UUID node) {
        store.release(node, context.host());
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
