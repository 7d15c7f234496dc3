package io.ferric.publish.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.publish.http.ByteRanges.ByteRange;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 1000",
        "bytes=-1, 999, 1",
        "bytes=-5000, 0, 1000",
        "bytes=990-2000, 990, 10",
        "BYTES = 5-9, 5, 5",
        "bytes=0-999999999999999999, 0, 1000",
    })
    void reads_one_range(String header, long position, long length) {
        assertThat(ByteRanges.parse(header, 1000)).contains(List.of(new ByteRange(position, length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=",
                "bytes=-",
                "bytes=5",
                "bytes=9-5",
                "bytes=a-b",
                "lines=0-1",
                "bytes=1-2;3-4",
                "bytes=0-1,",
                "bytes=99999999999999999999-",
                "bytes=--5"
            })
    void ignores_what_is_malformed(String header) {
        assertThat(ByteRanges.parse(header, 1000)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000-", "bytes=2000-3000", "bytes=-0"})
    void knows_what_lies_outside(String header) {
        assertThat(ByteRanges.parse(header, 1000)).contains(List.of());
    }

    @Test
    void has_nothing_to_give_of_an_empty_file() {
        assertThat(ByteRanges.parse("bytes=0-", 0)).contains(List.of());
        assertThat(ByteRanges.parse("bytes=-1", 0)).contains(List.of());
    }

    @Test
    void ignores_ranges_that_ask_for_more_than_the_file() {
        assertThat(ByteRanges.parse("bytes=0-,0-,0-", 1000)).isEmpty();
        assertThat(ByteRanges.parse("bytes=" + "0-0,".repeat(64) + "0-0", 1000)).isEmpty();
    }

    @Property
    void gives_what_was_asked_within_the_file(
            @ForAll @LongRange(max = 1_000_000) long first,
            @ForAll @LongRange(max = 1_000_000) long more,
            @ForAll @LongRange(min = 1, max = 1_000_000) long size) {
        long last = first + more;
        List<ByteRange> ranges =
                ByteRanges.parse("bytes=" + first + "-" + last, size).orElseThrow();
        if (first >= size) {
            assertThat(ranges).isEmpty();
        } else {
            assertThat(ranges).containsExactly(new ByteRange(first, Math.min(last, size - 1) - first + 1));
        }
    }

    @Property
    void never_fails_and_never_leaves_the_file(
            @ForAll @StringLength(max = 60) String junk, @ForAll @LongRange(max = 5000) long size) {
        ByteRanges.parse("bytes=" + junk, size).ifPresent(ranges -> assertThat(ranges)
                .allMatch(range ->
                        range.position() >= 0 && range.length() > 0 && range.position() + range.length() <= size));
    }
}
