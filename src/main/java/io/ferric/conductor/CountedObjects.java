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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shared objects counted in the database. Whoever makes or destroys an object claims it first and works without holding
 * anything in the database; the others wait. Who works on a claim renews it; one that was not renewed for {@link #STALE}
 * (by a conductor of the same name: {@link #STALE_OF_SAME_NAME}), because its conductor died, is taken over. The clocks of
 * conductors must not differ by that much. Safe for use by many threads and conductors.
 */
public final class CountedObjects implements SharedObjects {
    /** After this time without a sign of life a claim counts as left by a dead conductor. */
    static final Duration STALE = Duration.ofSeconds(20);

    /** The same for a conductor of this name: most likely an earlier run, on this machine and by its clock. */
    static final Duration STALE_OF_SAME_NAME = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(CountedObjects.class);
    private static final Duration RENEW = Duration.ofSeconds(2);
    /** How often a claim is looked at between two lines in the log. */
    private static final int LOOKS_A_LINE = 1200;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Database database;
    private final SharedObjectStore store;
    private final String host;
    /** The first half of the ids of all claims of this run of this conductor. */
    private final long self = UUID.randomUUID().getMostSignificantBits();

    private final Set<UUID> alive = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService renewals;
    private final Clock clock;
    private final Pause pause;

    /**
     * @param host the name of this conductor, as in {@link ConductorConfig#host()}; one object of this class a host
     * @param pause how waiting for another is done
     */
    public CountedObjects(Database database, String host, Clock clock, Pause pause) {
        this(database, database.sharedObjects(), host, clock, pause);
    }

    CountedObjects(Database database, SharedObjectStore store, String host, Clock clock, Pause pause) {
        this.database = database;
        this.store = store;
        this.host = host;
        this.clock = clock;
        this.pause = pause;
        this.renewals = heartbeat();
    }

    /** Its one thread ends when there is nothing to renew. */
    private static ScheduledExecutorService heartbeat() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, Daemons.named("claims"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Tells the others that the claims of this conductor are worked on. */
    void renew() {
        for (UUID claim : alive) {
            try {
                store.renew(claim, clock.instant());
            } catch (RuntimeException e) {
                LOG.warn("a claim on a shared object could not be renewed: {}", e.getMessage());
            }
        }
    }

    @Override
    public boolean acquire(String name, UUID node, Runnable make) {
        for (int looks = 1; ; looks++) {
            if (use(name, node)) {
                return false;
            }
            if (claimed(claim -> claimMaking(name, claim), claim -> make(name, node, make, claim))) {
                return true;
            }
            if (looks % LOOKS_A_LINE == 0) {
                store.find(name).flatMap(SharedObject::claim).ifPresent(claim -> tellWhoHas(name, claim));
            }
            waitForOthers();
        }
    }

    private static void tellWhoHas(String name, Claim claim) {
        LOG.info(
                "waiting for {}, which conductor {} makes or removes (last sign of life {})",
                name,
                claim.host(),
                claim.at());
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

    private boolean claimMaking(String name, Claim claim) {
        Optional<SharedObject> seen = store.find(name);
        if (seen.isEmpty()) {
            return store.insert(new SharedObject(name, State.MAKING, Optional.of(claim)));
        }
        return unattended(seen.get()) && store.change(seen.get(), State.MAKING, Optional.of(claim));
    }

    private void make(String name, UUID node, Runnable make, Claim claim) {
        try {
            make.run();
        } catch (RuntimeException | Error e) {
            notMade(name, claim, e);
            throw e;
        }
        database.inTransaction(() -> {
            if (!store.change(making(name, claim), State.READY, Optional.empty())) {
                throw new IllegalStateException("shared object " + name + " was taken from this conductor");
            }
            store.addUser(name, node);
        });
    }

    /** What was lost and could not be made anew keeps its users and goes on waiting for somebody who makes it. */
    private void notMade(String name, Claim claim, Throwable why) {
        try {
            database.inTransaction(() -> {
                if (!store.lock(name) || store.users(name) == 0) {
                    store.remove(name, State.MAKING, claim.run());
                } else {
                    store.change(making(name, claim), State.MAKING, Optional.empty());
                }
            });
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }

    private static SharedObject making(String name, Claim claim) {
        return new SharedObject(name, State.MAKING, Optional.of(claim));
    }

    @Override
    public void release(String name, UUID node, Runnable destroy) {
        while (!leave(name, node, destroy) && leftByAnEarlierRun(name)) {
            waitForOthers();
        }
    }

    /** Ends the node's use; true when this call destroyed the object. */
    private boolean leave(String name, UUID node, Runnable destroy) {
        return claimed(
                claim -> database.inTransaction(() -> {
                    if (store.lock(name)) {
                        store.removeUser(name, node);
                    }
                    return claimUnused(name, claim);
                }),
                claim -> destroy(name, destroy, claim));
    }

    /** Whether a conductor of this name, most likely dead, was removing what nobody uses: then it falls to us. */
    private boolean leftByAnEarlierRun(String name) {
        return store.users(name) == 0
                && store.find(name)
                        .flatMap(SharedObject::claim)
                        .filter(claim ->
                                claim.host().equals(host) && claim.run().getMostSignificantBits() != self)
                        .isPresent();
    }

    @Override
    public boolean reclaim(String name, Runnable destroy) {
        return claimed(
                claim -> store.insert(new SharedObject(name, State.DESTROYING, Optional.of(claim)))
                        || database.inTransaction(() -> claimUnused(name, claim)),
                claim -> destroy(name, destroy, claim));
    }

    /**
     * Claims an object to be destroyed, in a transaction: one without users that is ready, that the dead were making or
     * destroying, or that could not be destroyed.
     */
    private boolean claimUnused(String name, Claim claim) {
        if (!store.lock(name) || store.users(name) > 0) {
            return false;
        }
        SharedObject seen = store.find(name).orElseThrow();
        return (seen.state() == State.READY || unattended(seen))
                && store.change(seen, State.DESTROYING, Optional.of(claim));
    }

    private void destroy(String name, Runnable destroy, Claim claim) {
        destroy.run();
        store.remove(name, State.DESTROYING, claim.run());
    }

    /**
     * Does the work if a claim succeeds. A claim lives as long as this call, so that whatever goes wrong here, in the
     * database too, leaves an object which the next who acquires it makes anew and the next who releases it destroys.
     */
    private boolean claimed(Predicate<Claim> attempt, Consumer<Claim> work) {
        Claim claim = new Claim(host, new UUID(self, UUID.randomUUID().getLeastSignificantBits()), clock.instant());
        alive.add(claim.run());
        ScheduledFuture<?> renewal =
                renewals.scheduleWithFixedDelay(this::renew, RENEW.toSeconds(), RENEW.toSeconds(), TimeUnit.SECONDS);
        try {
            boolean mine = attempt.test(claim);
            if (mine) {
                work.accept(claim);
            }
            return mine;
        } finally {
            renewal.cancel(false);
            alive.remove(claim.run());
        }
    }

    @Override
    public int users(String name) {
        return store.users(name);
    }

    @Override
    public boolean lost(String name) {
        return store.change(new SharedObject(name, State.READY, Optional.empty()), State.MAKING, Optional.empty())
                || store.find(name)
                        .filter(seen -> seen.state() == State.MAKING && unattended(seen))
                        .isPresent();
    }

    @Override
    public List<Counted> all() {
        return store.all().stream()
                .map(each -> new Counted(each.name(), store.users(each.name()), busy(each)))
                .toList();
    }

    private boolean busy(SharedObject object) {
        return object.state() != State.READY && !unattended(object);
    }

    @Override
    public UUID installation() {
        return database.installation();
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
        if (claim.run().getMostSignificantBits() == self) {
            return !alive.contains(claim.run());
        }
        Duration limit = claim.host().equals(host) ? STALE_OF_SAME_NAME : STALE;
        return claim.at().plus(limit).isBefore(clock.instant());
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
