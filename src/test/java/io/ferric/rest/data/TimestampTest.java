package io.ferric.rest.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimestampTest {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(Timestamp.PATTERN);

    @Test
    void writes_microseconds_and_the_offset() {
        assertThat(Timestamp.text(Instant.parse("2026-01-02T03:04:05.000607899Z")))
                .isEqualTo("2026-01-02T03:04:05.000607+00:00");
    }

    /** From the year 500 to 10499. */
    @Property
    void writes_what_the_formatter_writes(
            @ForAll @LongRange(min = -46_000_000_000L, max = 269_000_000_000L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant time = Instant.ofEpochSecond(second, nano);
        assertThat(Timestamp.text(time)).isEqualTo(FORMAT.format(time.atOffset(ZoneOffset.UTC)));
    }
}
