package io.ferric.driver;

import java.util.List;
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
     * @param make runs without the thing's database lock; when it throws, the node is not counted and the fault climbs on
     * @return whether this call made the thing
     */
    boolean acquire(String name, UUID node, Runnable make);

    /**
     * Ends the node's use; when it was the last user the thing is destroyed. Content when the node was no user.
     *
     * @param destroy when it throws, the fault climbs on and the thing waits for {@link #reclaim}
     */
    void release(String name, UUID node, Runnable destroy);

    /** How many nodes use it now. */
    int users(String name);

    /**
     * Tells that a thing which counts as made is no more. The next who acquires it makes it anew; its users stay.
     *
     * @return whether it waits for that now, and nobody was at it meanwhile
     */
    boolean lost(String name);

    /**
     * Destroys a thing that nobody uses and nobody is making or destroying, whether it is counted here or not. Nobody
     * makes it meanwhile.
     *
     * @return whether it was destroyed
     */
    boolean reclaim(String name, Runnable destroy);

    /** Everything that is counted here. */
    List<Counted> all();

    /**
     * Tells this database from every other. Where several share a store, it belongs in the names and marks of what is
     * put there.
     */
    UUID installation();

    /** A thing: how many nodes use it, and whether somebody is making or destroying it now. */
    record Counted(String name, int users, boolean busy) {}
}
