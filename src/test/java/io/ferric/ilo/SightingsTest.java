package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.License;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen while a node is verified, and what validate says of it afterwards. */
class SightingsTest {
    private Bench bench;
    private IloDriver driver;
    private final FakeTask task = FakeTask.complete().in(ProvisionState.VERIFYING);

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        driver = bench.driver();
        set("ilo_verify_ca", "true");
        when(bench.ilo.power()).thenReturn(PowerState.ON);
    }

    private void set(String key, Object value) {
        task.with(spec -> {
            Map<String, Object> info = new HashMap<>(spec.driverInfo().values());
            info.put(key, value);
            return spec.withDriverInfo(info);
        });
    }

    private void sees(String processor, String firmware, String... licenses) {
        when(bench.ilo.firmware()).thenReturn(new Firmware(firmware, processor));
        when(bench.ilo.licenses())
                .thenReturn(List.of(licenses).stream().map(License::new).toList());
        driver.power().state(task);
        clearInvocations(bench.ilo);
    }

    private List<String> warnings(BiConsumer<Task, Findings> validate) {
        Findings findings = new Findings();
        validate.accept(task, findings);
        verifyNoInteractions(bench.ilo);
        return findings.warnings().stream().map(Finding::message).toList();
    }

    private String deployErrors() {
        Findings findings = new Findings();
        driver.deploy().validate(task, findings);
        return findings.text();
    }

    @Test
    void warns_of_nothing_when_all_is_well_or_nothing_was_seen() {
        assertThat(warnings(driver.management()::validate)).isEmpty();
        sees("iLO5", "2.72", "iLO 5 Advanced");
        assertThat(warnings(driver.management()::validate)).isEmpty();
        assertThat(warnings(driver.deploy()::validate)).isEmpty();
    }

    @Test
    void warns_of_firmware_that_lets_anyone_in() {
        sees("iLO4", "2.50", "iLO 4 Advanced");
        assertThat(warnings(driver.management()::validate))
                .containsExactly("The iLO 4 firmware 2.50 lets anyone on its network in without a password"
                        + " (CVE-2017-12542); update it to 2.54 or later.");
    }

    @Test
    void warns_of_firmware_below_the_known_minimum() {
        sees("iLO5", "2.44", "iLO 5 Advanced");
        assertThat(warnings(driver.management()::validate))
                .singleElement()
                .asString()
                .startsWith("The iLO 5 firmware 2.44 ")
                .contains("2.63");
        sees("iLO6", "1.40", "iLO 6 Advanced");
        assertThat(warnings(driver.management()::validate))
                .singleElement()
                .asString()
                .startsWith("The iLO 6 firmware 1.40 ")
                .contains("1.57");
    }

    @Test
    void warns_of_a_license_without_virtual_media_where_media_are_needed() {
        sees("iLO5", "2.72", "iLO Standard");
        String warning = "The iLO had no license for virtual media at 2026-11-22T12:00:00Z, but: iLO Standard. A deploy"
                + " needs an iLO Advanced or Scale-Out license.";
        assertThat(warnings(driver.deploy()::validate)).containsExactly(warning);
        assertThat(warnings(driver.media().orElseThrow()::validate)).containsExactly(warning);
        assertThat(warnings(driver.power()::validate)).isEmpty();
        sees("iLO5", "2.72");
        assertThat(warnings(driver.deploy()::validate))
                .singleElement()
                .asString()
                .contains("but: none.");
    }

    @Test
    void warns_of_trust_that_is_off() {
        set("ilo_verify_ca", "false");
        assertThat(warnings(driver.management()::validate))
                .singleElement()
                .asString()
                .startsWith("The iLO's certificate is not verified")
                .contains("ilo_fingerprint");
    }

    @Test
    void what_was_seen_is_kept_with_the_node_and_survives_a_restart() {
        sees("iLO4", "2.50", "iLO 4 Advanced");
        assertThat(task.remembered(Sightings.REMEMBERED))
                .isEqualTo(Map.of(
                        "address", "127.0.0.1:443",
                        "protocol", "RIBCL",
                        "processor", "iLO4",
                        "firmware", "2.50",
                        "licenses", List.of("iLO 4 Advanced"),
                        "at", "2026-11-22T12:00:00Z"));
        driver = bench.driver();
        assertThat(warnings(driver.management()::validate)).hasSize(1);
    }

    @Test
    void what_was_seen_outlives_a_tear_down_but_no_other_address() {
        sees("iLO4", "2.50", "iLO 4 Advanced");
        task.forget(Sightings.REMEMBERED);
        assertThat(warnings(driver.management()::validate)).hasSize(1);
        set("ilo_address", "127.0.0.2");
        assertThat(warnings(driver.management()::validate)).isEmpty();
    }

    @Test
    void an_ilo_that_tells_neither_is_verified_all_the_same() {
        OperationFailed refused = new OperationFailed("IloOperationError", "refused", "");
        when(bench.ilo.firmware()).thenThrow(refused);
        when(bench.ilo.licenses()).thenThrow(refused);
        assertThat(driver.power().state(task)).isEqualTo(PowerState.ON);
        clearInvocations(bench.ilo);
        assertThat(warnings(driver.management()::validate)).isEmpty();
        assertThat(warnings(driver.deploy()::validate)).isEmpty();
    }

    @Test
    void a_rejected_login_is_not_taken_for_silence() {
        when(bench.ilo.firmware())
                .thenThrow(new OperationFailed("IloOperationError", "rejected", "", new LoginRejected("no")));
        assertThatThrownBy(() -> driver.power().state(task)).hasMessage("rejected");
    }

    @Test
    void an_ilo_that_takes_https_only_is_offered_nothing_else() {
        when(bench.publisher.servedAt()).thenReturn(Optional.of(URI.create("http://10.1.1.1:6386/")));
        assertThat(deployErrors()).isEmpty();
        sees("iLO7", "1.12.00", "iLO 7 Advanced");
        task.in(ProvisionState.AVAILABLE);
        assertThat(deployErrors())
                .isEqualTo(
                        "'publisher.local' serves images at http://10.1.1.1:6386/, but the iLO (iLO 7 firmware 1.12.00)"
                                + " takes images by https only. Set tls_certificate and tls_key, or an external_url with https://."
                                + " 'driver_info/ilo_deploy_iso' is the URL http://127.0.0.1:8080/.../deploy.iso, but the iLO (iLO 7"
                                + " firmware 1.12.00) takes images by https only. Give one with https://.");
        when(bench.publisher.servedAt()).thenReturn(Optional.of(URI.create("https://10.1.1.1:6386/")));
        set("ilo_deploy_iso", "https://127.0.0.1:8080/deploy.iso");
        assertThat(deployErrors()).isEmpty();
    }

    @Test
    void a_deploy_finds_it_before_the_power_goes_off() {
        when(bench.publisher.servedAt()).thenReturn(Optional.of(URI.create("http://10.1.1.1:6386/")));
        when(bench.ilo.firmware()).thenReturn(new Firmware("1.12.00", "iLO7"));
        task.in(ProvisionState.DEPLOYING);
        assertThatThrownBy(() -> driver.deploy().deploy(task)).hasMessageContaining("takes images by https only");
        assertThat(task.power).isEmpty();
        assertThat(task.events).contains("ilo: The iLO is spoken to in RIBCL: iLO 7 firmware 1.12.00");
    }
}
