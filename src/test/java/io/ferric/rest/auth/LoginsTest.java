package io.ferric.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.node.Unavailable;
import io.ferric.testkit.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger tried = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final ManualClock clock = new ManualClock();
    private final Logins logins = new Logins(this::slowly, new Turns(2, 4, "passwords"), clock, new SecureRandom());

    private boolean slowly(String hash, String password) {
        tried.incrementAndGet();
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            return gate.await(20, TimeUnit.SECONDS) && password.equals("right");
        } catch (InterruptedException e) {
            return false;
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private Future<Boolean> attempt(String user, String password) {
        return threads.submit(() -> logins.proves(new Login(user, password), "hash"));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void strangers_who_guess_do_not_take_all_processors_nor_all_threads() throws Exception {
        List<Future<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            guesses.add(attempt("eve", "guess " + i));
        }
        await().until(() -> tried.get() == 2);
        for (int i = 2; i < 16; i++) {
            guesses.add(attempt("eve", "guess " + i));
        }
        await().until(() -> guesses.stream().filter(Future::isDone).count() >= 8);
        gate.countDown();

        int refused = 0;
        for (Future<Boolean> guess : guesses) {
            try {
                assertThat(guess.get(20, TimeUnit.SECONDS)).isFalse();
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(Unavailable.class);
                refused++;
            }
        }
        assertThat(most).hasValue(2);
        assertThat(refused).isBetween(8, 14);
    }

    @Test
    void many_requests_of_one_user_wait_for_one_try() throws Exception {
        List<Future<Boolean>> requests = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            requests.add(attempt("alice", "right"));
        }
        await().until(() -> tried.get() == 1);
        gate.countDown();

        for (Future<Boolean> request : requests) {
            assertThat(request.get(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(tried).hasValue(1);
    }

    @Test
    void one_wrong_guess_repeated_costs_one_try_a_minute() {
        gate.countDown();
        for (int i = 0; i < 100; i++) {
            assertThat(logins.proves(new Login("alice", "wrong"), "hash")).isFalse();
        }
        assertThat(tried).hasValue(1);

        clock.advance(Duration.ofSeconds(61));
        assertThat(logins.proves(new Login("alice", "wrong"), "hash")).isFalse();
        assertThat(tried).hasValue(2);
    }

    @Test
    void a_right_password_in_use_is_not_tried_again() {
        gate.countDown();
        for (int i = 0; i < 10; i++) {
            assertThat(logins.proves(new Login("alice", "right"), "hash")).isTrue();
            clock.advance(Duration.ofSeconds(50));
        }
        assertThat(tried).hasValue(1);

        clock.advance(Duration.ofSeconds(11));
        logins.proves(new Login("alice", "right"), "hash");
        assertThat(tried).hasValue(2);
    }
}
