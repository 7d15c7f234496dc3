package io.ferric.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final Together<String> together = new Together<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<Thread> follower = new AtomicReference<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private String fails() throws IOException {
        runs.incrementAndGet();
        try {
            assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        throw new IOException("my own failure");
    }

    /** One that leads to a failure, and one that follows it and then would do this. */
    private Future<String> afterFailureOfAnother(Together.Work<String> work) {
        Future<String> leader = threads.submit(() -> together.once("key", this::fails));
        await().until(() -> runs.get() == 1);
        Future<String> answer = threads.submit(() -> {
            follower.set(Thread.currentThread());
            return together.once("key", work);
        });
        await().until(() -> follower.get() != null && follower.get().getState() == Thread.State.TIMED_WAITING);
        gate.countDown();
        assertThatThrownBy(() -> leader.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("my own failure");
        return answer;
    }

    @Test
    void whoever_followed_a_failure_tries_again() throws Exception {
        Future<String> answer = afterFailureOfAnother(() -> "done");

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void fails_when_that_fails_too() {
        Future<String> answer = afterFailureOfAnother(this::fails);

        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("my own failure");
        assertThat(runs).hasValue(2);
    }
}
