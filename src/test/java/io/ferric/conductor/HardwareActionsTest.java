package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.driver.BiosInterface;
import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.BootMode;
import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.store.ReservationStore.Hold;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Soft power, inspection, virtual media, management and warnings on a real conductor with the fake driver. */
class HardwareActionsTest {
    private static final URI IMAGE = URI.create("http://user:hunter2@h/x.iso?whatever=f00d");
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = new Rig();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static Node manageable(Map<String, Object> driverInfo) {
        Node node = rig.enrol(driverInfo);
        rig.provision(node, "manage");
        return rig.reaches(node, ProvisionState.MANAGEABLE);
    }

    private static String id(Node node) {
        return node.uuid().toString();
    }

    private static Node power(Node node, PowerAction action, Optional<Duration> timeout) {
        rig.conductor.power(id(node), action, timeout, Requester.NOBODY);
        return rig.settles(node);
    }

    private static Node on(Map<String, Object> driverInfo) {
        Node node = rig.enrol(driverInfo);
        rig.hardware.power(node.uuid(), PowerState.ON);
        return node;
    }

    @Test
    void a_soft_power_off_has_the_time_that_is_configured_or_asked_for() {
        Node node = on(Map.of());
        assertThat(power(node, PowerAction.SOFT_OFF, Optional.empty()).status().power())
                .contains(PowerState.OFF);
        assertThat(rig.hardware.calls(node.uuid())).contains("power_set soft power off within 600 s");
        power(node, PowerAction.SOFT_OFF, Optional.empty());
        assertThat(rig.steps(node)).anyMatch(step -> step.contains("Nothing to do for 'soft power off'"));
        power(node, PowerAction.SOFT_REBOOT, Optional.of(Duration.ofSeconds(7)));
        assertThat(rig.hardware.calls(node.uuid())).contains("power_set soft rebooting within 7 s");
        assertThat(rig.now(node).status().power()).contains(PowerState.ON);
    }

    @Test
    void a_soft_power_off_that_is_not_heeded_leaves_what_the_hardware_says() {
        Node node = on(Map.of("fake_ignores_soft_power", true));
        Node after = power(node, PowerAction.SOFT_OFF, Optional.of(Duration.ofSeconds(5)));
        assertThat(after.status().power()).contains(PowerState.ON);
        assertThat(after.status().targetPower()).isEmpty();
        assertThat(after.status().lastError())
                .contains(
                        "Failed to change power state to 'soft power off'. Error: The operating system did not switch"
                                + " the server off within 5 s. Look at the server's console, or switch it off with 'power off'.");
    }

