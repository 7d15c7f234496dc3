package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.VendorCall;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackCheckTest {
    private static final UUID NODE = FakeTask.NODE;
    private static final String IQN = "iqn.2008-10.org.openstack:" + NODE;

    private RamdiskConfig config = RamdiskConfig.defaults();

    @Test
    void takes_port_and_lun_for_granted() {
        assertThat(check(Map.of())).isEqualTo(new RamdiskCall("10.0.0.7", 3260, IQN, 1, Optional.empty()));
    }

    @Test
    void reads_port_and_lun_as_numbers_or_text() {
        assertThat(check(Map.of("port", "3261", "lun", 2)).port()).isEqualTo(3261);
        assertThat(check(Map.of("port", 3261, "lun", "2")).lun()).isEqualTo(2);
    }

    @Test
    void names_all_that_is_missing_at_once() {
        assertThatThrownBy(() -> new CallbackCheck(config).check(NODE, new VendorCall("x", Map.of("key", "k"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'address'")
                .hasMessageContaining("'iqn'")
                .extracting("code")
                .isEqualTo(FaultCode.MISSING_PARAMETER_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "host.example",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0",
                "10.0.0.1:80",
                "10.0.0.1%eth0",
                "2001:db8::1%eth0",
                "[10.0.0.1]",
                "[2001:db8::1",
                "%eth0",
                "1"
            })
    void refuses_what_is_no_ip_address(String address) {
        assertRefused(Map.of("address", address), "not an IP address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "0.0.0.0",
                "::",
                "169.254.169.254",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "::ffff:127.0.0.1"
            })
    void refuses_addresses_no_server_has(String address) {
        assertRefused(Map.of("address", address), "not where a ramdisk may be");
    }

    @Test
    void takes_an_ipv6_address_with_and_without_brackets() {
        assertThat(check(Map.of("address", "2001:db8::7")).address()).isEqualTo("2001:db8::7");
        assertThat(check(Map.of("address", "[2001:db8::7]")).address()).isEqualTo("2001:db8::7");
        assertThat(check(Map.of("address", "[2001:db8::7]")).target().host()).isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fe80::1", "[fe80::1]", "fe80::1%eth0", "[fe80::1%eth0]", "169.254.3.4"})
    void refuses_link_local_addresses_by_name(String address) {
        assertRefused(Map.of("address", address), "is link-local");
        assertRefused(Map.of("address", address), "driver_info/ramdisk_ip");
    }

    @Test
    void a_link_local_address_counts_where_it_is_listed_but_never_with_a_zone() {
        config = config.withCallbackNetworks(List.of("fe80::/10"));

        assertThat(check(Map.of("address", "fe80::1")).address()).isEqualTo("fe80::1");
        assertRefused(Map.of("address", "fe80::1%eth0"), "is link-local");
    }

    @Test
    void an_error_is_heard_whatever_else_is_missing_or_wrong() {
        RamdiskCall bare = checked(Map.of("error", "no disk among sda"));
        assertThat(bare.error()).contains("no disk among sda");
        assertThat(bare.address()).isEmpty();
        assertThat(RamdiskCall.of(bare.toVendorCall("x"))).isEqualTo(bare);

        RamdiskCall odd = check(Map.of("error", "no network", "address", "127.0.0.1; reboot", "iqn", "", "port", "x"));
        assertThat(odd.error()).contains("no network");
        assertThat(odd.address()).isEmpty();
        assertThat(check(Map.of("error", "no disk", "address", "[2001:db8::7]")).address())
                .isEqualTo("2001:db8::7");
    }

    @Test
    void a_blank_error_is_none() {
        assertThatThrownBy(() -> checked(Map.of("error", " \n", "iqn", IQN)))
                .hasMessageContaining("'address' is missing");
    }

    @Test
    void takes_the_report_of_a_boot_loader() {
        BootLoaderReport good = report(Map.of("status", "SUCCEEDED", "address", "[2001:db8::7]", "error", ""));
        assertThat(good).isEqualTo(new BootLoaderReport("2001:db8::7", Optional.empty()));
        assertThat(BootLoaderReport.of(good.toVendorCall("x"))).isEqualTo(good);
        assertThat(good.toVendorCall("x").parameters()).doesNotContainKey("key");
    }

    @Test
    void a_boot_loader_that_failed_is_heard_whatever_else_is_missing() {
        BootLoaderReport told = report(Map.of("status", "FAILED", "error", "grub-install:\nno EFI" + "x".repeat(9000)));
        assertThat(told.error().orElseThrow())
                .startsWith("grub-install: no EFI")
                .hasSizeLessThan(600);
        assertThat(BootLoaderReport.of(told.toVendorCall("x"))).isEqualTo(told);
        assertThat(report(Map.of("status", "FAILED")).error()).contains("it gives no reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "OK", "SUCCEEDED ", "FAILED\n", "true"})
    void refuses_another_status(String status) {
        assertThatThrownBy(() -> report(Map.of("status", status, "address", "10.0.0.7")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("SUCCEEDED or FAILED");
    }

    @Test
    void refuses_a_report_without_status_or_from_nowhere() {
        assertThatThrownBy(() -> report(Map.of("address", "10.0.0.7")))
                .hasMessageContaining("'status' is missing")
                .extracting("code")
                .isEqualTo(FaultCode.MISSING_PARAMETER_VALUE);
        assertThatThrownBy(() -> report(Map.of("status", "SUCCEEDED"))).hasMessageContaining("'address' is missing");
        assertThatThrownBy(() -> report(Map.of("status", "SUCCEEDED", "address", "127.0.0.1")))
                .hasMessageContaining("not where a ramdisk may be");
    }

    private BootLoaderReport report(Map<String, Object> values) {
        return new CallbackCheck(config).checkReport(new VendorCall("pass_bootloader_install_info", values));
    }

    private RamdiskCall checked(Map<String, Object> values) {
        return new CallbackCheck(config).check(NODE, new VendorCall("pass_deploy_info", values));
    }

    @Test
    void believes_only_addresses_in_the_networks_that_are_listed() {
        config = config.withCallbackNetworks(List.of("127.0.0.0/8", "10.1.0.0/16", "2001:db8::/32"));

        assertThat(check(Map.of("address", "127.0.0.2")).address()).isEqualTo("127.0.0.2");
        assertThat(check(Map.of("address", "10.1.255.1")).address()).isEqualTo("10.1.255.1");
        assertThat(check(Map.of("address", "2001:db8::7")).address()).isEqualTo("2001:db8::7");
        assertRefused(Map.of("address", "10.2.0.1"), "callback_networks");
        assertRefused(Map.of("address", "2001:db9::7"), "callback_networks");
    }

    @Test
    void refuses_another_target_than_the_ramdisk_was_given() {
        assertRefused(Map.of("iqn", "iqn.2008-10.org.openstack:other"), "but the ramdisk was given " + IQN);
        config = config.withForeignTargetNames();
        assertThat(check(Map.of("iqn", "iqn.other")).iqn()).isEqualTo("iqn.other");
        assertRefused(Map.of("iqn", "other"), "is no iSCSI name");
        assertRefused(Map.of("iqn", "iqn.other\nname"), "is no iSCSI name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "x", "3260 ", "99999999999"})
    void refuses_a_port_that_is_none(String port) {
        assertRefused(Map.of("port", port), "'port' is not a number from 1 to 65535");
    }

    @Test
    void refuses_a_lun_that_is_none() {
        assertRefused(Map.of("lun", "16384"), "'lun' is not a number");
    }

    @Test
    void names_all_that_is_wrong_at_once() {
        assertThatThrownBy(() -> check(Map.of("address", "x", "iqn", "y", "port", "z", "lun", "w")))
                .hasMessageContaining("'address'")
                .hasMessageContaining("'iqn'")
                .hasMessageContaining("'port'")
                .hasMessageContaining("'lun'");
    }

    @Test
    void cleans_the_error_of_the_ramdisk() {
        assertThat(check(Map.of("error", "no\ndisk\u001b[31m http://u:secret@h/"))
                        .error())
                .contains("no disk [31m http://***@h/");
        assertThat(check(Map.of("error", " ")).error()).isEmpty();
        assertThat(check(Map.of("error", "x".repeat(10_000))).error().orElseThrow())
                .hasSizeLessThan(600);
    }

    @Test
    void is_remembered_without_the_key_and_read_back() {
        RamdiskCall call = check(Map.of("key", "KEY", "port", "3261"));

        assertThat(call.toVendorCall("pass_deploy_info").parameters()).doesNotContainKey("key");
        assertThat(RamdiskCall.of(call.toVendorCall("pass_deploy_info"))).isEqualTo(call);
    }

    @Test
    void refuses_networks_that_are_none() {
        for (String text : List.of("10.0.0.0/33", "10.0.0.0/8/8", "host/8", "10.0.0.0/", "", "::/129", "10.0.0.0/-1")) {
            assertThatThrownBy(() -> RamdiskConfig.defaults().withCallbackNetworks(List.of(text)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no network");
        }
    }

    private void assertRefused(Map<String, Object> values, String words) {
        assertThatThrownBy(() -> check(values))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(words);
    }

    private RamdiskCall check(Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("address", "10.0.0.7", "iqn", IQN));
        all.putAll(values);
        return new CallbackCheck(config).check(NODE, new VendorCall("pass_deploy_info", all));
    }
}
