package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.ScriptedIlo.ok;
import static io.ferric.ilo.ribcl.ScriptedIlo.payload;
import static io.ferric.ilo.ribcl.ScriptedIlo.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.ilo.client.Health;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.ilo.client.Inventory;
import io.ferric.ilo.client.Inventory.Disk;
import io.ferric.ilo.client.Inventory.Nic;
import io.ferric.ilo.client.NotOffered;
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
class RibclInventoryTest {
    private ScriptedIlo bmc;
    private IloClient ilo;

    @BeforeEach
    void start() throws Exception {
        bmc = new ScriptedIlo();
        ilo = bmc.client();
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    private Inventory inventory(String health) {
        bmc.answers(ok(), payload(health), ok()).answers(ok(), payload(Answers.HOST_DATA), ok());
        return ilo.inventory();
    }

    @Test
    void tells_what_a_gen9_is_made_of() {
        Inventory server = inventory(Answers.HEALTH_GEN9);
        assertThat(server.model()).contains("ProLiant DL380 Gen9");
        assertThat(server.serial()).contains("CZ1234ABCD");
        assertThat(server.uuid()).contains("35383537-3137-5A43-3132-333441424344");
        assertThat(server.bios()).contains("P89 v2.30 (09/13/2016)");
        assertThat(server.memoryMib()).hasValue(32 * 1024);
        assertThat(server.cpus()).hasValue(40);
        assertThat(server.cpuModel()).contains("Intel(R) Xeon(R) CPU E5-2660 v3");
        assertThat(server.health()).isEqualTo(Health.WARNING);
    }

    @Test
    void tells_logical_drives_and_those_that_belong_to_none() {
        assertThat(inventory(Answers.HEALTH_GEN9).disks())
                .containsExactly(
                        new Disk(
                                "Controller on System Board, logical drive 01",
                                true,
                                558,
                                Optional.of("HDD"),
                                Health.OK),
                        new Disk(
                                "Controller on System Board, drive Port 1I Box 1 Bay 3",
                                false,
                                1843,
                                Optional.of("SSD"),
                                Health.OK));
    }

    @Test
    void tells_the_ports_of_the_server_and_not_that_of_the_ilo() {
        assertThat(inventory(Answers.HEALTH_GEN9).nics())
                .containsExactly(
                        new Nic("Port 1, HP Ethernet", "9c:b6:54:aa:bb:01", true, Health.OK),
                        new Nic("Port 1", "9c:b6:54:aa:bb:09", false, Health.UNKNOWN));
    }

    @Test
    void understands_a_g7_and_its_misspelling() {
        Inventory server = inventory(Answers.HEALTH_G7);
        assertThat(server.memoryMib()).hasValue(8192);
        assertThat(server.cpus()).hasValue(8);
        assertThat(server.nics()).containsExactly(new Nic("Port 1", "78:e3:b5:00:00:01", true, Health.UNKNOWN));
        assertThat(server.disks()).isEmpty();
        assertThat(server.health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void what_is_not_told_is_empty_and_what_is_not_supported_is_done_without() {
        bmc.answers(payload("<GET_EMBEDDED_HEALTH_DATA></GET_EMBEDDED_HEALTH_DATA>"))
                .answers(response(0x3c, "Feature not supported", ""));
        Inventory server = ilo.inventory();
        assertThat(server.memoryMib()).isEmpty();
        assertThat(server.cpus()).isEmpty();
        assertThat(server.serial()).isEmpty();
    }

    @Test
    void an_answer_without_health_is_no_inventory() {
        bmc.answers(ok(), ok());
        assertThatThrownBy(ilo::inventory)
                .hasMessageContaining("reading the inventory failed: its answer has no GET_EMBEDDED_HEALTH_DATA");
    }

    @Test
    void reads_the_sensors() {
        bmc.answers(payload(Answers.HEALTH_GEN9)).answers(payload(Answers.POWER_READINGS));
        assertThat(ilo.sensors())
                .containsExactly(
                        new Sensor(Kind.TEMPERATURE, "01-Inlet Ambient", OptionalDouble.of(21), "Celsius", Health.OK),
                        new Sensor(Kind.TEMPERATURE, "02-CPU 1", OptionalDouble.of(40), "Celsius", Health.WARNING),
                        new Sensor(Kind.FAN, "Fan 1", OptionalDouble.of(23), "Percent", Health.OK),
                        new Sensor(Kind.FAN, "Fan 2", OptionalDouble.empty(), "", Health.UNKNOWN),
                        new Sensor(Kind.POWER, "Power Supply 1", OptionalDouble.empty(), "", Health.OK),
                        new Sensor(Kind.POWER, "Power Supply 2", OptionalDouble.empty(), "", Health.CRITICAL),
                        new Sensor(Kind.POWER, "Present power reading", OptionalDouble.of(81), "Watts", Health.UNKNOWN),
                        new Sensor(Kind.POWER, "Average power reading", OptionalDouble.of(80), "Watts", Health.UNKNOWN),
                        new Sensor(
                                Kind.POWER, "Maximum power reading", OptionalDouble.of(120), "Watts", Health.UNKNOWN));
    }

    @Test
    void a_server_that_does_not_measure_its_power_has_sensors_all_the_same() {
        bmc.answers(payload(Answers.HEALTH_GEN9)).answers(response(0x3c, "Feature not supported", ""));
        assertThat(ilo.sensors()).hasSize(6);
    }

    @Test
    void reads_and_sets_the_indicator() {
        bmc.answers(payload("<GET_UID_STATUS\r\n UID=\"ON\"\r\n/>"))
                .answers(payload("<GET_UID_STATUS UID=\"OFF\"/>"))
                .answers(payload("<GET_UID_STATUS UID=\"BLINKING\"/>"))
                .answers(ok());
        assertThat(ilo.indicator()).isEqualTo(Indicator.ON);
        assertThat(ilo.indicator()).isEqualTo(Indicator.OFF);
        assertThat(ilo.indicator()).isEqualTo(Indicator.BLINKING);
        ilo.setIndicator(Indicator.ON);
        assertThat(bmc.requests().get(3)).contains("<SERVER_INFO MODE=\"write\">", "<UID_CONTROL UID=\"Yes\"/>");
    }

    @Test
    void what_ribcl_has_no_word_for_is_marked_for_others_to_try() {
        assertThatThrownBy(() -> ilo.setIndicator(Indicator.BLINKING))
                .satisfies(fault ->
                        assertThat(NotOffered.caused((OperationFailed) fault)).isTrue());
        assertThatThrownBy(ilo::injectNmi).satisfies(fault -> assertThat(NotOffered.caused((OperationFailed) fault))
                .isTrue());
        assertThat(ilo.postState()).isEmpty();
        assertThat(ilo.secureBoot()).isEmpty();
        assertThat(bmc.requests()).isEmpty();
    }

    @Test
    void resets_the_ilo() {
        bmc.answers(ok());
        ilo.resetIlo();
        assertThat(bmc.requests().get(0)).contains("<RIB_INFO MODE=\"write\">", "<RESET_RIB/>");
    }
}
