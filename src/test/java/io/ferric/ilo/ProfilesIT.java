package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.BiosInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Driver;
import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.InspectInterface.Inspected;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.PowerHook;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.testkit.ManualClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The whole driver against each kind of iLO there is, in whatever protocol suits it; only disk and publisher are mocked. */
@Timeout(120)
class ProfilesIT {
    private static final String DEPLOY_ISO = "https://127.0.0.1:8080/deploy.iso";

    private SimulatedIlo ilo;
    private Bench bench;
    private Driver driver;
    private IloConnections connections;
    private final ManualClock clock = new ManualClock();
    private final FakeTask task = FakeTask.complete().in(ProvisionState.DEPLOYING);

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        bench.scheme = "https";
        bench.config = bench.config.withPower(100, Duration.ofMillis(5));
    }

    @AfterEach
    void stop() {
        connections.close();
        ilo.close();
    }

    private void start(IloProfile profile) throws Exception {
        ilo = SimulatedIlo.builder()
                .profile(profile)
                .powerDelays(Duration.ofMillis(5), Duration.ofMillis(5))
                .start();
        connections = IloConnections.create(IloTrace.NONE);
        driver = bench.onto(ilo, connections, clock, task);
    }

    @ParameterizedTest
    @EnumSource(value = IloProfile.class, mode = Mode.EXCLUDE, names = "ILO3_G7")
    void both_visits_of_a_deploy_and_what_comes_after(IloProfile profile) throws Exception {
        start(profile);
        ilo.state().powerOn();
        driver.deploy().prepare(task);
        assertThat(driver.deploy().deploy(task)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl()).contains(DEPLOY_ISO);
        assertThat(ilo.state().bay(MediaDevice.FLOPPY).inserted()).isTrue();
        assertThat(ilo.events(Kind.BOOTED)).last().asString().startsWith("[CDROM");
        String protocol = profile.generation() == 4 ? "(RIBCL|Redfish)" : "Redfish";
        assertThat(task.events)
                .anyMatch(event -> event.matches("ilo: The iLO is spoken to in " + protocol + ": iLO "
                        + profile.generation() + " firmware [0-9.]+"));

        RamdiskCall call = new RamdiskCall("127.0.0.2", 3260, "iqn.2008-10.org.openstack:x", 1, Optional.empty());
        driver.vendor().orElseThrow().resume(task, call.toVendorCall("pass_deploy_info"));
        assertThat(ilo.state().bay(MediaDevice.FLOPPY).inserted()).isFalse();
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl().orElseThrow()).contains("/boot-");

        task.in(ProvisionState.ACTIVE);
        driver.power().apply(task, PowerAction.REBOOT, Optional.empty());
        assertThat(ilo.events(Kind.RESET)).hasSize(1);

        driver.deploy().tearDown(task);
        driver.deploy().cleanUp(task);
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
        assertThat(bench.published).isEmpty();
    }

    /** But iLO 3, of which RIBCL tells no inventory yet. */
    @ParameterizedTest
    @EnumSource(value = IloProfile.class, mode = Mode.EXCLUDE, names = "ILO3_G7")
    void is_inspected(IloProfile profile) throws Exception {
        start(profile);
        ilo.state().powerOn();
        reaches(PowerState.ON);
        Inspected found = driver.inspect().orElseThrow().inspect(task);
        assertThat(found.properties()).containsOnlyKeys("memory_mb", "cpus", "cpu_arch", "local_gb");
        assertThat((Long) found.properties().get("memory_mb")).isPositive();
        assertThat((Integer) found.properties().get("cpus")).isPositive();
        assertThat((Long) found.properties().get("local_gb")).isPositive();
        assertThat(found.macs()).isNotEmpty().allMatch(mac -> mac.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}"));
        assertThat(found.capabilities())
                .containsEntry("server_model", profile.model())
                .containsKeys("rom_firmware_version", "ilo_firmware_version", "boot_mode_bios", "boot_mode_uefi");
        assertThat(found.inventory()).containsKeys("serial_number", "ilo", "disks", "nics", "health");
    }

    @ParameterizedTest
    @EnumSource(IloProfile.class)
    void is_shut_down_softly_if_the_operating_system_listens(IloProfile profile) throws Exception {
        start(profile);
        driver.power().apply(task, PowerAction.ON, Optional.empty());
        assertThatThrownBy(() -> driver.power().apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofMillis(200))))
                .isInstanceOfSatisfying(
                        OperationFailed.class, fault -> assertThat(fault.code()).isEqualTo("PowerStateFailure"))
                .hasMessageContaining("the operating system did not shut down within 200 ms");
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        ilo.state().attach(listening());
        driver.power().apply(task, PowerAction.SOFT_REBOOT, Optional.of(Duration.ofSeconds(10)));
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        driver.power().apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofSeconds(10)));
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
    }

    private PowerHook listening() {
        return new PowerHook() {
            @Override
            public void booting(BootAttempt boot) {}

            @Override
            public void powerButtonPressed() {
                ilo.state().hostPowerOff();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(value = IloProfile.class, mode = Mode.EXCLUDE, names = "ILO3_G7")
    void boot_device_boot_mode_and_sensors(IloProfile profile) throws Exception {
        start(profile);
        ManagementInterface management = driver.management();
        management.setBootDevice(task, BootDevice.CDROM, false);
        assertThat(management.bootDevice(task).device()).contains(BootDevice.CDROM);
        if (profile != IloProfile.ILO4_GEN8) {
            assertThat(management.supportedBootModes(task)).contains(BootMode.UEFI);
            management.setBootMode(task, BootMode.UEFI);
            assertThat(management.bootMode(task)).contains(BootMode.UEFI);
            assertThat(ilo.state().pendingMode()).isEqualTo(FirmwareMode.UEFI);
        }
        if (profile.generation() > 4) {
            driver.power().apply(task, PowerAction.ON, Optional.empty());
            assertThat(management.sensors(task)).containsKeys("Temperature", "Fan");
        }
    }

    /** Gen8 and older have none that could be reached. */
    @ParameterizedTest
    @EnumSource(
            value = IloProfile.class,
            mode = Mode.EXCLUDE,
            names = {"ILO3_G7", "ILO4_GEN8"})
    void bios_settings_are_changed_and_those_of_the_factory_come_back(IloProfile profile) throws Exception {
        start(profile);
        StepsInterface steps = driver.steps().orElseThrow();
        List<Map<String, String>> wanted = List.of(Map.of("name", "Sriov", "value", "Disabled"));
        steps.run(task, new StepCall("bios", "apply_configuration", Map.of("settings", wanted)));
        assertThat(bios("Sriov").value()).contains("Disabled");
        assertThat(bios("Sriov").allowed()).containsExactly("Enabled", "Disabled");
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
        List<Map<String, String>> wrong = List.of(Map.of("name", "Sriov", "value", "Perhaps"));
        assertThatThrownBy(
                        () -> steps.run(task, new StepCall("bios", "apply_configuration", Map.of("settings", wrong))))
                .isInstanceOf(InvalidRequest.class);
        steps.run(task, new StepCall("bios", "factory_reset", Map.of()));
        assertThat(bios("Sriov").value()).contains("Enabled");
    }

    @ParameterizedTest
    @EnumSource(
            value = IloProfile.class,
            names = {"ILO3_G7", "ILO4_GEN8"})
    void older_ones_say_that_their_bios_settings_cannot_be_reached(IloProfile profile) throws Exception {
        start(profile);
        assertThatThrownBy(() -> driver.bios().orElseThrow().settings(task))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, fault -> assertThat(fault.code()).isEqualTo("UnsupportedDriverExtension"))
                .hasMessageContaining("reading the BIOS settings");
    }

    private BiosInterface.Setting bios(String name) {
        return driver.bios().orElseThrow().settings(task).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(value = IloProfile.class, mode = Mode.EXCLUDE, names = "ILO3_G7")
    void firmware_versions_and_an_ilo_that_comes_back_from_its_reset(IloProfile profile) throws Exception {
        start(profile);
        driver.steps().orElseThrow().run(task, new StepCall("management", "reset_ilo", Map.of()));
        assertThat(ilo.events(Kind.ILO_RESET)).hasSize(1);
        assertThat(driver.firmware().orElseThrow().components(task))
                .extracting(FirmwareInterface.Component::name)
                .containsExactly("bios", "bmc");
        assertThat(driver.firmware().orElseThrow().components(task))
                .allMatch(each -> each.version().isPresent());
    }

    @ParameterizedTest
    @EnumSource(IloProfile.class)
    void media_by_hand(IloProfile profile) throws Exception {
        start(profile);
        task.in(ProvisionState.MANAGEABLE);
        MediaInterface media = driver.media().orElseThrow();
        media.attach(task, Device.CDROM, URI.create("https://127.0.0.1:8080/one.iso"));
        media.attach(task, Device.CDROM, URI.create("https://127.0.0.1:8080/two.iso"));
        assertThat(media.attached(task).get(0).image()).isEqualTo("https://127.0.0.1:8080/.../two.iso");
        media.detach(task, List.of(Device.CDROM, Device.FLOPPY));
        assertThat(media.attached(task)).noneMatch(each -> each.inserted());
    }

    @ParameterizedTest
    @EnumSource(IloProfile.class)
    void a_night_with_a_wrong_password_costs_eleven_logins(IloProfile profile) throws Exception {
        start(profile);
        task.setDriverInfo("ilo_password", "wrong-1");
        for (int minute = 0; minute < 8 * 60; minute++) {
            assertThatThrownBy(() -> driver.power().state(task)).isInstanceOf(NodeFault.class);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(ilo.events(Kind.LOGIN_REJECTED)).hasSize(11);
    }

    @ParameterizedTest
    @EnumSource(value = IloProfile.class, mode = Mode.EXCLUDE, names = "ILO3_G7")
    void an_ilo_that_inserts_nothing_and_says_nothing_is_found_out(IloProfile profile) throws Exception {
        start(profile);
        ilo.faults().always(IloFault.INSERT_WITHOUT_INSERTING);
        assertThatThrownBy(() -> driver.deploy().deploy(task))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("Inserting virtual media FLOPPY: the iLO took https://127.0.0.1:8089/.../image-"
                        + FakeTask.NODE + ".img without an error and has nothing inserted");
    }

    private void reaches(PowerState goal) {
        org.awaitility.Awaitility.await().until(() -> driver.power().state(task) == goal);
    }
}
