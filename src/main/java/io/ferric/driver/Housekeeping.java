package io.ferric.driver;

import java.util.UUID;
import java.util.function.Predicate;

/**
 * What a driver does now and then to find things that crashes, faults and operators left behind outside of the
 * database. Asked by one conductor at a time as a rule; safe all the same when two do at once, and next to deploys.
 */
public interface Housekeeping {
    /**
     * Deletes what nobody needs and this installation made; reports the rest. What fails is reported, not thrown.
     *
     * @param isNode whether there is a node of this UUID at the time of the question
     */
    SweepReport sweep(Predicate<UUID> isNode);

    /**
     * Deletes what lies on this very machine and no work needs any more, as after the death of a conductor on it whose
     * work another one ended elsewhere. Asked by every conductor. What fails is reported, not thrown.
     */
    default SweepReport tidy(NodesAtRest nodes) {
        return SweepReport.CLEAN;
    }

    /** Who knows which nodes nobody works on. */
    @FunctionalInterface
    interface NodesAtRest {
        /**
         * Does something that must not meet work on this node: at once and alone when the node is at rest or there is none of
         * this UUID, else never.
         *
         * @return whether it was done
         */
        boolean ifAtRest(UUID node, Runnable work);
    }
}
