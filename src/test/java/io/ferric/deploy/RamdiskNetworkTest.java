package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.node.DriverInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RamdiskNetworkTest {
    private RamdiskConfig config = RamdiskConfig.defaults();
    private final Findings findings = new Findings();

    @Test
    void nothing_is_said_where_nothing_is_set() {
        assertThat(read(Map.of("ramdisk_ip", " "))).isEmpty();
        assertThat(findings.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/24, 10.1.2.1",
        "10.1.2.3/31, 10.1.2.2",
        "2001:db8::5/64, 2001:db8::1",
        "2001:db8::5/64, fe80::1",
        "2001:db8::5/127, 2001:db8::4"
    })
    void hands_on_what_makes_sense(String ip, String gateway) {
        assertThat(read(Map.of("ramdisk_ip", ip, "ramdisk_gateway", gateway)))
                .containsExactly(Map.entry("ferric_ip", ip), Map.entry("ferric_gateway", gateway));
        assertThat(findings.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "10.1.2.3/0",
                "10.1.2.3/33",
                "10.1.2.0/24",
                "10.1.2.255/24",
                "10.1.2.300/24",
                "host/24",
                "224.0.0.1/4",
                "0.0.0.0/8",
                "169.254.1.2/16",
                "2001:db8::/64",
                "2001:db8::5/129",
                "fe80::5/64",
                "10.1.2.3/24 reboot"
            })
    void refuses_what_no_server_can_have(String ip) {
        assertThat(read(Map.of("ramdisk_ip", ip))).isEmpty();
        assertThat(findings.all()).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo("driver_info/ramdisk_ip");
            assertThat(finding.message()).contains("'" + ip + "'");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.3.1", "10.1.2.3", "10.1.2.1/24", "gate", "2001:db8::1", "fe80::1", "0.0.0.0"})
    void refuses_a_gateway_out_of_reach(String gateway) {
        assertThat(read(Map.of("ramdisk_ip", "10.1.2.3/24", "ramdisk_gateway", gateway)))
                .containsOnlyKeys("ferric_ip");
        assertThat(fields()).containsExactly("driver_info/ramdisk_gateway");
    }

    @Test
    void refuses_a_gateway_without_an_address() {
        assertThat(read(Map.of("ramdisk_gateway", "10.1.2.1"))).isEmpty();
        assertThat(findings.text()).contains("driver_info/ramdisk_ip");
    }

    @Test
    void an_address_whose_call_would_be_refused_is_found_before() {
        config = config.withCallbackNetworks(List.of("10.1.0.0/16"));

        assertThat(read(Map.of("ramdisk_ip", "10.2.0.3/24"))).hasSize(1);
        assertThat(findings.text()).contains("'10.2.0.3/24' is not where a ramdisk may be", "callback_networks");
    }

    @Test
    void behind_address_translation_only_the_reported_address_counts() {
        config = config.withCallbackNetworks(List.of("127.0.0.0/8"));

        assertThat(read(Map.of("ramdisk_ip", "10.0.2.15/24", "ramdisk_report_ip", "127.0.3.1")))
                .containsEntry("ferric_report_ip", "127.0.3.1");
        assertThat(read(Map.of("ramdisk_report_ip", "127.0.3.1"))).containsOnlyKeys("ferric_report_ip");
        assertThat(findings.all()).isEmpty();
        assertThat(read(Map.of("ramdisk_report_ip", "10.0.2.15"))).isEmpty();
        assertThat(read(Map.of("ramdisk_report_ip", "127.0.3.1/8"))).isEmpty();
        assertThat(fields()).containsExactly("driver_info/ramdisk_report_ip", "driver_info/ramdisk_report_ip");
    }

    private Map<String, String> read(Map<String, Object> info) {
        return RamdiskNetwork.read(new DriverInfo(info), config, findings);
    }

    private List<String> fields() {
        return findings.all().stream().map(Finding::field).toList();
    }
}
