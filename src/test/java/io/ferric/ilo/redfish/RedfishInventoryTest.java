package io.ferric.ilo.redfish;

import static io.ferric.ilo.redfish.Fixtures.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import io.ferric.ilo.client.Sensor;
import io.ferric.ilo.client.Sensor.Kind;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedfishInventoryTest {
    private ScriptedRedfish bmc;
    private IloClient ilo;

    @BeforeEach
    void start() throws Exception {
        bmc = Fixtures.parts(Fixtures.ilo5(new ScriptedRedfish()));
        ilo = bmc.client(Generation.ILO5, "1.10", "ProLiant DL380 Gen10");
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    @Test
    void tells_what_the_server_is_made_of() {
        Inventory inventory = ilo.inventory();
        assertThat(inventory.model()).contains("ProLiant DL380 Gen10");
        assertThat(inventory.serial()).contains("CZ1234ABCD");
        assertThat(inventory.bios()).contains("U30 v2.36");
        assertThat(inventory.memoryMib()).hasValue(65536);
        assertThat(inventory.cpus()).hasValue(32);
        assertThat(inventory.cpuModel()).contains("Xeon Gold");
        assertThat(inventory.disks()).containsExactly(new Disk("system", true, 558, Optional.empty(), Health.OK));
        assertThat(inventory.nics()).containsExactly(new Nic("1", "9c:b6:54:00:00:01", true, Health.OK));
        assertThat(inventory.health()).isEqualTo(Health.WARNING);
    }

    @Test
    void what_is_not_told_is_empty() {
        bmc.has(SYSTEM, "{'PowerState':'On','HostCorrelation':{'HostMACAddress':['9C:B6:54:00:00:07']}}");
        Inventory inventory = ilo.inventory();
        assertThat(inventory.model()).isEmpty();
        assertThat(inventory.memoryMib()).isEmpty();
        assertThat(inventory.cpus()).isEmpty();
        assertThat(inventory.disks()).isEmpty();
        assertThat(inventory.nics()).extracting(Nic::mac).containsExactly("9c:b6:54:00:00:07");
        assertThat(inventory.health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void disks_in_the_storage_of_the_standard() {
        String storage = SYSTEM + "Storage/";
        bmc.has(SYSTEM, "{'Storage':{'@odata.id':'" + storage + "'}}");
        bmc.has(storage, Fixtures.collection(storage + "1/", storage + "2/"));
        bmc.has(storage + "1/", "{'Volumes':{'@odata.id':'" + storage + "1/Volumes/'}}");
        bmc.has(storage + "1/Volumes/", Fixtures.collection(storage + "1/Volumes/1/"));
        bmc.has(storage + "1/Volumes/1/", "{'Name':'VD1','CapacityBytes':107374182400}");
        bmc.has(storage + "2/", "{'Drives':[{'@odata.id':'" + storage + "2/Drives/1/'}]}");
        bmc.has(storage + "2/Drives/1/", "{'Name':'NVMe','CapacityBytes':1099511627776,'MediaType':'SSD'}");
        assertThat(ilo.inventory().disks())
                .containsExactly(
                        new Disk("VD1", true, 100, Optional.empty(), Health.UNKNOWN),
                        new Disk("NVMe", false, 1024, Optional.of("SSD"), Health.UNKNOWN));
    }

    @Test
    void reads_the_sensors() {
        assertThat(ilo.sensors())
                .containsExactly(
                        new Sensor(Kind.TEMPERATURE, "01-Inlet Ambient", OptionalDouble.of(21), "Celsius", Health.OK),
                        new Sensor(Kind.TEMPERATURE, "02-CPU 2", OptionalDouble.empty(), "", Health.UNKNOWN),
                        new Sensor(Kind.FAN, "Fan 1", OptionalDouble.of(17), "Percent", Health.WARNING),
                        new Sensor(Kind.POWER, "HpeServerPowerSupply", OptionalDouble.of(81.5), "Watts", Health.OK));
    }

    @Test
    void reads_and_sets_the_indicator() {
        assertThat(ilo.indicator()).isEqualTo(Indicator.OFF);
        ilo.setIndicator(Indicator.ON);
        assertThat(bmc.changes()).containsExactly("PATCH " + SYSTEM + " {\"IndicatorLED\":\"Lit\"}");
        bmc.has(SYSTEM, "{'LocationIndicatorActive':true}");
        assertThat(ilo.indicator()).isEqualTo(Indicator.ON);
        ilo.setIndicator(Indicator.OFF);
        assertThat(bmc.changes()).last().isEqualTo("PATCH " + SYSTEM + " {\"LocationIndicatorActive\":false}");
        bmc.has(SYSTEM, "{'PowerState':'On'}");
        assertThatThrownBy(ilo::indicator)
                .isInstanceOf(OperationFailed.class)
                .hasMessageEndingWith("reading the indicator LED failed: its Redfish has no indicator LED");
    }
}
