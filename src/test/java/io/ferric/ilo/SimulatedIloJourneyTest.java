package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Driver;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.lab.ilo.BootAttempt;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.PowerHook;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.NodeFault;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole driver and its RIBCL client against a pretend iLO over TLS; only disk and publisher are mocked. */
@Timeout(120)
class SimulatedIloJourneyTest {
    private static final String DEPLOY_ISO = "http://127.0.0.1:8080/deploy.iso";

    private SimulatedIlo ilo;
    private Bench bench;
    private Driver driver;
    private final ManualClock clock = new ManualClock();
    private final FakeTask task = FakeTask.complete().in(ProvisionState.DEPLOYING);

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        ilo = SimulatedIlo.builder()
                .slowness(Duration.ofSeconds(3))
                .powerDelays(Duration.ofMillis(5), Duration.ofMillis(5))
                .start();
        bench = new Bench(folder);
        bench.config = bench.config.withPower(30, Duration.ofMillis(5));
        driver = bench.onto(ilo, new RibclConnector(HttpsExchange.create(), IloTrace.NONE), clock, task);
    }

    @AfterEach
    void stop() {
        ilo.close();
    }

    private DeployOutcome deploy() {
        driver.deploy().prepare(task);
        return driver.deploy().deploy(task);
    }

    @Test
    void first_visit_leaves_the_server_booting_from_the_virtual_cd() {
        ilo.state().powerOn();
        assertThat(deploy()).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl()).contains(DEPLOY_ISO);
        assertThat(ilo.state().bay(MediaDevice.CDROM).writeProtected()).isTrue();
        assertThat(ilo.state().bay(MediaDevice.FLOPPY).imageUrl().orElseThrow())
                .endsWith("image-" + FakeTask.NODE + ".img");
        assertThat(ilo.events(Kind.ONE_TIME_BOOT)).containsExactly("CDROM");
        List<Kind> order = ilo.events().stream().map(event -> event.kind()).toList();
        assertThat(order.indexOf(Kind.INSERTED)).isLessThan(order.lastIndexOf(Kind.POWERED_ON));
    }

    @Test
    void second_visit_changes_the_media_and_clean_up_ejects_them() {
        deploy();
        RamdiskCall call = new RamdiskCall("127.0.0.2", 3260, "iqn.2008-10.org.openstack:x", 1, Optional.empty());
        driver.vendor().orElseThrow().resume(task, call.toVendorCall("pass_deploy_info"));
        assertThat(ilo.state().bay(MediaDevice.FLOPPY).inserted()).isFalse();
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl().orElseThrow()).contains("/boot-");
        driver.deploy().tearDown(task);
        driver.deploy().cleanUp(task);
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
        assertThat(bench.published).isEmpty();
    }

    @Test
    void reboot_of_an_active_node_attaches_its_boot_iso_anew() {
        ilo.state().powerOn();
        driver.power().apply(task, PowerAction.ON, Optional.empty());
        task.setInstanceInfo("ilo_boot_iso", "http://127.0.0.1:8080/instance.iso");
        task.in(ProvisionState.ACTIVE);
        driver.power().apply(task, PowerAction.REBOOT, Optional.empty());
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl()).contains("http://127.0.0.1:8080/instance.iso");
        assertThat(ilo.events(Kind.RESET)).hasSize(1);
    }

    @Test
    void boot_device_and_mode_can_be_read_and_set() {
        var management = driver.management();
        management.setBootDevice(task, BootDevice.PXE, true);
        assertThat(management.bootDevice(task))
                .isEqualTo(new BootChoice(Optional.of(BootDevice.PXE), Optional.of(true)));
        management.setBootDevice(task, BootDevice.CDROM, false);
        assertThat(management.bootDevice(task))
                .isEqualTo(new BootChoice(Optional.of(BootDevice.CDROM), Optional.of(false)));
        management.setBootMode(task, BootMode.UEFI);
        assertThat(management.bootMode(task)).contains(BootMode.UEFI);
        ilo.faults().always(IloFault.UNSUPPORTED_BOOT_MODE);
        assertThat(management.bootMode(task)).contains(BootMode.BIOS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE_ANSWER           | IloOperationError     | cannot be understood",
                "WRONG_DOCUMENT           | IloOperationError     | no RIBCL but an XML document <HTML>",
                "TRUNCATED_DOCUMENT       | IloOperationError     | cannot be understood",
                "DROP_IN_CHUNK            | IloOperationError     | ended in the middle of the answer",
                "DROP_AT_ONCE             | IloOperationError     | connection ended before the answer",
                "HTTP_503                 | IloOperationError     | HTTP status 503",
                "RIBCL_DISABLED           | IloOperationError     | RIBCL interface is switched off",
                "LOGIN_FAILED             | IloOperationError     | rejects the user name or the password",
                "UNKNOWN_COMMAND          | IloOperationError     | firmware does not know the command",
                "NO_LICENSE               | InstanceDeployFailure | no license for virtual media; it has: iLO 4 Standard",
                "INSERT_WITHOUT_INSERTING | IloOperationError     | without an error and has nothing inserted",
                "INSERT_FAILS             | IloOperationError     | inserting virtual media FLOPPY failed"
            })
    void a_deploy_on_a_bad_ilo_fails_in_words_an_operator_understands(IloFault fault, String code, String words) {
        ilo.faults().always(fault);
        NodeFault thrown =
                catchThrowableOfType(NodeFault.class, () -> driver.deploy().deploy(task));
        assertThat(thrown.code()).isEqualTo(code);
        assertThat(thrown.inPlainWords()).contains(words).doesNotContain(SimulatedIlo.DEFAULT_PASSWORD);
        assertThat(thrown.hint()).isPresent();
        ilo.faults().clear();
        driver.deploy().cleanUp(task);
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
        assertThat(ilo.state().bay(MediaDevice.FLOPPY).inserted()).isFalse();
        assertThat(bench.published).isEmpty();
    }

    @Test
    void a_rejected_login_is_sent_once() {
        ilo.faults().always(IloFault.LOGIN_FAILED);
        assertThatThrownBy(() -> driver.power().state(task)).isInstanceOf(NodeFault.class);
        assertThat(ilo.events(Kind.FAULT)).containsExactly("LOGIN_FAILED");
    }

    @Test
    void power_is_asked_for_a_whole_night_with_a_wrong_password_and_a_few_logins_are_tried() {
        task.setDriverInfo("ilo_password", "wrong-1");
        for (int minute = 0; minute < 8 * 60; minute++) {
            assertThatThrownBy(() -> driver.power().state(task)).isInstanceOf(NodeFault.class);
            clock.advance(Duration.ofMinutes(1));
        }
        // after 5, 10, 20, 40 minutes, then every hour
        assertThat(ilo.events(Kind.LOGIN_REJECTED)).hasSize(11);

        task.setDriverInfo("ilo_password", SimulatedIlo.DEFAULT_PASSWORD);
        assertThat(driver.power().state(task)).isEqualTo(PowerState.OFF);
    }

    @Test
    void an_operating_system_that_heeds_the_button_is_shut_down() {
        ilo.state().attach(listening());
        driver.power().apply(task, PowerAction.ON, Optional.empty());
        driver.power().apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofSeconds(10)));
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
        driver.power().apply(task, PowerAction.ON, Optional.empty());
        driver.power().apply(task, PowerAction.SOFT_REBOOT, Optional.of(Duration.ofSeconds(10)));
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        assertThat(ilo.events(Kind.BUTTON_PRESSED)).hasSize(2);
        assertThat(ilo.events(Kind.RESET)).isEmpty();
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

    @Test
    void an_operating_system_that_does_not_heed_the_button_goes_on_running() {
        driver.power().apply(task, PowerAction.ON, Optional.empty());
        assertThatThrownBy(() -> driver.power().apply(task, PowerAction.SOFT_OFF, Optional.of(Duration.ofMillis(300))))
                .hasMessageContaining("the operating system did not shut down within 300 ms")
                .hasMessageEndingWith("; the server was left on");
        assertThat(ilo.state().power()).isEqualTo(Power.ON);
        assertThat(ilo.events(Kind.BUTTON_PRESSED)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"SLOW", "NEVER_ANSWERS"})
    void an_ilo_that_does_not_answer_in_time_is_said_to(IloFault fault) {
        ilo.faults().inject(fault, 1);
        task.setDriverInfo("client_timeout", 1);
        assertThatThrownBy(() -> driver.power().state(task)).hasMessageContaining("no answer within 1 s");
    }

    @Test
    void an_eject_that_fails_stops_no_clean_up() {
        deploy();
        ilo.faults().always(IloFault.EJECT_FAILS);
        driver.deploy().cleanUp(task);
        assertThat(bench.published).isEmpty();
        assertThat(task.events).anyMatch(event -> event.startsWith("clean up: Could not eject the virtual CD"));
    }

    @Test
    void a_server_whose_power_is_stuck_is_a_power_state_failure() {
        ilo.faults().always(IloFault.STUCK_POWER);
        assertThatThrownBy(() -> driver.power().apply(task, PowerAction.ON, Optional.empty()))
                .isInstanceOfSatisfying(
                        NodeFault.class, fault -> assertThat(fault.code()).isEqualTo("PowerStateFailure"));
    }

    @ParameterizedTest
    @CsvSource({"UNESCAPED_QUOTE", "CONTROL_BYTES"})
    void quirks_of_real_firmware_do_no_harm(IloFault quirk) {
        ilo.faults().always(quirk);
        assertThat(driver.power().state(task)).isEqualTo(PowerState.OFF);
        assertThat(deploy()).isEqualTo(new DeployOutcome.AwaitingRamdisk());
    }
}
