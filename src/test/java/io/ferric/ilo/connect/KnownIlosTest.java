package io.ferric.ilo.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.Secret;
import io.ferric.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KnownIlosTest {
    private static final Detected FOUND = new Detected(Identity.UNKNOWN, Set.of(IloProtocol.REDFISH), true);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger searches = new AtomicInteger();

    @Test
    void looks_once_for_an_hour() {
        KnownIlos ilos = finding(access -> FOUND);

        ilos.at(access("a", "pw"));
        clock.advance(Duration.ofMinutes(60));
        ilos.at(access("a", "other"));
        assertThat(searches).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        ilos.at(access("a", "pw"));
        assertThat(searches).hasValue(2);
    }

    @Test
    void looks_at_each_address_and_for_each_protocol_demanded() {
        KnownIlos ilos = finding(access -> FOUND);

        ilos.at(access("a", "pw"));
        ilos.at(access("b", "pw"));
        ilos.at(access("a", "pw").speaking(IloProtocol.REDFISH));

        assertThat(searches).hasValue(3);
    }

    @Test
    void looks_again_when_told_to() {
        KnownIlos ilos = finding(access -> FOUND);
        ilos.at(access("a", "pw"));

        ilos.forget(access("a", "pw"));
        ilos.at(access("a", "pw"));

        assertThat(searches).hasValue(2);
    }

    @Test
    void looks_again_when_the_ilo_was_not_sure() {
        KnownIlos ilos = finding(access -> new Detected(Identity.UNKNOWN, Set.of(IloProtocol.RIBCL), false));

        ilos.at(access("a", "pw"));
        ilos.at(access("a", "pw"));

        assertThat(searches).hasValue(2);
    }

    @Test
    void remembers_no_failure() {
        AtomicBoolean broken = new AtomicBoolean(true);
        KnownIlos ilos = finding(access -> {
            if (broken.getAndSet(false)) {
                throw rejected();
            }
            return FOUND;
        });

        assertThatThrownBy(() -> ilos.at(access("a", "pw"))).isInstanceOf(OperationFailed.class);
        assertThat(ilos.at(access("a", "pw")).detected()).isEqualTo(FOUND);
    }

    @Test
    void keeps_no_more_than_ten_thousand() {
        KnownIlos ilos = finding(access -> FOUND);
        for (int i = 0; i <= 10_000; i++) {
            ilos.at(access("h" + i, "pw"));
        }
        searches.set(0);

        ilos.at(access("h1", "pw"));
        assertThat(searches).hasValue(0);
        ilos.at(access("h0", "pw"));
        assertThat(searches).hasValue(1);
    }

    @Test
    void a_thousand_who_ask_at_a_time_have_one_look() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        KnownIlos ilos = finding(access -> {
            await(all);
            return FOUND;
        });

        List<Future<KnownIlo>> asked = ask(1000, ilos, all);

        for (Future<KnownIlo> each : asked) {
            assertThat(each.get().detected()).isEqualTo(FOUND);
        }
        assertThat(searches).hasValue(1);
    }

    @Test
    void a_rejected_login_is_told_to_all_who_wait_with_the_same() throws Exception {
        CountDownLatch all = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        KnownIlos ilos = finding(access -> {
            begun.countDown();
            await(all);
            throw rejected();
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<KnownIlo> first = threads.submit(() -> ilos.at(access("a", "pw")));
        await(begun);
        List<Thread> waiting = new ArrayList<>();
        List<Future<KnownIlo>> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            others.add(threads.submit(() -> {
                synchronized (waiting) {
                    waiting.add(Thread.currentThread());
                }
                return ilos.at(access("a", "pw"));
            }));
        }
        awaitWaiting(waiting, 50);

        all.countDown();

        assertThatThrownBy(first::get).hasMessageContaining("rejects");
        for (Future<KnownIlo> each : others) {
            assertThatThrownBy(each::get).hasMessageContaining("rejects");
        }
        assertThat(searches).hasValue(1);
        threads.shutdownNow();
    }

    @Test
    void who_waits_with_another_password_tries_that() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        KnownIlos ilos = finding(access -> {
            if (access.password().matches("wrong")) {
                begun.countDown();
                await(go);
                throw rejected();
            }
            return FOUND;
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<KnownIlo> wrong = threads.submit(() -> ilos.at(access("a", "wrong")));
        await(begun);
        Future<KnownIlo> right = threads.submit(() -> ilos.at(access("a", "right")));

        go.countDown();

        assertThatThrownBy(wrong::get).hasMessageContaining("rejects");
        assertThat(right.get().detected()).isEqualTo(FOUND);
        threads.shutdownNow();
    }

    private List<Future<KnownIlo>> ask(int times, KnownIlos ilos, CountDownLatch go) {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        List<Future<KnownIlo>> asked = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            asked.add(threads.submit(() -> ilos.at(access("a", "pw"))));
        }
        go.countDown();
        threads.shutdown();
        return asked;
    }

    private static void awaitWaiting(List<Thread> threads, int count) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            synchronized (threads) {
                return threads.size() == count
                        && threads.stream().allMatch(each -> each.getState() == Thread.State.WAITING);
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KnownIlos finding(Function<IloAccess, Detected> detector) {
        return new KnownIlos(
                access -> {
                    searches.incrementAndGet();
                    return detector.apply(access);
                },
                clock);
    }

    private static OperationFailed rejected() {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "it rejects the user name", "");
    }

    private static IloAccess access(String host, String password) {
        return new IloAccess(host, 443, "u", Secret.of(password), Duration.ofSeconds(5), new IloTrust.Off());
    }
}
