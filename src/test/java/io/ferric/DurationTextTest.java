package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @Property
    void reads_what_it_writes(@ForAll @LongRange(min = 0, max = 400_000_000_000L) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(DurationText.parse(DurationText.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-3s", "1.5h", "10 minutes", "PT5S"})
    void refuses_what_is_no_duration_and_shows_how(String text) {
        assertThatThrownBy(() -> DurationText.parse(text)).hasMessageContaining("such as 250ms, 30s, 10m, 1h or 7d");
    }
}