    @Test
    void an_inspection_records_what_it_found() {
        Node other = rig.enrol(Map.of());
        rig.conductor.ports().create(new Port(UUID.randomUUID(), other.uuid(), "52:54:00:00:00:0a", Map.of()));
        Node node = manageable(Map.of("fake_macs", "52:54:00:00:00:0B, 52:54:00:00:00:0a,52:54:00:00:00:0c,nonsense"));
        rig.conductor.ports().create(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:0c", Map.of("keep", 1)));
        rig.conductor.updateNode(
                id(node),
                spec -> spec.withProperties(Map.of("capabilities", "raid:yes,boot_mode:uefi", "cpus", 1, "rack", "7")));
        rig.provision(node, "inspect");
        Node found = rig.reaches(node, ProvisionState.MANAGEABLE);

        assertThat(found.spec().properties())
                .containsEntry("cpus", 8)
                .containsEntry("memory_mb", 16384)
                .containsEntry("rack", "7");
        assertThat(found.spec().capability("raid")).contains("yes");
        assertThat(found.spec().capability("boot_mode")).contains("bios");
        assertThat(rig.conductor.ports().list(EntryQuery.ofNode(node.uuid())).stream()
                        .map(Port::address))
                .containsExactlyInAnyOrder("52:54:00:00:00:0b", "52:54:00:00:00:0c");
        assertThat(rig.steps(node))
                .anyMatch(step -> step.contains("belongs to node " + other.uuid()))
                .anyMatch(step -> step.contains("No port was made for nonsense"));
        assertThat(rig.conductor.inventory(id(node))).containsKey("system_vendor");
        assertThat(found.status().observed().bootMode()).contains(BootMode.BIOS);
        assertThat(found.status().observed().inspectionFinishedAt()).isPresent();
        assertThat(found.status().observed().inspectionStartedAt())
                .as("none runs")
                .isEmpty();
    }

    @Test
    void an_inspection_that_fails_says_why_and_can_be_tried_again() {
        Node node = manageable(Map.of("fake_fail", "inspect"));
        rig.provision(node, "inspect");
        Node failed = rig.reaches(node, ProvisionState.INSPECT_FAILED);
        assertThat(failed.status().lastError().orElseThrow()).startsWith("Failed to inspect. Error: The fake driver");
        assertThat(failed.status().observed().inspectionStartedAt())
                .as("none runs")
                .isEmpty();
        assertThat(failed.status().observed().inspectionFinishedAt()).isEmpty();
        assertThatThrownBy(() -> rig.conductor.inventory(id(node))).isInstanceOf(NotFound.class);
        rig.conductor.updateNode(id(node), spec -> spec.withDriverInfo(Map.of()));
        rig.provision(node, "inspect");
        assertThat(rig.reaches(node, ProvisionState.MANAGEABLE).status().lastError())
                .isEmpty();
    }

    @Test
    void media_are_attached_and_detached_and_their_urls_kept_nowhere() {
        Node node = rig.enrol(Map.of());
        rig.conductor.attachMedia(id(node), Device.CDROM, IMAGE, Requester.NOBODY);
        assertThat(rig.hardware.media(node.uuid())).containsEntry(Device.CDROM, IMAGE);
        assertThat(rig.conductor.attachedMedia(id(node))).anyMatch(drive -> drive.inserted());
        assertThat(rig.steps(node))
                .anyMatch(step -> step.contains("Attached http://h/x.iso as cdrom"))
                .noneMatch(step -> step.contains("f00d") || step.contains("hunter2"));
        rig.conductor.detachMedia(id(node), List.of(Device.CDROM), Requester.NOBODY);
        assertThat(rig.hardware.media(node.uuid())).isEmpty();
        assertThat(rig.now(node).reservation()).isEmpty();
    }

    @Test
    void nobody_touches_the_media_or_the_boot_mode_of_a_deploy() {
        Node node = rig.waiting();
        List<String> before = rig.hardware.calls(node.uuid());
        List.<Runnable>of(
                        () -> rig.conductor.attachMedia(id(node), Device.CDROM, IMAGE, Requester.NOBODY),
                        () -> rig.conductor.detachMedia(id(node), List.of(Device.CDROM), Requester.NOBODY),
                        () -> rig.conductor.setBootMode(id(node), BootMode.UEFI, Requester.NOBODY))
                .forEach(each -> assertThatThrownBy(each::run)
                        .isInstanceOf(Conflict.class)
                        .hasMessageContaining("while it is wait call-back"));
        assertThat(rig.hardware.calls(node.uuid())).isEqualTo(before);
    }

    @Test
    void a_held_node_is_locked_for_all_of_it() {
        Node node = rig.enrol(Map.of());
        Hold hold = rig.hold(node, "another");
        List.<Runnable>of(
                        () -> rig.conductor.injectNmi(id(node), Requester.NOBODY),
                        () -> rig.conductor.setBootMode(id(node), BootMode.UEFI, Requester.NOBODY),
                        () -> rig.conductor.setIndicator(id(node), "chassis", "led", IndicatorState.ON),
                        () -> rig.conductor.attachMedia(id(node), Device.FLOPPY, IMAGE, Requester.NOBODY))
                .forEach(each -> assertThatThrownBy(each::run)
                        .isInstanceOfSatisfying(
                                Conflict.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NODE_LOCKED)));
        rig.database.reservations().release(hold);
    }

