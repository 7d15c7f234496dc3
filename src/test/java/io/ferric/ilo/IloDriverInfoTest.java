package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.TlsAge;
import io.ferric.node.DriverInfo;
import io.ferric.node.InvalidRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IloDriverInfoTest {
    private static final IloConfig CONFIG = IloConfig.defaults();

    private static Map<String, Object> full() {
        return new HashMap<>(Map.of("ilo_address", "10.0.0.5", "ilo_username", "admin", "ilo_password", "s3cr&t"));
    }

    private static List<String> findings(Map<String, Object> values) {
        Findings findings = new Findings();
        assertThat(IloDriverInfo.parse(new DriverInfo(values), CONFIG, findings))
                .isEmpty();
        return findings.all().stream().map(Finding::message).toList();
    }

    private static IloDriverInfo parse(Map<String, Object> values) {
        return IloDriverInfo.parse(new DriverInfo(values), CONFIG);
    }

    @Test
    void takes_defaults_for_what_is_not_said() {
        IloDriverInfo info = parse(full());
        assertThat(info.access().authority()).isEqualTo("10.0.0.5:443");
        assertThat(info.access().timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(info.access().password().reveal()).isEqualTo("s3cr&t");
        assertThat(info.access().trust()).isEqualTo(new IloTrust.SystemAuthorities());
        assertThat(info.consolePort()).isEmpty();
        assertThat(info.deployIso()).isEmpty();
    }

    @Test
    void reads_numbers_and_texts_of_numbers() {
        Map<String, Object> values = full();
        values.putAll(Map.of("client_port", "8443", "client_timeout", 5, "console_port", 17990));
        IloDriverInfo info = parse(values);
        assertThat(info.access().port()).isEqualTo(8443);
        assertThat(info.access().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(info.consolePort()).hasValue(17990);
    }

    @Test
    void names_everything_missing_at_once() {
        assertThatThrownBy(() -> parse(Map.of())).isInstanceOfSatisfying(InvalidRequest.class, fault -> {
            assertThat(fault.code()).isEqualTo("MissingParameterValue");
            assertThat(fault.getMessage()).contains("ilo_address", "ilo_username", "ilo_password");
        });
    }

    @Test
    void names_every_number_that_is_none_at_once() {
        Map<String, Object> values = full();
        values.putAll(Map.of("client_port", "web", "client_timeout", "soon", "console_port", "0"));
        assertThat(findings(values))
                .containsExactlyInAnyOrder(
                        "'driver_info/client_port' is not an integer: 'web'.",
                        "'driver_info/client_timeout' is not an integer: 'soon'.",
                        "'driver_info/console_port' must lie between 1 and 65535: 0.");
    }

    @Test
    void missing_and_wrong_come_together() {
        assertThat(findings(Map.of("client_port", "web", "ilo_address", "a", "ilo_username", "b")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"ilo_deploy_iso", "deploy_iso"})
    void takes_both_names_of_the_deploy_iso(String key) {
        Map<String, Object> values = full();
        values.put(key, "http://h/d.iso");
        assertThat(parse(values).deployIso()).contains("http://h/d.iso");
    }

    @ParameterizedTest
    @CsvSource({"fe80::1,[fe80::1]:443", "[2001:db8::5],[2001:db8::5]:443", "ilo.example,ilo.example:443"})
    void takes_ipv6_with_and_without_brackets(String address, String authority) {
        Map<String, Object> values = full();
        values.put("ilo_address", address);
        assertThat(parse(values).access().authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.0.0.5", "10.0.0.5/x", "10.0.0.5 x", "a\nb"})
    void refuses_addresses_that_are_none(String address) {
        Map<String, Object> values = full();
        values.put("ilo_address", address);
        assertThat(findings(values)).singleElement().asString().contains("ilo_address", "is no address");
    }

    @Test
    void refuses_control_characters_without_telling_the_password() {
        Map<String, Object> values = full();
        values.put("ilo_password", "hidden\u0007");
        assertThat(findings(values))
                .singleElement()
                .asString()
                .contains("ilo_password")
                .doesNotContain("hidden");
    }

    @Test
    void a_fingerprint_goes_before_authorities(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "x");
        Map<String, Object> values = full();
        values.put("ilo_ca_file", file.toString());
        assertThat(parse(values).access().trust()).isEqualTo(new IloTrust.Authorities(file));
        values.put("ilo_fingerprint", "AB".repeat(32));
        assertThat(parse(values).access().trust()).isEqualTo(new IloTrust.Pinned("ab".repeat(32)));
    }

    @Test
    void verify_ca_can_be_turned_off_and_can_be_a_path(@TempDir Path folder) {
        Map<String, Object> values = full();
        values.put("ilo_verify_ca", false);
        assertThat(parse(values).access().trust()).isEqualTo(new IloTrust.Off());
        values.put("ilo_verify_ca", folder.toString());
        assertThat(parse(values).access().trust()).isEqualTo(new IloTrust.Authorities(folder));
    }

    @Test
    void what_a_node_of_ironics_holds_is_taken_as_it_is(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "x");
        Map<String, Object> values = full();
        values.putAll(Map.of(
                "deploy_kernel", "http://a/vmlinuz",
                "deploy_ramdisk", "http://a/initrd",
                "bootloader", "http://a/esp.img",
                "ilo_deploy_iso", "http://a/deploy.iso",
                "rescue_ramdisk", "http://a/rescue",
                "ilo_change_password", "secret",
                "snmp_auth_priv_password", "secret",
                "kernel_append_params", "quiet",
                "ca_file", file.toString()));
        assertThat(parse(values).access().trust()).isEqualTo(new IloTrust.Authorities(file));
        values.put("ca_file", "/nowhere/ca.pem");
        assertThat(findings(values)).singleElement().asString().contains("driver_info/ca_file");
    }

    @Test
    void says_what_is_wrong_with_the_trust() {
        Map<String, Object> values = full();
        values.put("ilo_ca_file", "/nowhere/ca.pem");
        assertThat(findings(values)).singleElement().asString().contains("ilo_ca_file", "/nowhere/ca.pem");
        values.remove("ilo_ca_file");
        values.put("ilo_verify_ca", "sytem");
        assertThat(findings(values))
                .singleElement()
                .asString()
                .contains("ilo_verify_ca", "sytem", "neither a file or folder nor a fingerprint");
        values.put("ilo_fingerprint", "abc");
        assertThat(findings(values)).singleElement().asString().contains("ilo_fingerprint", "64 hex digits");
    }

    @Test
    void finds_out_the_protocol_and_speaks_a_tls_of_today_if_nothing_is_said() {
        assertThat(parse(full()).access().protocol()).isEmpty();
        assertThat(parse(full()).access().tls()).isEqualTo(TlsAge.MODERN);
        IloConfig redfish = CONFIG.withProtocol(ProtocolChoice.REDFISH);
        assertThat(IloDriverInfo.parse(new DriverInfo(full()), redfish).access().protocol())
                .contains(IloProtocol.REDFISH);
    }

    @ParameterizedTest
    @CsvSource({"auto,", "ribcl,RIBCL", "RedFish,REDFISH"})
    void a_node_may_name_the_protocol(String text, IloProtocol protocol) {
        Map<String, Object> values = full();
        values.put("ilo_protocol", text);
        assertThat(IloDriverInfo.parse(new DriverInfo(values), CONFIG.withProtocol(ProtocolChoice.RIBCL))
                        .access()
                        .protocol())
                .isEqualTo(Optional.ofNullable(protocol));
    }

    @Test
    void a_node_may_ask_for_old_tls() {
        Map<String, Object> values = full();
        values.put("ilo_old_tls", true);
        assertThat(parse(values).access().tls()).isEqualTo(TlsAge.OLD);
        values.put("ilo_old_tls", "False");
        assertThat(parse(values).access().tls()).isEqualTo(TlsAge.MODERN);
    }

    @Test
    void says_what_is_wrong_with_protocol_and_tls_at_once() {
        Map<String, Object> values = full();
        values.put("ilo_protocol", "rest");
        values.put("ilo_old_tls", "yes");
        assertThat(findings(values))
                .containsExactlyInAnyOrder(
                        "'driver_info/ilo_protocol' is 'rest'; there are: auto, ribcl, redfish.",
                        "'driver_info/ilo_old_tls' must be true or false: 'yes'.");
    }
}
