package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.driver.ManagementInterface;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.ManagementInterface.IndicatorLight;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.client.Sensor.Kind;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IloManagementTest {
    private Bench bench;
    private ManagementInterface management;
    private final FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        management = bench.driver().management();
    }

    @Test
    void sets_for_the_next_boot_or_for_all() {
        management.setBootDevice(task, BootDevice.CDROM, false);
        management.setBootDevice(task, BootDevice.PXE, true);
        verify(bench.ilo).setOneTimeBoot(BootDevice.CDROM);
        verify(bench.ilo).setPersistentBoot(BootDevice.PXE);
    }

    @Test
    void the_one_time_device_goes_first() {
        when(bench.ilo.oneTimeBoot()).thenReturn(BootTarget.PXE);
        assertThat(management.bootDevice(task))
                .isEqualTo(new BootChoice(Optional.of(BootDevice.PXE), Optional.of(false)));
    }

    @Test
    void without_a_one_time_device_the_boot_order_counts() {
        when(bench.ilo.oneTimeBoot()).thenReturn(BootTarget.NORMAL);
        when(bench.ilo.persistentBoot()).thenReturn(List.of(BootTarget.DISK, BootTarget.CDROM));
        assertThat(management.bootDevice(task))
                .isEqualTo(new BootChoice(Optional.of(BootDevice.DISK), Optional.of(true)));
    }

    @Test
    void what_it_has_no_name_for_is_unknown() {
        when(bench.ilo.oneTimeBoot()).thenReturn(BootTarget.SETUP, BootTarget.NORMAL);
        when(bench.ilo.persistentBoot()).thenReturn(List.of(BootTarget.USB));
        assertThat(management.bootDevice(task)).isEqualTo(new BootChoice(Optional.empty(), Optional.of(false)));
        assertThat(management.bootDevice(task)).isEqualTo(new BootChoice(Optional.empty(), Optional.empty()));
    }

    @Test
    void writes_a_boot_mode_only_when_it_differs() {
        management.setBootMode(task, BootMode.BIOS);
        verify(bench.ilo, never()).setBootMode(any());
        management.setBootMode(task, BootMode.UEFI);
        verify(bench.ilo).setBootMode(BootMode.UEFI);
    }

    @Test
    void a_refused_boot_mode_climbs() {
        doThrow(new OperationFailed("IloOperationError", "refused", ""))
                .when(bench.ilo)
                .setBootMode(any());
        assertThatThrownBy(() -> management.setBootMode(task, BootMode.UEFI)).hasMessage("refused");
    }

    @Test
    void supports_the_three_devices() {
        assertThat(management.supportedBootDevices(task))
                .containsExactly(BootDevice.PXE, BootDevice.DISK, BootDevice.CDROM);
    }

    private void bootFromDisk() {
        IloDriverProvider.parts(bench.services(), bench.config, bench.pauses::add)
                .management()
                .bootFromDisk(task);
    }

    @Test
    void boots_from_the_disk_for_good_and_looks_again() {
        when(bench.ilo.oneTimeBoot()).thenReturn(BootTarget.CDROM);
        when(bench.ilo.persistentBoot())
                .thenReturn(List.of(BootTarget.CDROM, BootTarget.DISK))
                .thenReturn(List.of(BootTarget.DISK, BootTarget.CDROM));
        bootFromDisk();
        verify(bench.ilo).clearOneTimeBoot();
        verify(bench.ilo).setPersistentBoot(BootDevice.DISK);
        assertThat(task.events).containsExactly("boot device: The server boots from its disk from now on");
    }

    @Test
    void no_one_time_device_needs_no_clearing() {
        bootFromDisk();
        verify(bench.ilo, never()).clearOneTimeBoot();
        verify(bench.ilo).setPersistentBoot(BootDevice.DISK);
    }

    @Test
    void a_boot_order_that_knows_no_disk_yet_gets_cd_and_network_last_and_that_is_told() {
        when(bench.ilo.persistentBoot())
                .thenReturn(List.of(BootTarget.PXE, BootTarget.OTHER))
                .thenReturn(List.of(BootTarget.OTHER, BootTarget.PXE));
        bootFromDisk();
        verify(bench.ilo, never()).setPersistentBoot(any());
        verify(bench.ilo).setPersistentBootLast(List.of(BootTarget.CDROM, BootTarget.PXE));
        assertThat(task.events)
                .singleElement()
                .asString()
                .contains("Warning: ", "no entry for its disk yet", "[OTHER, PXE]");
    }

    @Test
    void one_bad_moment_of_the_ilo_does_not_fail_what_comes_after_the_writing() {
        OperationFailed dropped = new OperationFailed("IloOperationError", "dropped", "", new EOFException());
        when(bench.ilo.oneTimeBoot()).thenThrow(dropped).thenReturn(BootTarget.CDROM);
        when(bench.ilo.persistentBoot())
                .thenThrow(dropped)
                .thenReturn(List.of(BootTarget.CDROM, BootTarget.DISK))
                .thenReturn(List.of(BootTarget.DISK, BootTarget.CDROM));
        doThrow(dropped).doNothing().when(bench.ilo).clearOneTimeBoot();
        doThrow(dropped).doNothing().when(bench.ilo).setPersistentBoot(any());
        bootFromDisk();
        assertThat(task.events).containsExactly("boot device: The server boots from its disk from now on");
        assertThat(bench.pauses).hasSize(4);
    }

    @Test
    void one_bad_moment_of_the_ilo_does_not_keep_the_boot_mode() {
        OperationFailed dropped = new OperationFailed("IloOperationError", "dropped", "", new EOFException());
        doThrow(dropped).doNothing().when(bench.ilo).setBootMode(any());
        management.setBootMode(task, BootMode.UEFI);
        verify(bench.ilo, times(2)).setBootMode(BootMode.UEFI);
    }

    @Test
    void a_boot_order_that_does_not_change_is_told() {
        when(bench.ilo.persistentBoot()).thenReturn(List.of(BootTarget.PXE, BootTarget.DISK));
        bootFromDisk();
        assertThat(task.events).singleElement().asString().contains("still shows the boot order [PXE, DISK]");
    }

    @Test
    void tells_the_boot_modes_and_whether_the_boot_was_secured() {
        when(bench.ilo.supportedBootModes()).thenReturn(Set.of(BootMode.UEFI));
        when(bench.ilo.secureBoot()).thenReturn(Optional.of(true));
        assertThat(management.supportedBootModes(task)).containsExactly(BootMode.UEFI);
        assertThat(management.secureBoot(task)).contains(true);
    }

    @Test
    void shows_sensors_by_kind_and_name() {
        when(bench.ilo.sensors())
                .thenReturn(List.of(
                        new Sensor(Kind.TEMPERATURE, "01-Inlet", OptionalDouble.of(21), "Celsius", Health.OK),
                        new Sensor(Kind.FAN, "Fan", OptionalDouble.of(35), "Percent", Health.OK),
                        new Sensor(Kind.FAN, "Fan", OptionalDouble.empty(), "", Health.UNKNOWN)));
        assertThat(management.sensors(task))
                .containsExactly(
                        entry("Temperature", Map.of("01-Inlet", reading(21, "Celsius"))),
                        entry("Fan", Map.of("Fan", reading(35, "Percent"), "Fan (2)", Map.of("health", "unknown"))));
    }

    private static Map<String, Object> reading(double value, String unit) {
        return Map.of("reading", value, "unit", unit, "health", "ok");
    }

    @Test
    void switches_the_light_of_the_chassis() {
        IndicatorLight led = management.indicators(task).get(0);
        assertThat(led).isEqualTo(new IndicatorLight("chassis", "led", Set.of(IndicatorState.ON, IndicatorState.OFF)));
        when(bench.ilo.indicator()).thenReturn(Indicator.BLINKING);
        assertThat(management.indicator(task, led)).isEqualTo(IndicatorState.BLINKING);
        management.setIndicator(task, led, IndicatorState.ON);
        verify(bench.ilo).setIndicator(Indicator.ON);
        assertThatThrownBy(() -> management.setIndicator(task, led, IndicatorState.BLINKING))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("can be ON or OFF");
        assertThatThrownBy(() -> management.indicator(task, new IndicatorLight("disk", "led", Set.of())))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("There is no indicator led of disk; an iLO has led of chassis");
    }

    @Test
    void what_the_ilo_does_not_do_is_no_failure_of_the_ilo() {
        management.injectNmi(task);
        verify(bench.ilo).injectNmi();
        doThrow(NotOffered.fault("sending an NMI is not offered by RIBCL", "", null))
                .when(bench.ilo)
                .injectNmi();
        assertThatThrownBy(() -> management.injectNmi(task)).isInstanceOfSatisfying(InvalidRequest.class, fault -> {
            assertThat(fault.code()).isEqualTo("UnsupportedDriverExtension");
            assertThat(fault).hasMessage("sending an NMI is not offered by RIBCL");
        });
    }
}