    @Test
    void lights_interrupts_sensors_and_boot_mode_reach_the_driver() {
        Node node = rig.enrol(Map.of());
        rig.conductor.setIndicator(id(node), "chassis", "led", IndicatorState.BLINKING);
        assertThat(rig.conductor.indicator(id(node), "chassis", "led")).isEqualTo(IndicatorState.BLINKING);
        assertThatThrownBy(() -> rig.conductor.setIndicator(id(node), "system", "health", IndicatorState.ON))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("health@system");
        assertThatThrownBy(() -> rig.conductor.indicator(id(node), "chassis", "nosuch"))
                .isInstanceOf(NotFound.class);
        rig.conductor.injectNmi(id(node), Requester.NOBODY);
        assertThat(rig.hardware.calls(node.uuid())).contains("nmi");
        assertThat(rig.conductor.sensors(id(node))).containsKey("Temperature");
        rig.conductor.setBootMode(id(node), BootMode.UEFI, Requester.NOBODY);
        assertThat(rig.now(node).status().observed().bootMode()).contains(BootMode.UEFI);
        assertThatThrownBy(() -> rig.conductor.setSecureBoot(id(node), true))
                .isInstanceOfSatisfying(
                        NodeFault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.UNSUPPORTED_DRIVER_EXTENSION));
    }

    @Test
    void warnings_stop_nothing_and_are_noted_once() {
        Node node = rig.available(Map.of("fake_warning", "The firmware is old."));
        assertThat(rig.conductor.validate(id(node)).get("power").warnings()).hasSize(1);
        rig.provision(node, "active");
        rig.reaches(node, ProvisionState.ACTIVE);
        rig.provision(node, "rebuild");
        rig.reaches(node, ProvisionState.ACTIVE);
        assertThat(rig.steps(node).stream().filter(step -> step.contains("The firmware is old.")))
                .hasSize(1);
    }

    @Test
    void a_conductor_that_dies_takes_the_inspection_up_again_and_leaves_a_soft_power_off_open() {
        try (Rig own = new Rig()) {
            Node node = own.enrol(Map.of());
            own.provision(node, "manage");
            own.reaches(node, ProvisionState.MANAGEABLE);
            Node off = own.enrol(Map.of());
            own.conductor.close();
            own.hold(off, "rig");
            own.database.nodes().savePower(off.uuid(), Optional.of(PowerState.ON), Optional.of(PowerAction.SOFT_OFF));
            own.hardware.behave(FakeStep.INSPECT);
            own.restart(own.config);
            assertThat(own.now(off).status().power()).isEmpty();
            assertThat(own.now(off).status().lastError().orElseThrow()).contains("'soft power off'");
            assertThat(own.now(off).reservation()).isEmpty();
            own.provision(node, "inspect");
            own.restart(own.config);
            own.reaches(node, ProvisionState.MANAGEABLE);
        }
    }

    @Test
    void a_spec_keeps_what_was_not_looked_for() {
        NodeSpec spec = NodeSpec.ofDriver("x")
                .withProperties(Map.of("capabilities", new TreeMap<>(Map.of("a", "1", "b", "2"))));
        assertThat(spec.withFound(Map.of(), Map.of("b", "3,4", "c", " ")).properties())
                .isEqualTo(Map.of("capabilities", "a:1,b:3 4"));
    }

    @Test
    void looking_at_settings_holds_no_node_and_is_done_one_at_a_time() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        BiosInterface slow = mock(BiosInterface.class);
        when(slow.settings(any())).thenAnswer(call -> {
            asked.countDown();
            answers.await();
            return List.of();
        });
        Rig own = new Rig();
        Driver driver = mock(Driver.class, delegatesTo(new FakeDriver(own.hardware, duration -> {})));
        doReturn(Optional.of(slow)).when(driver).bios();
        Node node = own.available(Map.of());
        own.restartWith(Drivers.of(List.of(driver)));
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<?> look = reader.submit(() -> own.conductor.biosSettings(id(node)));
            asked.await();

            assertThat(own.now(node).reservation()).isEmpty();
            own.conductor.updateNode(id(node), spec -> spec.withProperties(Map.of("a", 1)));
            assertThatThrownBy(() -> own.conductor.biosSettings(id(node)))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("being asked already");
            answers.countDown();
            look.get();
            assertThat(own.conductor.biosSettings(id(node))).isEmpty();
        } finally {
            answers.countDown();
            reader.shutdownNow();
            own.close();
        }
    }
}
