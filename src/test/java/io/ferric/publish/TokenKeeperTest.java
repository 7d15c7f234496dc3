package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TokenKeeperTest {
    private static final int THREADS = 16;

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger logins = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean fails;
    private final TokenKeeper keeper = new TokenKeeper(this::login, clock);

    private HeldToken login() throws IOException {
        int number = logins.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (fails) {
            throw new IOException("no " + number);
        }
        Duration life = Duration.ofHours(1);
        return new HeldToken("token-" + number, life, clock.instant().plus(life), new Catalogue(List.of()));
    }

    private final List<Thread> threads = new ArrayList<>();

    private FutureTask<String> ask() {
        FutureTask<String> task =
                new FutureTask<>(() -> keeper.current(Duration.ZERO).id());
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    private List<FutureTask<String>> askAtOnce() {
        List<FutureTask<String>> asked = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            asked.add(ask());
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return asked;
    }

    @Test
    void logs_in_once_for_all_who_wait() throws Exception {
        List<FutureTask<String>> asked = askAtOnce();
        gate.countDown();
        for (FutureTask<String> each : asked) {
            assertThat(each.get()).isEqualTo("token-1");
        }
        assertThat(logins).hasValue(1);
    }

    @Test
    void shares_a_failure_and_tries_again_for_the_next() throws Exception {
        fails = true;
        List<FutureTask<String>> asked = askAtOnce();
        gate.countDown();
        for (FutureTask<String> each : asked) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("no 1");
        }
        fails = false;
        assertThat(keeper.current(Duration.ZERO).id()).isEqualTo("token-2");
    }

    @Test
    void lets_another_log_in_when_the_first_is_interrupted() throws Exception {
        FutureTask<String> first = ask();
        await().until(() -> logins.get() == 1);
        FutureTask<String> second = ask();
        await().until(() -> threads.get(1).getState() == Thread.State.WAITING);
        threads.get(0).interrupt();
        assertThatThrownBy(first::get).hasRootCauseInstanceOf(InterruptedIOException.class);
        gate.countDown();
        assertThat(second.get()).isEqualTo("token-2");
    }

    @Test
    void renews_a_refused_token_once_for_all() throws Exception {
        gate.countDown();
        HeldToken refused = keeper.current(Duration.ZERO);
        assertThat(keeper.insteadOf(refused).id()).isEqualTo("token-2");
        assertThat(keeper.insteadOf(refused).id()).isEqualTo("token-2");
        assertThat(keeper.current(Duration.ZERO).id()).isEqualTo("token-2");
        assertThat(logins).hasValue(2);
    }

    @Test
    void goes_on_with_a_living_token_when_the_renewal_fails_and_leaves_keystone_in_peace() throws Exception {
        gate.countDown();
        keeper.current(Duration.ZERO);
        fails = true;
        clock.advance(Duration.ofMinutes(59));
        assertThat(keeper.current(Duration.ZERO).id()).isEqualTo("token-1");
        assertThat(keeper.current(Duration.ZERO).id()).isEqualTo("token-1");
        assertThat(logins).hasValue(2);
        assertThatThrownBy(() -> keeper.current(Duration.ofMinutes(30))).hasMessage("no 3");
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> keeper.current(Duration.ZERO)).hasMessage("no 4");
    }

    @Test
    void does_not_go_on_with_a_refused_token_when_the_renewal_fails() throws Exception {
        gate.countDown();
        HeldToken refused = keeper.current(Duration.ZERO);
        fails = true;
        assertThatThrownBy(() -> keeper.insteadOf(refused)).hasMessage("no 2");
        assertThatThrownBy(() -> keeper.current(Duration.ZERO)).hasMessage("no 3");
    }
}
