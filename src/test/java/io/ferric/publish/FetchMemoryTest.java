package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.publish.FetchLog.Refusal;
import io.ferric.testkit.ManualClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FetchMemoryTest {
    private final ManualClock clock = new ManualClock();
    private final FetchMemory log = new FetchMemory(clock, 3, url -> Optional.of(url.getPath()));

    @Test
    void forgets_the_name_unused_for_the_longest_time() {
        for (int i = 0; i < 3; i++) {
            log.requested("n" + i, "k" + i, "192.0.2.1");
        }
        log.sent("n0", "k0", "192.0.2.1", 10);
        log.requested("n3", "k3", "192.0.2.1");
        assertThat(log.of("n0")).isPresent();
        assertThat(log.of("n1")).isEmpty();
        assertThat(log.of("n3")).isPresent();
    }

    @Test
    void tells_what_is_news() {
        assertThat(log.requested("n", "k", "192.0.2.1")).isTrue();
        assertThat(log.requested("n", "k", "192.0.2.1")).isFalse();
        Refusal expired = new Refusal(clock.instant(), 403, "expired", "192.0.2.1");
        assertThat(log.refused("n", Optional.of("k"), expired)).isTrue();
        assertThat(log.refused("n", Optional.of("k"), expired)).isFalse();
        assertThat(log.of("n")).isPresent();
        assertThat(log.refusal("n")).contains(expired);
        log.forget("n");
        assertThat(log.refusal("n")).isEmpty();
    }
}
