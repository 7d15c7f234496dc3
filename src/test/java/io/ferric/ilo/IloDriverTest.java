package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.DriverProperty;
import io.ferric.driver.DriverServices;
import io.ferric.ilo.client.MediaUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
}
