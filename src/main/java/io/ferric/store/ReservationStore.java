package io.ferric.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on a node. A reservation is taken by a conditional update, so that of several takers one gets it, and has a
 * token of its own: whoever was thought dead and is not finds another's there, and nothing it asks for here happens any
 * more. A visit is durable work that keeps the reservation over a restart. Safe for use by many threads.
 */
public interface ReservationStore {
    /**
     * One holding of a node: a fencing token.
     *
     * @param token null when a conductor of an older version holds it
     */
    record Hold(UUID node, UUID token) {
        /** A holding that is to be tried. */
        public static Hold of(UUID node) {
            return new Hold(node, UUID.randomUUID());
        }
    }

    /** Takes the node for this conductor; false when it is taken, by itself included, or there is no such node. */
    boolean reserve(Hold hold, String host);

    /** Gives the node back; nothing happens when it is held otherwise by now, or a visit keeps it. */
    void release(Hold hold);

    /** Whether the node is still held so. */
    boolean isHeld(Hold hold);

    /** As {@link #isHeld}, and if so it stays held until the transaction that this is called in has ended. */
    boolean lock(Hold hold);

    /** Who holds the node. */
    Optional<String> holder(UUID node);

    /** Hands the reservation over to a visit, which is to be begun; false when the node is not held so. */
    boolean assign(Hold hold, String visit);

    /**
     * Counts one more beginning of the visit and takes the node over for this conductor, from whoever holds it.
     *
     * @param hold the new one
     * @return what is known of the visit; empty when it is not, or no longer, the node's visit
     */
    Optional<Visit> begin(Hold hold, String visit, String host);

    /** Records that the visit failed, before anything is done about it; false when the node is not held so. */
    boolean noteFailure(Hold hold, String visit, String failure);

    /** Ends the visit and gives the node back; false when it is no longer the node's visit, or the node not held so. */
    boolean end(Hold hold, String visit);

    /** The node's visit. */
    Optional<String> visit(UUID node);

    /** The nodes this conductor holds without a visit: left by a run that died, when asked before work begins. */
    List<Hold> heldWithoutVisit(String host);

    /** The nodes this conductor holds for a visit, and the visits. */
    List<Pending> heldForVisits(String host);

    /** Lets every task that db-scheduler ran under this name run again at once. */
    int unpick(String schedulerName);

    /** Whether db-scheduler has this task, of any kind. */
    boolean scheduled(String taskName, String instance);

    /**
     * A visit as recorded.
     *
     * @param attempts how often it was begun, this time included
     * @param failure why it failed, in an earlier attempt
     */
    record Visit(String id, int attempts, Optional<String> failure) {}

    /** A node and the visit that keeps it. */
    record Pending(Hold hold, String visit) {}
}
