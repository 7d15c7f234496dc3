package io.ferric.ilo.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmwareVersionTest {
    @ParameterizedTest
    @CsvSource({
        "2.70, 2.70",
        "iLO 5 v1.15, 1.15",
        "iLO 4 v2.04, 2.04",
        "1.12.00, 1.12",
        "1.12.03, 1.12.03",
        "2.55 pass 3, 2.55",
        "iLO 7 v1.13.01 Apr 01 2025, 1.13.01"
    })
    void reads_what_ilos_write(String text, String version) {
        assertThat(FirmwareVersion.in(text).orElseThrow()).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "iLO 5", "2", "99999999999.1", "v"})
    void knows_when_there_is_none(String text) {
        assertThat(FirmwareVersion.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2.03, 2.30", "2.54, 2.55", "1.99, 2.00", "2.30, 10.01", "1.12.00, 1.12.01", "1.12.09, 1.13"})
    void compares_by_numbers(String older, String newer) {
        FirmwareVersion first = FirmwareVersion.in(older).orElseThrow();
        FirmwareVersion second = FirmwareVersion.in(newer).orElseThrow();

        assertThat(first.olderThan(second)).isTrue();
        assertThat(second.olderThan(first)).isFalse();
        assertThat(first.olderThan(first)).isFalse();
    }

    @Test
    void equals_itself_with_and_without_a_third_number() {
        assertThat(FirmwareVersion.in("1.12.00")).isEqualTo(FirmwareVersion.in("1.12"));
    }
}
