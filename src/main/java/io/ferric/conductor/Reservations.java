package io.ferric.conductor;

import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds nodes for one piece of work at a time; across conductors, by conditional update. */
final class Reservations {
    private static final Logger LOG = LoggerFactory.getLogger(Reservations.class);

    private final Context context;
    private final ReservationStore store;
    /** Nodes that are being given back, or could not be yet. Each is given back by one thread at a time. */
    private final Map<UUID, Boolean> owed = new ConcurrentHashMap<>();

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
                release(node);
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
        if (owed.containsKey(node)) {
            settle(node);
        }
        return store.reserve(node, context.host()) ? Optional.of(new Held(node)) : Optional.empty();
    }

    /**
     * Gives back a node whose hold was handed over. When the database fails that is done later, for the work is done and
     * its answer stands; nobody else can hold the node before, so that no other's hold is ended.
     */
    void release(UUID node) {
        owed.put(node, true);
        settle(node);
    }

    /** Gives back what could not be before. */
    void settle() {
        owed.keySet().forEach(this::settle);
    }

    private void settle(UUID node) {
        try {
            owed.computeIfPresent(node, (owing, yes) -> {
                store.release(owing, context.host());
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("node {} could not be given back yet, which is tried again", node, e);
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
