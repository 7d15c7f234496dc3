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
}
