package io.ferric.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final Duration TIME = Duration.ofMinutes(5);

    private final ManualClock clock = new ManualClock();
    private final FakeKeystone keystone = new FakeKeystone(clock).knows("good", "admin");
    private final TokenCache cache = cache(TIME);

    private TokenCache cache(Duration time) {
        return new TokenCache(keystone, time, new Turns(2, 2, "tokens"), clock, new SecureRandom());
    }

    @Test
    void asks_once_for_a_thousand_requests() throws IOException {
        for (int i = 0; i < 1000; i++) {
            assertThat(cache.owner("good", false)).isPresent();
        }

        assertThat(keystone.asked()).isEqualTo(1);
    }

    @Test
    void asks_once_for_all_who_ask_at_the_same_time() throws Exception {
        CountDownLatch gate = keystone.hesitate();
        CountDownLatch underWay = new CountDownLatch(32);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<Optional<TokenOwner>>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(threads.submit(() -> {
                    underWay.countDown();
                    return cache.owner("good", false);
                }));
            }
            assertThat(underWay.await(20, TimeUnit.SECONDS)).isTrue();
            await().until(() -> keystone.asked() == 1);
            gate.countDown();

            for (Future<Optional<TokenOwner>> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isPresent();
            }
            assertThat(keystone.asked()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void hears_of_a_revocation_after_the_cache_time() throws IOException {
        cache.owner("good", false);
        keystone.revoke("good");

        clock.advance(TIME.minusSeconds(1));
        assertThat(cache.owner("good", false)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.owner("good", false)).isEmpty();
    }

    @Test
    void never_believes_a_token_beyond_its_end_and_need_not_ask_about_it_again() throws IOException {
        TokenCache longLived = cache(Duration.ofDays(1));
        longLived.owner("good", false);
        clock.advance(Duration.ofMinutes(60));

        assertThat(longLived.owner("good", false)).isEmpty();
        assertThat(keystone.asked()).isEqualTo(1);
    }

    @Test
    void refuses_a_token_that_has_ended_whatever_keystone_says() throws IOException {
        clock.advance(Duration.ofMinutes(61));

        assertThat(cache.owner("good", false)).isEmpty();
    }

    @Test
    void believes_an_expired_token_only_where_that_was_asked_for() throws IOException {
        clock.advance(Duration.ofMinutes(61));

        assertThat(cache.owner("good", true)).isPresent();
        assertThat(cache.owner("good", true)).isPresent();
        assertThat(keystone.asked()).isEqualTo(1);
        assertThat(cache.owner("good", false)).isEmpty();
        keystone.revoke("good");
        clock.advance(TIME);
        assertThat(cache.owner("good", true)).isEmpty();
    }

    @Test
    void remembers_a_bad_token_for_a_moment_only() throws IOException {
        assertThat(cache.owner("new", false)).isEmpty();
        assertThat(cache.owner("new", false)).isEmpty();
        assertThat(keystone.asked()).isEqualTo(1);
        keystone.knows("new", "admin");

        clock.advance(Duration.ofSeconds(10));
        assertThat(cache.owner("new", false)).isPresent();
    }

    @Test
    void remembers_no_failure() throws IOException {
        keystone.goAway(true);
        assertThatThrownBy(() -> cache.owner("good", false)).isInstanceOf(IOException.class);
        keystone.goAway(false);

        assertThat(cache.owner("good", false)).isPresent();
    }

    @Test
    void does_not_outlive_an_outage_with_what_it_knew() throws IOException {
        cache.owner("good", false);
        keystone.goAway(true);
        assertThat(cache.owner("good", false)).isPresent();
        clock.advance(TIME);

        assertThatThrownBy(() -> cache.owner("good", false)).isInstanceOf(IOException.class);
    }

    @Test
    void without_a_cache_time_asks_every_time() throws IOException {
        TokenCache none = cache(Duration.ZERO);
        none.owner("good", false);
        none.owner("good", false);
        none.owner("bad", false);
        none.owner("bad", false);

        assertThat(keystone.asked()).isEqualTo(4);
    }

    @Test
    void a_flood_of_bad_tokens_drives_out_no_good_one() throws IOException {
        cache.owner("good", false);
        for (int i = 0; i < 12_000; i++) {
            cache.owner("bad" + i, false);
        }
        int before = keystone.asked();

        assertThat(cache.owner("good", false)).isPresent();
        assertThat(keystone.asked()).isEqualTo(before);
    }
}
