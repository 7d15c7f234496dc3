package io.ferric.conductor;

import io.ferric.driver.SharedObjects;
import io.ferric.node.FaultCode;
import io.ferric.node.Unavailable;
import io.ferric.store.Database;
import io.ferric.store.SharedObjectStore;
import io.ferric.store.SharedObjectStore.Claim;
import io.ferric.store.SharedObjectStore.SharedObject;
import io.ferric.store.SharedObjectStore.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Shared objects counted in the database. Whoever makes or destroys an object claims it first and works without holding
 * anything in the database; the others wait. A claim of a dead run is taken over: of an earlier run of this host at
 * once, of another host after {@link #STALE}. Safe for use by many threads and conductors.
 */
public final class CountedObjects implements SharedObjects {
    /** After this time a claim of another host counts as left by a dead one. */
    static final Duration STALE = Duration.ofHours(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Database database;
    private final SharedObjectStore store;
    private final String host;
    private final UUID run = UUID.randomUUID();
    private final Clock clock;
    private final Pause pause;

    /**
     * @param host the name of this conductor, as in {@link ConductorConfig#host()}; one object of this class a host
     * @param pause how waiting for another is done
     */
    public CountedObjects(Database database, String host, Clock clock, Pause pause) {
        this.database = database;
        this.store = database.sharedObjects();
        this.host = host;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public boolean acquire(String name, UUID node, Runnable make) {
        while (true) {
            if (use(name, node)) {
                return false;
            }
            if (claimMaking(name)) {
                make(name, node, make);
                return true;
            }
            waitForOthers();
        }
    }

    /** Counts the node as a user of an object that is ready; false when none is. */
    private boolean use(String name, UUID node) {
        return database.inTransaction(() -> {
            boolean ready = store.lock(name, State.READY);
            if (ready) {
                store.addUser(name, node);
            }
            return ready;
        });
    }

    private boolean claimMaking(String name) {
        Optional<SharedObject> seen = store.find(name);
        if (seen.isEmpty()) {
            return store.insertMaking(name, claim());
        }
        return unattended(seen.get()) && store.change(seen.get(), State.MAKING, Optional.of(claim()));
    }

    private void make(String name, UUID node, Runnable make) {
        try {
            make.run();
        } catch (RuntimeException | Error e) {
            store.remove(name, State.MAKING, run);
            throw e;
        }
        database.inTransaction(() -> {
            SharedObject mine = new SharedObject(name, State.MAKING, Optional.of(claim()));
            if (!store.change(mine, State.READY, Optional.empty())) {
                throw new IllegalStateException("shared object " + name + " was taken from this conductor");
            }
            store.addUser(name, node);
        });
    }

    @Override
    public void release(String name, UUID node, Runnable destroy) {
        if (database.inTransaction(() -> leave(name, node)) || claimDestroying(name)) {
            destroy(name, destroy);
        }
    }

    /** Ends the node's use; true when it was the last and this run has claimed the object to destroy it. */
    private boolean leave(String name, UUID node) {
        if (!store.lock(name, State.READY)) {
            return false;
        }
        store.removeUser(name, node);
        SharedObject ready = new SharedObject(name, State.READY, Optional.empty());
        return store.users(name) == 0 && store.change(ready, State.DESTROYING, Optional.of(claim()));
    }

    /** Claims what a dead run was making or destroying, or what could not be destroyed. */
    private boolean claimDestroying(String name) {
        Optional<SharedObject> seen = store.find(name).filter(this::unattended);
        return seen.isPresent() && store.change(seen.get(), State.DESTROYING, Optional.of(claim()));
    }

    private void destroy(String name, Runnable destroy) {
        try {
            destroy.run();
        } catch (RuntimeException | Error e) {
            // nobody's now: the next who acquires it makes it anew, the next who releases it tries again
            store.change(
                    new SharedObject(name, State.DESTROYING, Optional.of(claim())), State.DESTROYING, Optional.empty());
            throw e;
        }
        store.remove(name, State.DESTROYING, run);
    }

    @Override
    public int users(String name) {
        return store.users(name);
    }

    /** Whether an object is half made or half destroyed and nobody is at it. */
    private boolean unattended(SharedObject object) {
        if (object.state() == State.READY) {
            return false;
        }
        if (object.claim().isEmpty()) {
            return true;
        }
        Claim claim = object.claim().get();
        return claim.host().equals(host)
                ? !claim.run().equals(run)
                : claim.at().plus(STALE).isBefore(clock.instant());
    }

    private Claim claim() {
        return new Claim(host, run, clock.instant());
    }

    private void waitForOthers() {
        try {
            pause.pause(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(
                    FaultCode.TEMPORARY_FAILURE, "Interrupted while another made the same thing", "Try again.", e);
        }
    }
}
