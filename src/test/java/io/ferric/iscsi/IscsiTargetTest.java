package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IscsiTargetTest {
    @ParameterizedTest
    @CsvSource({
        "'', 3260, iqn.2026-11.test:a, 1, host",
        "h, 0, iqn.2026-11.test:a, 1, port 0",
        "h, 65536, iqn.2026-11.test:a, 1, port 65536",
        "h, 3260, iqn.2026-11.test:a, -1, LUN -1",
        "h, 3260, iqn.2026-11.test:a, 16384, LUN 16384",
        "h, 3260, disk, 1, iSCSI name 'disk'",
        "h, 3260, 'iqn.2026-11.test:a b', 1, iSCSI name"
    })
    void refuses_what_could_not_be_sent(String host, int port, String iqn, long lun, String words) {
        assertThatThrownBy(() -> IscsiTarget.of(host, port, iqn, lun))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void a_name_with_line_breaks_never_reaches_the_login() {
        assertThatThrownBy(() -> IscsiTarget.of("h", 3260, "iqn.2026-11.test:a\0AuthMethod=None", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0x0001000000000000", "255, 0x00ff000000000000", "256, 0x4100000000000000"})
    void encodes_the_lun_as_the_disk_wants_it(long lun, String encoded) {
        assertThat(IscsiTarget.of("h", 3260, "iqn.2026-11.test:a", lun).encodedLun())
                .isEqualTo(Long.decode(encoded));
    }

    @Test
    void puts_brackets_around_an_ipv6_address() {
        assertThat(IscsiTarget.of("fe80::1", 3260, "iqn.2026-11.test:a", 1).portal())
                .isEqualTo("[fe80::1]:3260");
    }

    @Test
    void never_shows_a_secret() {
        Chap chap = Chap.of("me", "hidden-one").mutual("you", "hidden-two");
        IscsiTarget target = IscsiTarget.of("h", 3260, "iqn.2026-11.test:a", 1).withChap(chap);
        assertThat(target.toString()).contains("me", "you").doesNotContain("hidden");
    }

    @Test
    void mutual_chap_wants_two_secrets() {
        assertThatThrownBy(() -> Chap.of("me", "same").mutual("you", "same"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("same\"");
    }

    @Test
    void options_out_of_range_are_refused_by_name() {
        IscsiOptions options = IscsiOptions.defaults();
        assertThatThrownBy(() -> options.withDeadline(Duration.ZERO)).hasMessageContaining("deadline");
        assertThatThrownBy(() -> options.withPipeline(1000, 8)).hasMessageContaining("transfer size 1000");
        assertThatThrownBy(() -> options.withPipeline(4096, 65)).hasMessageContaining("in flight 65");
        assertThatThrownBy(() -> options.withInitiatorName("me")).hasMessageContaining("initiator name");
    }
}
