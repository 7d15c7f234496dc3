package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.InspectInterface.Inspected;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IloInspectTest {
    private static final Nic BOARD = new Nic("Port 1", "94:18:82:00:00:01", true, Health.OK);
    private static final Nic CARD = new Nic("Port 5", "94:18:82:00:00:05", false, Health.OK);

    private Bench bench;
    private InspectInterface inspect;
    private final FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        inspect = bench.driver().inspect().orElseThrow();
        when(bench.ilo.protocol()).thenReturn(IloProtocol.REDFISH);
        when(bench.ilo.supportedBootModes()).thenReturn(Set.of(BootMode.BIOS, BootMode.UEFI));
        when(bench.ilo.currentBootMode()).thenReturn(Optional.of(BootMode.UEFI));
        when(bench.ilo.secureBoot()).thenReturn(Optional.of(false));
    }

    private static Disk disk(String name, boolean logical, long gib) {
        return new Disk(name, logical, gib, Optional.empty(), Health.OK);
    }

    private Inspected inspected(List<Disk> disks, Nic... nics) {
        when(bench.ilo.inventory())
                .thenReturn(new Inventory(
                        Optional.of("ProLiant DL380 Gen9"),
                        Optional.of("CZ1234ABCD"),
                        Optional.of("30373237-3132-5A43-3132-333441424344"),
                        Optional.of("P89 v2.40 (02/17/2017), A:B"),
                        OptionalLong.of(131_072),
                        OptionalInt.of(32),
                        Optional.of("Intel(R) Xeon(R) CPU E5-2667 v3"),
                        disks,
                        List.of(nics),
                        Health.WARNING));
        return inspect.inspect(task);
    }

    private void tells(OptionalLong memory, OptionalInt cpus, Nic... nics) {
        when(bench.ilo.inventory())
                .thenReturn(new Inventory(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        memory,
                        cpus,
                        Optional.empty(),
                        List.of(),
                        List.of(nics),
                        Health.UNKNOWN));
    }

    @Test
    void finds_what_the_server_is_made_of() throws Exception {
        Inspected found = inspected(List.of(disk("1", true, 558), disk("2", true, 279)), BOARD, CARD);
        assertThat(found.properties())
                .containsOnly(
                        entry("memory_mb", 131_072L),
                        entry("cpus", 32),
                        entry("cpu_arch", "x86_64"),
                        entry("local_gb", 278L));
        assertThat(found.capabilities())
                .containsOnly(
                        entry("server_model", "ProLiant DL380 Gen9"),
                        entry("rom_firmware_version", "P89 v2.40 (02/17/2017) A B"),
                        entry("ilo_firmware_version", "2.78"),
                        entry("boot_mode_bios", "true"),
                        entry("boot_mode_uefi", "true"),
                        entry("secure_boot", "true"));
        assertThat(found.macs()).containsExactly(BOARD.mac());
        assertThat(new ObjectMapper().writeValueAsString(found.inventory()))
                .contains(
                        "\"protocol\":\"redfish\"",
                        "\"serial_number\":\"CZ1234ABCD\"",
                        "\"ilo\":{\"generation\":\"iLO 4\",\"firmware\":\"2.78\",\"licenses\":[\"iLO 4 Advanced\"]}",
                        "\"health\":\"warning\"",
                        "\"boot_mode\":\"uefi\"",
                        CARD.mac());
        assertThat(task.power).isEmpty();
    }

    @Test
    void a_server_without_logical_drives_has_no_local_disk_up_to_ilo_4() {
        List<Disk> single = List.of(disk("a", false, 900), disk("b", false, 447));
        assertThat(inspected(single, BOARD).properties()).doesNotContainKey("local_gb");
        when(bench.ilo.firmware()).thenReturn(new Firmware("2.72", "iLO 5"));
        assertThat(inspected(single, BOARD).properties()).containsEntry("local_gb", 446L);
        assertThat(inspected(List.of(), BOARD).properties()).doesNotContainKey("local_gb");
    }

    @Test
    void a_g7_has_all_its_ports_counted_and_so_has_a_server_with_none_on_its_board() {
        when(bench.ilo.firmware()).thenReturn(new Firmware("1.82", "iLO3"));
        assertThat(inspected(List.of(), BOARD, CARD).macs()).containsExactly(BOARD.mac(), CARD.mac());
        when(bench.ilo.firmware()).thenReturn(new Firmware("2.72", "iLO5"));
        assertThat(inspected(List.of(), CARD, CARD).macs()).containsExactly(CARD.mac());
    }

    @Test
    void says_that_the_server_must_be_on_when_it_is_off() {
        tells(OptionalLong.empty(), OptionalInt.empty());
        when(bench.ilo.power()).thenReturn(PowerState.OFF);
        assertThatThrownBy(() -> inspect.inspect(task)).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("IloOperationError");
            assertThat(fault.inPlainWords())
                    .isEqualTo("The iLO does not tell what the server has of: memory, processors, network ports: the"
                            + " server is off. Some servers tell it only when they are on and through their"
                            + " self-test: switch it on, wait until that is over, and inspect again.");
        });
        verify(bench.ilo, never()).powerOn();
    }

    @Test
    void says_that_the_self_test_must_be_over() {
        tells(OptionalLong.of(1024), OptionalInt.of(8));
        when(bench.ilo.power()).thenReturn(PowerState.ON);
        when(bench.ilo.postState()).thenReturn(Optional.of(PostState.RUNNING));
        assertThatThrownBy(() -> inspect.inspect(task))
                .hasMessage("The iLO does not tell what the server has of: network ports: the server is still in its"
                        + " self-test");
    }

    @Test
    void what_this_hardware_knows_nothing_of_is_left_out() {
        OperationFailed no = NotOffered.fault("no such thing", "", null);
        when(bench.ilo.supportedBootModes()).thenThrow(no);
        when(bench.ilo.currentBootMode()).thenThrow(no);
        when(bench.ilo.secureBoot()).thenReturn(Optional.empty());
        assertThat(inspected(List.of(), BOARD).capabilities())
                .containsOnlyKeys("server_model", "rom_firmware_version", "ilo_firmware_version");
    }

    @Test
    void an_ilo_that_has_no_inventory_cannot_be_inspected() {
        when(bench.ilo.inventory()).thenThrow(NotOffered.fault("reading the inventory is not offered", "", null));
        assertThatThrownBy(() -> inspect.inspect(task))
                .isInstanceOfSatisfying(InvalidRequest.class, fault -> assertThat(fault.code())
                        .isEqualTo("UnsupportedDriverExtension"));
    }
}
