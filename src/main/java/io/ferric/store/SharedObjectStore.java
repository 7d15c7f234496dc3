package io.ferric.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects that nodes share, who uses them, and who is making or destroying them at the moment. Each method is one
 * statement; several are combined by {@link Database#inTransaction}. Safe for use by many threads.
 */
public interface SharedObjectStore {
    /** What an object is in the middle of. */
    enum State {
        MAKING,
        READY,
        DESTROYING
    }

    /**
     * Who makes or destroys an object.
     *
     * @param run tells this claim from every other
     * @param at when somebody was last known to work on it
     */
    record Claim(String host, UUID run, Instant at) {}

    /** An object; it waits for whoever will make or destroy it when there is no claim and it is not ready. */
    record SharedObject(String name, State state, Optional<Claim> claim) {}

    Optional<SharedObject> find(String name);

    /** All of them, by name. */
    List<SharedObject> all();

    /** Adds an object; false when one of this name is there already. Not for transactions, which that may end. */
    boolean insert(SharedObject object);

    /** Holds the object until the end of the transaction if it is in this state; false when it is not. */
    boolean lock(String name, State state);

    /** Holds the object until the end of the transaction, in whatever state; false when there is none. */
    boolean lock(String name);

    /** Changes state and claim of an object, if it still is as it was seen. */
    boolean change(SharedObject seen, State state, Optional<Claim> claim);

    /** Tells that a claim is still worked on at this time; nothing happens when it is not there any more. */
    void renew(UUID claim, Instant at);

    /** Removes the object if it is in this state and under this claim. */
    boolean remove(String name, State state, UUID claim);

    /** Counts the node as a user; nothing happens when it is one. */
    void addUser(String name, UUID node);

    /** True when the node was a user. */
    boolean removeUser(String name, UUID node);

    /** Ends every use by a node that is no more. */
    void removeUserEverywhere(UUID node);

    /** Ends every use by nodes that are not there; returns how many uses that were. */
    int removeUsersWithoutNode();

    int users(String name);
}
