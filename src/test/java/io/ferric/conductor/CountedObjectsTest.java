package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.ferric.store.Database;
import io.ferric.store.SharedObjectStore;
import io.ferric.store.SharedObjectStore.Claim;
import io.ferric.store.SharedObjectStore.SharedObject;
import io.ferric.store.SharedObjectStore.State;
import io.ferric.testkit.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountedObjectsTest {
    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();

    private final Rig.ForwardClock clock = new Rig.ForwardClock();
    private final Database database = Database.open(TestStore.config(), clock);
    private final List<String> log = new ArrayList<>();
    private final CountedObjects objects = run("rig");

    private CountedObjects run(String host) {
        return new CountedObjects(database, host, clock, duration -> Thread.sleep(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private boolean acquire(CountedObjects by, UUID node) {
        return by.acquire("iso", node, () -> log.add("make"));
    }

    private void release(CountedObjects by, UUID node) {
        by.release("iso", node, () -> log.add("destroy"));
    }

    @Test
    void is_made_by_the_first_user_and_destroyed_with_the_last() {
        assertThat(acquire(objects, A)).isTrue();
        assertThat(acquire(objects, B)).isFalse();
        assertThat(acquire(objects, B)).isFalse();
        assertThat(objects.users("iso")).isEqualTo(2);
        release(objects, A);
        release(objects, A);
        assertThat(log).containsExactly("make");
        release(objects, B);
        release(objects, B);
        assertThat(log).containsExactly("make", "destroy");
        assertThat(database.sharedObjects().find("iso")).isEmpty();
    }

    @Test
    void a_stranger_who_releases_destroys_nothing() {
        acquire(objects, A);
        release(objects, B);
        assertThat(log).containsExactly("make");
        assertThat(objects.users("iso")).isEqualTo(1);
    }

    @Test
    void what_could_not_be_made_is_not_counted() {
        assertThatThrownBy(() -> objects.acquire("iso", A, () -> {
                    throw new IllegalStateException("no space");
                }))
                .hasMessage("no space");
        assertThat(objects.users("iso")).isZero();
        assertThat(acquire(objects, B)).isTrue();
    }

    @Test
    void what_could_not_be_destroyed_is_tried_again_or_made_anew() {
        acquire(objects, A);
        assertThatThrownBy(() -> objects.release("iso", A, () -> {
                    throw new IllegalStateException("busy");
                }))
                .hasMessage("busy");
        release(objects, A);
        assertThat(log).containsExactly("make", "destroy");
    }

    @Test
    void a_claim_of_a_dead_run_is_taken_over_soon() {
        leaveClaim("rig", State.MAKING);
        clock.forward(CountedObjects.STALE_OF_SAME_NAME.plusSeconds(1));
        assertThat(acquire(objects, A)).isTrue();
        release(objects, A);
        leaveClaim("rig", State.DESTROYING);
        clock.forward(CountedObjects.STALE_OF_SAME_NAME.plusSeconds(1));
        release(objects, A);
        assertThat(log).containsExactly("make", "destroy", "destroy");
    }

    @Test
    void a_claim_of_another_host_is_respected_until_it_is_stale() {
        leaveClaim("elsewhere", State.DESTROYING);
        release(objects, A);
        assertThat(log).isEmpty();
        clock.forward(CountedObjects.STALE.plusSeconds(1));
        assertThat(acquire(objects, A)).isTrue();
    }

    @Test
    void who_leaves_ends_a_removal_that_a_dead_run_began_but_not_before_it_is_known_dead() throws Exception {
        leaveClaim("rig", State.DESTROYING);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> release(objects, A));
        clock.forward(CountedObjects.STALE_OF_SAME_NAME.plusSeconds(1));
        leaving.get(20, TimeUnit.SECONDS);
        assertThat(log).containsExactly("destroy");
    }

    @Test
    void who_goes_on_working_keeps_the_claim_however_long_it_takes() {
        CountedObjects other = run("rig");
        objects.acquire("iso", A, () -> {
            for (int renewals = 0; renewals < 300; renewals++) {
                clock.forward(Duration.ofSeconds(20));
                objects.renew();
                assertThat(other.all()).singleElement().satisfies(each -> assertThat(each.busy())
                        .isTrue());
            }
        });
        assertThat(other.users("iso")).isEqualTo(1);
    }

    /** Plays a conductor that dies in the middle of making or destroying. */
    private void leaveClaim(String host, State state) {
        CountedObjects dying = run(host);
        try {
            if (state == State.MAKING) {
                dying.acquire("iso", B, () -> {
                    throw new Dead();
                });
            } else {
                dying.acquire("iso", B, () -> {});
                dying.release("iso", B, () -> {
                    throw new Dead();
                });
            }
        } catch (Dead expected) {
            database.inTransaction(() -> {
                database.sharedObjects().find("iso").ifPresentOrElse(seen -> {}, () -> database.sharedObjects()
                        .insert(new SharedObject("iso", State.MAKING, Optional.of(claim(host)))));
                database.sharedObjects()
                        .change(database.sharedObjects().find("iso").orElseThrow(), state, Optional.of(claim(host)));
            });
        }
    }

    private Claim claim(String host) {
        return new Claim(host, UUID.randomUUID(), clock.instant());
    }

    private static final class Dead extends RuntimeException {}

    // ---- what gets lost, and what nobody needs

    @Test
    void what_is_lost_is_made_anew_by_the_next_and_keeps_its_users() {
        acquire(objects, A);
        assertThat(objects.lost("iso")).isTrue();
        assertThat(objects.lost("iso")).isTrue();
        assertThatThrownBy(() -> objects.acquire("iso", B, () -> {
                    throw new IllegalStateException("no space");
                }))
                .hasMessage("no space");
        assertThat(objects.users("iso")).isEqualTo(1);
        assertThat(acquire(objects, B)).isTrue();
        assertThat(acquire(objects, B)).isFalse();
        assertThat(objects.users("iso")).isEqualTo(2);
        release(objects, A);
        release(objects, B);
        assertThat(log).containsExactly("make", "make", "destroy");
    }

    @Test
    void a_user_who_leaves_what_is_lost_destroys_it_only_as_the_last() {
        acquire(objects, A);
        acquire(objects, B);
        objects.lost("iso");
        release(objects, A);
        assertThat(log).containsExactly("make");
        release(objects, B);
        assertThat(log).containsExactly("make", "destroy");
        assertThat(objects.all()).isEmpty();
    }

    @Test
    void what_is_not_there_or_being_made_cannot_get_lost() {
        assertThat(objects.lost("iso")).isFalse();
        objects.acquire("iso", A, () -> assertThat(objects.lost("iso")).isFalse());
    }

    @Test
    void reclaims_what_nobody_uses_known_or_not_and_nothing_else() {
        assertThat(objects.reclaim("iso", () -> log.add("destroy"))).isTrue();
        acquire(objects, A);
        assertThat(objects.reclaim("iso", () -> log.add("destroy"))).isFalse();
        database.sharedObjects().removeUserEverywhere(A);
        assertThat(objects.reclaim("iso", () -> log.add("destroy"))).isTrue();
        assertThat(log).containsExactly("destroy", "make", "destroy");
        assertThat(objects.all()).isEmpty();
    }

    @Test
    void nobody_makes_a_thing_while_it_is_reclaimed() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        List<Future<Boolean>> wanted = new ArrayList<>();
        objects.reclaim("iso", () -> {
            wanted.add(threads.submit(() -> acquire(objects, A)));
            assertThatThrownBy(() -> wanted.get(0).get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(objects.all()).singleElement().satisfies(each -> assertThat(each.busy())
                    .isTrue());
            log.add("destroy");
        });
        assertThat(wanted.get(0).get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(log).containsExactly("destroy", "make");
        threads.shutdown();
    }

    @Test
    void waits_while_another_makes_it() throws Exception {
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Boolean> first = threads.submit(() -> objects.acquire("iso", A, () -> {
            making.countDown();
            try {
                go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            log.add("make");
        }));
        making.await(60, TimeUnit.SECONDS);
        Future<Boolean> second = threads.submit(() -> acquire(objects, B));
        assertThat(second.isDone()).isFalse();
        go.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
        assertThat(log).containsExactly("make");
        threads.shutdown();
    }

    @Test
    void a_user_who_comes_while_the_last_one_goes_keeps_it() throws Exception {
        acquire(objects, A);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        List<Future<?>> leaving = new ArrayList<>();
        SharedObjectStore store = mock(SharedObjectStore.class, delegatesTo(database.sharedObjects()));
        doAnswer(call -> {
                    // the last user goes between the look at the object and the counting of the new one
                    leaving.add(threads.submit(() -> release(objects, A)));
                    try {
                        leaving.get(0).get(300, TimeUnit.MILLISECONDS);
                    } catch (TimeoutException mustWaitForUs) {
                        assertThat(log).containsExactly("make");
                    }
                    database.sharedObjects().addUser(call.getArgument(0), call.getArgument(1));
                    return null;
                })
                .when(store)
                .addUser(any(), any());
        CountedObjects late = new CountedObjects(database, store, "late", clock, duration -> Thread.onSpinWait());
        assertThat(acquire(late, B)).isFalse();
        leaving.get(0).get(60, TimeUnit.SECONDS);
        assertThat(log).containsExactly("make");
        assertThat(objects.users("iso")).isEqualTo(1);
        threads.shutdown();
    }

    @Test
    void a_database_that_fails_after_the_making_does_not_block_the_name_for_ever() {
        SharedObjectStore store = mock(SharedObjectStore.class, delegatesTo(database.sharedObjects()));
        doThrow(new IllegalStateException("disk full")).doNothing().when(store).addUser(any(), any());
        CountedObjects unlucky = new CountedObjects(database, store, "rig", clock, duration -> {
            throw new IllegalStateException("would wait for ever");
        });
        assertThatThrownBy(() -> acquire(unlucky, A)).hasMessage("disk full");
        assertThat(acquire(unlucky, A)).isTrue();
    }

    @Test
    void twenty_nodes_at_once_never_lose_a_used_one_nor_leave_an_unused_one() throws Exception {
        Map<String, Boolean> there = new ConcurrentHashMap<>();
        CountedObjects[] conductors = {objects, run("other")};
        List<Callable<Void>> nodes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CountedObjects mine = conductors[i % 2];
            UUID node = UUID.randomUUID();
            nodes.add(() -> {
                for (int round = 0; round < 8; round++) {
                    mine.acquire("iso", node, () -> assertThat(there.put("iso", true))
                            .isNull());
                    assertThat(there).containsKey("iso");
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        Thread.yield();
                    }
                    assertThat(there).containsKey("iso");
                    mine.release(
                            "iso", node, () -> assertThat(there.remove("iso")).isNotNull());
                }
                return null;
            });
        }
        nodes.add(() -> {
            for (int round = 0; round < 100; round++) {
                objects.reclaim("iso", () -> there.remove("iso"));
            }
            return null;
        });
        ExecutorService threads = Executors.newFixedThreadPool(21);
        for (Future<Void> done : threads.invokeAll(nodes, 5, TimeUnit.MINUTES)) {
            done.get();
        }
        threads.shutdown();
        assertThat(there).isEmpty();
        assertThat(database.sharedObjects().find("iso")).isEmpty();
    }
}
