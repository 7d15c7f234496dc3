package io.ferric.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on a node. A reservation is taken by a conditional update, so that of several takers one gets it; a visit is
 * durable work that keeps the reservation over a restart. Safe for use by many threads.
 */
public interface ReservationStore {
    /** Takes the node for this conductor; false when it is taken, by itself included, or there is no such node. */
    boolean reserve(UUID node, String host);

    /** Gives the node back; nothing happens when another holds it or a visit keeps it. */
    void release(UUID node, String host);

    /** Who holds the node. */
    Optional<String> holder(UUID node);

    /** Hands the reservation over to a visit, which is to be begun. */
    void assign(UUID node, String visit);

    /**
     * Counts one more beginning of the visit and takes the node over for this conductor.
     *
     * @return what is known of the visit; empty when it is not, or no longer, the node's visit
     */
    Optional<Visit> begin(UUID node, String visit, String host);

    /** Records that the visit failed, before anything is done about it. */
    void noteFailure(UUID node, String visit, String failure);

    /** Ends the visit and gives the node back; false when it is no longer the node's visit. */
    boolean end(UUID node, String visit);

    /** The node's visit. */
    Optional<String> visit(UUID node);

    /** The nodes this conductor holds without a visit: left by a run that died, when asked before work begins. */
    List<UUID> heldWithoutVisit(String host);

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
    record Pending(UUID node, String visit) {}
}
