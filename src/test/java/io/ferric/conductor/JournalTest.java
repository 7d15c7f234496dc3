package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.testkit.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final Rig.ForwardClock clock = new Rig.ForwardClock();
    private final Database database = Database.open(TestStore.config(), clock);
    private final Listeners listeners = new Listeners();
    private final Journal journal = new Journal(database.history(), listeners, clock, Rig.config());
    private final UUID node = insert();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private UUID insert() {
        Node fresh = Node.enrolled(UUID.randomUUID(), NodeSpec.ofDriver(FakeDriver.NAME), clock.instant());
        database.nodes().insert(fresh);
        return fresh.uuid();
    }

    @AfterEach
    void close() {
        listeners.close();
        database.close();
    }

    private ConductorListener ear() {
        return new ConductorListener() {
            @Override
            public void event(UUID where, String step, String message, Instant at) {
                heard.add(step + " " + message);
            }

            @Override
            public void progress(UUID where, String step, long done, long total) {
                heard.add(step + " " + done + "/" + total);
            }

            @Override
            public void moved(UUID where, ProvisionState from, ProvisionState to, Instant at) {
                heard.add(from + " -> " + to);
            }
        };
    }

    private void heardInTheEnd(String... all) {
        Awaitility.await().atMost(Rig.SOON).untilAsserted(() -> assertThat(heard)
                .containsExactly(all));
    }

    @Test
    void keeps_and_tells_events_and_masks_what_is_secret_in_them() {
        listeners.add(ear());
        journal.note(node, "boot", "fetched http://me:pw@host/x?temp_url_sig=abc", Level.WARNING);
        assertThat(journal.of(node)).singleElement().satisfies(entry -> {
            assertThat(entry.level()).isEqualTo(Level.WARNING);
            assertThat(entry.message()).doesNotContain("pw", "abc");
        });
        heardInTheEnd("boot fetched http://***@host/x?temp_url_sig=***");
    }

    @Test
    void tells_progress_now_and_then_and_its_end_always_and_keeps_none_of_it() {
        listeners.add(ear());
        journal.progress(node, "write", 1, 10);
        heardInTheEnd("write 1/10");
        journal.progress(node, "write", 2, 10);
        clock.forward(Duration.ofSeconds(1));
        journal.progress(node, "write", 5, 10);
        heardInTheEnd("write 1/10", "write 5/10");
        journal.progress(node, "write", 10, 10);
        heardInTheEnd("write 1/10", "write 5/10", "write 10/10");
        assertThat(journal.of(node)).isEmpty();
    }

    @Test
    void a_slow_listener_holds_up_nobody_and_hears_the_latest_progress_before_what_followed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        listeners.add(new ConductorListener() {
            @Override
            public void event(UUID where, String step, String message, Instant at) {
                try {
                    go.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        CountDownLatch hold = new CountDownLatch(1);
        listeners.add(new ConductorListener() {
            @Override
            public void event(UUID where, String step, String message, Instant at) {
                if (message.equals("first")) {
                    try {
                        hold.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                heard.add(message);
            }

            @Override
            public void progress(UUID where, String step, long done, long total) {
                heard.add(done + "/" + total);
            }
        });
        journal.note(node, "s", "first", Level.INFO);
        Awaitility.await().atMost(Rig.SOON).until(() -> hold.getCount() == 1);
        for (int i = 1; i <= 5; i++) {
            clock.forward(Duration.ofSeconds(1));
            journal.progress(node, "write", i, 10);
        }
        journal.note(node, "s", "last", Level.INFO);
        hold.countDown();
        Awaitility.await().atMost(Rig.SOON).until(() -> heard.contains("last"));
        assertThat(heard).containsSubsequence("first", "5/10", "last");
        assertThat(heard).doesNotContain("3/10");
        go.countDown();
    }

    @Test
    void a_failing_listener_hears_on_and_a_closed_one_hears_nothing() throws Exception {
        AutoCloseable handle = listeners.add(ear());
        listeners.add(new ConductorListener() {
            @Override
            public void event(UUID where, String step, String message, Instant at) {
                heard.add("bad " + message);
                throw new IllegalStateException("listener's own fault");
            }
        });
        handle.close();
        journal.note(node, "s", "one", Level.INFO);
        journal.note(node, "s", "two", Level.INFO);
        heardInTheEnd("bad one", "bad two");
        assertThat(journal.of(node)).hasSize(2);
    }

    @Test
    void a_refusal_counts_that_came_before_the_conductor_noted_that_it_waits_and_none_of_an_earlier_deploy() {
        NodeFault expired = new NotAuthenticated("the token has expired", "");
        journal.noteRefusal(node, "pass_deploy_info", new NotAuthenticated("long ago", ""));
        journal.keepMove(node, ProvisionState.AVAILABLE, ProvisionState.DEPLOYING);
        assertThat(journal.lastRefusal(node)).isEmpty();
        journal.noteRefusal(node, "pass_deploy_info", expired);
        journal.keepMove(node, ProvisionState.DEPLOYING, ProvisionState.WAIT_CALL_BACK);
        assertThat(journal.lastRefusal(node).orElseThrow()).contains("A call was refused at", "the token has expired");
        journal.keepMove(node, ProvisionState.WAIT_CALL_BACK, ProvisionState.DEPLOY_FAILED);
        assertThat(journal.lastRefusal(node)).isEmpty();
    }
}
