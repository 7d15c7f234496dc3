package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import io.ferric.node.NodeFault;
import io.ferric.store.SharedObjectStore.Claim;
import io.ferric.store.SharedObjectStore.SharedObject;
import io.ferric.store.SharedObjectStore.State;
import io.ferric.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boot ISOs that nodes share, counted in a real database, in a store that others use too. */
class BootIsoSharingTest {
    private static final Duration LONG_AGO = StoreSweep.GRACE.plusMinutes(1);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock(Bench.NOW);
    private final FakeStore store = new FakeStore(clock);
    private Bench bench;
    private Installation ferric;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(folder);
        ferric = new Installation(bench, store, clock);
    }

    @AfterEach
    void close() {
        ferric.close();
    }

    private String usage(String name) throws Exception {
        return store.annotations(name).get("usage_count");
    }

    // ---- the number that operators see

    @Test
    void the_store_shows_how_many_nodes_use_an_iso_and_whose_it_is() throws Exception {
        FakeTask first = ferric.node();
        FakeTask second = ferric.node();
        String name = ferric.choose(first);
        assertThat(store.annotations(name))
                .containsExactlyInAnyOrderEntriesOf(Map.of("usage_count", "1", "ferric_installation", ferric.id()));
        assertThat(ferric.choose(second)).isEqualTo(name);
        assertThat(usage(name)).isEqualTo("2");
        ferric.choose(second);
        assertThat(usage(name)).isEqualTo("2");
        ferric.isos.release(first);
        assertThat(store.annotations(name))
                .containsEntry("usage_count", "1")
                .containsEntry("ferric_installation", ferric.id());
        ferric.isos.release(second);
        assertThat(store.names()).isEmpty();
        assertThat(store.uploads).isEqualTo(1);
    }

    @Test
    void a_number_that_cannot_be_written_fails_nothing_and_is_mended_by_the_sweep() throws Exception {
        String name = ferric.choose(ferric.node());
        store.failing.add("annotate");
        ferric.choose(ferric.node());
        FakeTask third = ferric.node();
        ferric.choose(third);
        assertThat(usage(name)).isEqualTo("1");
        store.failing.clear();
        assertThat(ferric.sweep().leftovers()).isEmpty();
        assertThat(usage(name)).isEqualTo("3");
    }

    @Test
    void a_number_that_somebody_changed_decides_nothing() throws Exception {
        FakeTask node = ferric.node();
        String name = ferric.choose(node);
        ferric.choose(ferric.node());
        store.annotate(name, Map.of("usage_count", "0"));
        ferric.isos.release(node);
        assertThat(store.names()).containsExactly(name);
        assertThat(usage(name)).isEqualTo("1");
    }

    @Test
    void after_many_at_once_the_number_is_right() throws Exception {
        FakeTask stays = ferric.node();
        String name = ferric.choose(stays);
        List<Callable<Void>> users = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            FakeTask task = ferric.node();
            boolean leaves = i % 3 != 0;
            users.add(() -> {
                for (int round = 0; round < 5; round++) {
                    ferric.choose(task);
                    if (leaves || round < 4) {
                        ferric.isos.release(task);
                    }
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(12);
        for (Future<Void> done : threads.invokeAll(users, 2, TimeUnit.MINUTES)) {
            done.get();
        }
        threads.shutdown();
        assertThat(ferric.shared.users(name)).isEqualTo(5);
        assertThat(usage(name)).isEqualTo("5");
        assertThat(store.uploads).isEqualTo(1);
    }

    // ---- names

    @Test
    void other_kernel_parameters_make_another_iso() {
        String name = ferric.choose(ferric.node());
        bench.config = bench.config.withKernelAppendParams("console=ttyS1");
        try (Installation later = new Installation(bench, store, clock)) {
            assertThat(later.choose(later.node())).isNotEqualTo(name);
        }
        assertThat(store.uploads).isEqualTo(2);
    }

    // ---- two installations, one store

    @Test
    void two_installations_never_share_nor_delete_each_others() throws Exception {
        try (Installation other = new Installation(bench, store, clock)) {
            assertThat(other.id()).isNotEqualTo(ferric.id());
            FakeTask ours = ferric.node();
            FakeTask theirs = other.node();
            String name = ferric.choose(ours);
            String theirName = other.choose(theirs);
            assertThat(theirName).isNotEqualTo(name);
            clock.advance(LONG_AGO);
            assertThat(ferric.sweep().leftovers()).isEmpty();
            assertThat(other.sweep().leftovers()).isEmpty();
            ferric.isos.release(ours);
            assertThat(store.names()).containsExactly(theirName);
        }
    }

    // ---- removal that fails, things that vanish

    @Test
    void a_removal_that_fails_is_left_for_the_sweep_and_told() {
        FakeTask node = ferric.node();
        String name = ferric.choose(node);
        store.failing.add("remove");
        ferric.isos.release(node);
        assertThat(node.events)
                .last()
                .asString()
                .contains(name, "could not be removed", "left for the sweep", "remove failed: 503");
        assertThat(store.names()).containsExactly(name);
        assertThat(ferric.sweep().leftovers()).singleElement().satisfies(left -> {
            assertThat(left.fate()).isEqualTo(Fate.FAILED);
            assertThat(left.name()).isEqualTo(name);
            assertThat(left.why()).contains("503");
        });
        store.failing.clear();
        assertThat(ferric.sweep().names(Fate.DELETED)).containsExactly(name);
        assertThat(store.names()).isEmpty();
        assertThat(ferric.shared.all()).isEmpty();
    }

    @Test
    void one_that_could_not_be_removed_is_made_anew_when_it_is_wanted_first() {
        FakeTask node = ferric.node();
        ferric.choose(node);
        store.failing.add("remove");
        ferric.isos.release(node);
        String name = ferric.choose(node);
        assertThat(store.uploads).isEqualTo(2);
        assertThat(ferric.sweep().leftovers()).isEmpty();
        assertThat(ferric.shared.users(name)).isEqualTo(1);
    }

    @Test
    void what_an_operator_deleted_is_made_again_and_keeps_its_users() throws Exception {
        FakeTask first = ferric.node();
        String name = ferric.choose(first);
        store.remove(name);
        FakeTask second = ferric.node();
        ferric.choose(second);
        assertThat(second.events).anySatisfy(event -> assertThat(event).contains(name, "is gone from the store"));
        assertThat(store.uploads).isEqualTo(2);
        assertThat(usage(name)).isEqualTo("2");
        ferric.isos.release(second);
        assertThat(store.names()).containsExactly(name);
    }

    @Test
    void what_cannot_be_made_again_keeps_its_users_and_is_tried_by_the_next() throws Exception {
        FakeTask first = ferric.node();
        String name = ferric.choose(first);
        store.remove(name);
        store.failing.add("store");
        FakeTask second = ferric.node();
        assertThatThrownBy(() -> ferric.choose(second)).isInstanceOf(NodeFault.class);
        ferric.isos.release(second); // as the clean-up after a failed deploy does
        assertThat(ferric.shared.users(name)).isEqualTo(1);
        store.failing.clear();
        ferric.choose(second);
        assertThat(ferric.shared.users(name)).isEqualTo(2);
        assertThat(usage(name)).isEqualTo("2");
    }

    // ---- the sweep

    @Test
    void what_is_counted_and_not_there_is_told_and_made_by_the_next_deploy() throws Exception {
        String name = ferric.choose(ferric.node());
        store.remove(name);
        Leftover lost = ferric.sweep().leftovers().get(0);
        assertThat(lost.fate()).isEqualTo(Fate.LOST);
        assertThat(lost.why()).contains("1 nodes boot from it");
        ferric.choose(ferric.node());
        assertThat(store.uploads).isEqualTo(2);
        assertThat(ferric.sweep().leftovers()).isEmpty();
    }

    @Test
    void orphans_that_bear_our_mark_are_deleted_when_old_and_others_left() {
        Map<String, String> ours = Map.of("ferric_installation", ferric.id(), "usage_count", "7");
        UUID gone = UUID.randomUUID();
        UUID there = ferric.node().node().uuid();
        store.plant(boot('a'), ours);
        store.plant(boot('b'), Map.of("ferric_installation", UUID.randomUUID().toString()));
        store.plant(boot('c'), Map.of());
        store.plant("image-" + gone + ".img", ours);
        store.plant("image-" + there + ".img", ours);
        store.plant("iso-" + gone + ".iso", ours);
        store.plant("iso-" + UUID.randomUUID() + ".iso", Map.of());
        store.plant("boot-of-somebody.iso", ours);
        store.plant("image-of-somebody.img", ours);
        clock.advance(LONG_AGO);
        store.plant(boot('d'), ours);
        store.plant("image-" + new UUID(1, 1) + ".img", ours);

        SweepReport report = ferric.sweep();
        assertThat(report.names(Fate.DELETED))
                .containsExactlyInAnyOrder(boot('a'), "image-" + gone + ".img", "iso-" + gone + ".iso");
        assertThat(report.names(Fate.LEFT_ALONE)).hasSize(2).contains(boot('c'));
        assertThat(report.leftovers()).hasSize(5);
        assertThat(store.names())
                .hasSize(8)
                .contains(boot('b'), boot('c'), boot('d'), "image-" + there + ".img", "boot-of-somebody.iso");
    }

    @Test
    void pieces_of_uploads_that_died_are_deleted_after_a_day() {
        store.plant("ferric-segments/x.iso/1", Map.of("ferric_installation", ferric.id()));
        clock.advance(LONG_AGO);
        assertThat(ferric.sweep().leftovers()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(ferric.sweep().names(Fate.DELETED)).containsExactly("ferric-segments/x.iso/1");
    }

    private static String boot(char digit) {
        return "boot-" + String.valueOf(digit).repeat(32) + ".iso";
    }

    @Test
    void what_is_being_made_is_left_alone() throws Exception {
        UUID node = UUID.randomUUID();
        ferric.nodes.add(node);
        ferric.conductor("elsewhere", clock).acquire(boot('e'), node, () -> {
            store.plant(boot('e'), Map.of("ferric_installation", ferric.id()));
            clock.advance(Duration.ofSeconds(15)); // as old as a claim may get
            assertThat(ferric.sweep().leftovers()).isEmpty();
        });
        assertThat(store.names()).containsExactly(boot('e'));
        assertThat(ferric.shared.users(boot('e'))).isEqualTo(1);
    }

    @Test
    void what_a_conductor_died_of_making_is_finished() {
        clock.advance(LONG_AGO);
        leaveHalfMade();
        assertThat(ferric.sweep().leftovers()).isEmpty();
        clock.advance(LONG_AGO);
        assertThat(ferric.sweep().names(Fate.DELETED)).containsExactly(boot('f'));
        assertThat(store.names()).isEmpty();
        assertThat(ferric.shared.all()).isEmpty();
    }

    private void leaveHalfMade() {
        store.plant(boot('f'), Map.of("ferric_installation", ferric.id()));
        Claim claim = new Claim("died", UUID.randomUUID(), clock.instant());
        ferric.database.sharedObjects().insert(new SharedObject(boot('f'), State.MAKING, Optional.of(claim)));
    }

    @Test
    void what_nobody_uses_since_its_nodes_were_forgotten_is_deleted() {
        FakeTask node = ferric.node();
        String name = ferric.choose(node);
        ferric.database.sharedObjects().removeUserEverywhere(node.node().uuid());
        assertThat(ferric.sweep().names(Fate.DELETED)).containsExactly(name);
        assertThat(store.names()).isEmpty();
    }

    @Test
    void a_store_that_does_not_answer_is_told_and_nothing_is_thrown() {
        store.failing.add("list");
        assertThat(ferric.sweep().leftovers()).singleElement().satisfies(left -> assertThat(left.fate())
                .isEqualTo(Fate.FAILED));
    }

    @Test
    void sweeps_next_to_deploys_never_take_what_is_in_use() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(9);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FakeTask task = ferric.node();
            work.add(() -> {
                for (int round = 0; round < 8; round++) {
                    String name = ferric.choose(task);
                    assertThat(store.exists(name)).isTrue();
                    Thread.yield();
                    assertThat(store.exists(name)).isTrue();
                    ferric.isos.release(task);
                }
                return null;
            });
        }
        work.add(() -> {
            for (int round = 0; round < 100; round++) {
                clock.advance(Duration.ofMinutes(1)); // so that what was made a moment ago is old soon
                assertThat(ferric.sweep().names(Fate.LOST)).isEmpty();
            }
            return null;
        });
        for (Future<Void> done : threads.invokeAll(work, 2, TimeUnit.MINUTES)) {
            done.get();
        }
        threads.shutdown();
        assertThat(store.names()).isEmpty();
        assertThat(ferric.shared.all()).isEmpty();
    }
}
