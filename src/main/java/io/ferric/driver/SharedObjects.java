package io.ferric.driver;

import java.util.UUID;

/**
 * Things that several nodes use together, such as a boot ISO: made by the first user, destroyed with the last. Counted
 * in the database, one reference a node, so that concurrent deploys and tear-downs on any number of conductors never
 * destroy a thing in use nor leave an unused one. Safe for use by many threads.
 */
public interface SharedObjects {
    /**
     * Makes the thing if nobody has, and counts the node as a user of it. Calling it again for a node that is counted
     * already is harmless. While another makes or destroys the thing this call waits.
     *
     * @param make runs without the thing's database lock; when it throws, nothing is counted and the fault climbs on
     * @return whether this call made the thing
     */
    boolean acquire(String name, UUID node, Runnable make);

    /** Ends the node's use; when it was the last user the thing is destroyed. Content when the node was no user. */
    void release(String name, UUID node, Runnable destroy);

    /** How many nodes use it now. */
    int users(String name);
}
