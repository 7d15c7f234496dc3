package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import io.ferric.driver.DriverProperty;
import io.ferric.driver.DriverServices;
import io.ferric.driver.Findings;
import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.InterfaceNames;
import io.ferric.ilo.client.MediaUse;
import io.ferric.node.NodeSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IloDriverTest {
    @Test
    void has_ironics_names(@TempDir Path folder) throws Exception {
        IloDriver driver = new Bench(folder).driver();
        assertThat(driver.name()).isEqualTo("ilo").isEqualTo(new IloDriverProvider().name());
        assertThat(driver.aliases()).containsExactly("iscsi_ilo", "ilo5");
    }

    @Test
    void describes_every_property_it_reads(@TempDir Path folder) throws Exception {
        assertThat(new Bench(folder).driver().properties())
                .extracting(DriverProperty::name)
                .containsExactlyInAnyOrder(
                        "ilo_address",
                        "ilo_username",
                        "ilo_password",
                        "client_port",
                        "client_timeout",
                        "ilo_protocol",
                        "ilo_old_tls",
                        "console_port",
                        "ilo_fingerprint",
                        "ilo_ca_file",
                        "ilo_verify_ca",
                        "ilo_deploy_iso",
                        "ramdisk_ip",
                        "ramdisk_gateway",
                        "ramdisk_report_ip");
    }

    @Test
    void what_a_killed_process_left_in_the_work_directory_goes_at_the_start(@TempDir Path folder) throws Exception {
        Bench bench = new Bench(folder);
        Path left = Files.createDirectories(bench.work.resolve("work-4711"));
        Files.writeString(left.resolve("image.img"), "deployment_key=KEY");
        Path foreign = Files.writeString(bench.work.resolve("notes.txt"), "not ours");
        bench.driver();
        assertThat(left).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void names_the_service_it_cannot_do_without() {
        assertThatThrownBy(() -> new IloDriverProvider().create(DriverServices.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("IscsiDeploy");
    }

    @Test
    void urls_outlive_the_wait_for_the_call_back() {
        IloConfig config = IloConfig.defaults();
        assertThat(config.deployHelperImagesTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.coveringCallback(Duration.ofMinutes(5))).isEqualTo(config);
        assertThat(config.coveringCallback(Duration.ZERO).deployHelperImagesTtl())
                .isEqualTo(Duration.ofMinutes(40));
        assertThat(config.coveringCallback(Duration.ofMinutes(30)).deployHelperImagesTtl())
                .isEqualTo(Duration.ofMinutes(35));
        assertThat(config.coveringCallback(Duration.ofHours(2)).deployHelperImagesTtl())
                .isEqualTo(Duration.ofMinutes(125));
    }

    @Test
    void settings_that_would_fail_in_the_middle_of_a_deploy_fail_at_the_start() {
        IloConfig config = IloConfig.defaults();
        assertThatThrownBy(() -> config.withPower(0, Duration.ofSeconds(2))).hasMessageContaining("power_retry");
        assertThatThrownBy(() -> config.withDeployHelperImagesTtl(Duration.ZERO))
                .hasMessageContaining("ttl");
        assertThatThrownBy(() -> config.withStepTimeout(Duration.ZERO)).hasMessageContaining("step_timeout");
        assertThatThrownBy(() -> new CleanPriorities(99, -1, 0, 0)).hasMessageContaining("erase_devices must be");
        assertThatThrownBy(() -> config.withKernelAppendParams("quiet\ninit=/bin/sh"))
                .hasMessageContaining("kernel parameters");
    }

    @Test
    void a_copy_differs_in_what_was_asked_for_and_in_nothing_else() {
        IloConfig config = IloConfig.defaults();
        Path file = Path.of("/x");
        IloConfig other = config.withPower(9, Duration.ofSeconds(7))
                .withProtocol(ProtocolChoice.REDFISH)
                .withMediaUse(MediaUse.BOOT_ONCE)
                .withCleanPriorities(new CleanPriorities(1, 2, 3, 4))
                .withStepTimeout(Duration.ofMinutes(3))
                .withWorkDirectory(file)
                .withIsolinuxBin(file)
                .withGrubEfi(file)
                .withKernelAppendParams("quiet")
                .withDeployHelperImagesTtl(Duration.ofMinutes(1));
        assertThat(other)
                .isEqualTo(new IloConfig(
                        config.clientTimeout(),
                        config.clientPort(),
                        9,
                        Duration.ofSeconds(7),
                        Duration.ofMinutes(1),
                        "quiet",
                        config.checkLicense(),
                        config.verifyCa(),
                        ProtocolChoice.REDFISH,
                        MediaUse.BOOT_ONCE,
                        new CleanPriorities(1, 2, 3, 4),
                        Duration.ofMinutes(3),
                        file,
                        Optional.of(file),
                        Optional.of(file)));
    }

    @Test
    void nodes_made_for_ironics_type_keep_their_interfaces_and_hear_what_they_stand_for(@TempDir Path folder)
            throws Exception {
        Bench bench = new Bench(folder);
        IloDriver driver = bench.driver();
        Map<String, String> ironics = Map.ofEntries(
                Map.entry("bios", "ilo"),
                Map.entry("boot", "ilo-pxe"),
                Map.entry("console", "ilo"),
                Map.entry("deploy", "direct"),
                Map.entry("inspect", "ilo"),
                Map.entry("management", "ilo"),
                Map.entry("network", "flat"),
                Map.entry("power", "ilo"),
                Map.entry("raid", "agent"),
                Map.entry("rescue", "agent"),
                Map.entry("storage", "cinder"),
                Map.entry("vendor", "ilo"));
        ironics.forEach((kind, name) ->
                assertThat(driver.interfaces().of(kind)).as(kind).contains(name));
        assertThat(driver.interfaces().byKind().keySet()).containsExactlyInAnyOrderElementsOf(InterfaceNames.KINDS);

        assertThat(warnings(driver, ironics))
                .hasSize(7)
                .contains("boot_interface is ilo-pxe, but the server boots from virtual media of its iLO all the same.")
                .contains(
                        "deploy_interface is direct, but the conductor writes the disk over iSCSI, and no agent fetches the"
                                + " image.");
        assertThat(warnings(driver, Map.of())).isEmpty();
        Map<String, String> ours = new HashMap<>();
        InterfaceNames.KINDS.forEach(
                kind -> ours.put(kind, driver.interfaces().first(kind).orElseThrow()));
        assertThat(warnings(driver, ours)).isEmpty();
    }

    private static List<String> warnings(IloDriver driver, Map<String, String> interfaces) {
        FakeTask task = FakeTask.complete();
        task.with(spec -> new NodeSpec(
                spec.name(),
                spec.driver(),
                spec.driverInfo(),
                spec.instanceInfo(),
                spec.properties(),
                spec.extra(),
                spec.instanceUuid(),
                spec.resourceClass(),
                spec.details().withInterfaces(interfaces)));
        Findings findings = new Findings();
        driver.deploy().validate(task, findings);
        return findings.warnings().stream()
                .filter(each -> each.field().endsWith("_interface"))
                .map(each -> each.message())
                .toList();
    }

    @Test
    void firmware_is_that_of_bios_and_ilo(@TempDir Path folder) throws Exception {
        Bench bench = new Bench(folder);
        FakeTask task = FakeTask.complete();
        when(bench.ilo.inventory()).thenCallRealMethod();
        assertThat(bench.driver().firmware().orElseThrow().components(task))
                .containsExactly(
                        new FirmwareInterface.Component("bios", Optional.empty()),
                        new FirmwareInterface.Component("bmc", Optional.of("2.78")));
    }
}
