package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that ask a server, before a real one with fake hardware. */
@Timeout(60)
class NodeCommandsTest {
    @TempDir
    private static Path folder;

    private static Ferric ferric;

    private final String name = "n-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws Exception {
        ferric = Ferric.builder()
                .config(FerricConfig.onLoopback(folder, List.of()))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        ferric.close();
    }

    @Test
    void a_node_lives_from_create_to_delete() throws Exception {
        ok("node create --driver fake-hardware --property cpus=4 --name", name);
        ok("node manage --wait 30", name);
        Said provided = ok("node provide --wait", name);
        assertThat(provided.err()).contains(name + " is available");
        ok("node deploy --wait 30", name);
        assertThat(ok("node list -f value -c provision_state -c Name").out()).contains("active " + name);
        ok("node undeploy --wait 30", name);
        ok("node manage", name);
        ok("node delete", name);
        assertThat(ferric("node show", name).code()).isEqualTo(1);
    }

    @Test
    void lists_in_the_words_of_openstacks_client() throws Exception {
        enrol();
        assertThat(ok("node list").out())
                .contains(
                        "| UUID ",
                        "| Name ",
                        "| Instance UUID ",
                        "| Power State ",
                        "| Provisioning State ",
                        "| Maintenance |",
                        "| None ",
                        "| False ");
        JsonNode row = json(ok("node list -f json --fields uuid name extra"));
        assertThat(row.get(0).properties())
                .extracting(field -> field.getKey())
                .containsExactly("UUID", "Name", "Extra");
        assertThat(ok("node show -f yaml -c properties", name).out()).isEqualTo("properties:\n  cpus: 4\n");
        assertThat(ok("node list --long -f json").out()).contains("\"Driver\" : \"fake-hardware\"");
    }

    @Test
    void sets_and_takes_away_single_keys_and_keeps_the_types_of_values() throws Exception {
        enrol();
        ok("node set --property a/b~c=1 --extra list=[1,2] --extra text=10.0.0.1 --driver-info ilo_password=007", name);
        JsonNode node = json(ok("node show -f json", name));
        assertThat(node.path("properties").path("a/b~c").asInt()).isEqualTo(1);
        assertThat(node.path("extra").path("list")).hasSize(2);
        assertThat(node.path("extra").path("text").asText()).isEqualTo("10.0.0.1");
        assertThat(node.path("driver_info").path("ilo_password").asText()).isEqualTo("******");
        ok("node unset --property a/b~c --extra list", name);
        assertThat(json(ok("node show -f json", name)).path("properties").has("a/b~c"))
                .isFalse();
    }

    @Test
    void passwords_come_from_a_file() throws Exception {
        enrol();
        Path file = Files.writeString(folder.resolve("info.yaml"), "ilo_password: hunter2\nilo_address: 192.0.2.7\n");
        ok("node set --driver-info-file " + file, name);
        Said shown = ok("node show", name);
        assertThat(shown.out()).contains("192.0.2.7").doesNotContain("hunter2");
    }

    @Test
    void asks_for_power_boot_device_maintenance_and_reports() throws Exception {
        enrol();
        ok("node manage --wait 30", name);
        ok("node power on", name);
        ok("node boot device set", name, "pxe", "--persistent");
        assertThat(ok("node boot device show -f value -c boot_device", name).out())
                .isEqualTo("pxe\n");
        ok("node maintenance set --reason because", name);
        assertThat(ok("node show -f value -c maintenance_reason", name).out()).isEqualTo("because\n");
        ok("node maintenance unset", name);
        assertThat(ok("node validate", name).out()).contains("| power ", "| True ");
        assertThat(ok("node history list", name).out()).contains("enroll -> verifying");
        assertThat(ok("node states -f value -c provision_state", name).out()).isEqualTo("manageable\n");
        assertThat(ok("node passthru list", name).code()).isZero();
    }

    @Test
    void ports_and_drivers_are_asked_alike() throws Exception {
        enrol();
        String uuid = ok("node show -f value -c uuid", name).out().strip();
        String port = json(ok("port create 52:54:00:aa:bb:01 -f json --node " + uuid))
                .path("uuid")
                .asText();
        assertThat(ok("port list --node " + uuid).out()).contains("52:54:00:aa:bb:01");
        ok("port set --extra rack=4", port);
        assertThat(ok("port show -f json", port).out()).contains("\"rack\" : 4");
        ok("port delete", port);
        assertThat(ok("driver list -f value -c name").out()).contains("fake-hardware");
        assertThat(ok("driver show fake-hardware").out()).contains("fake-hardware");
        assertThat(ok("driver property list ilo").out()).contains("ilo_address");
    }

    @Test
    void goes_on_after_one_of_several_failed_and_says_which() throws Exception {
        enrol();
        Said said = ferric("node manage --wait 30 nosuch", name);
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("ferric: nosuch: ", "HTTP 404", name + " is manageable");
    }

    @Test
    void limits_and_pages() throws Exception {
        for (int i = 0; i < 3; i++) {
            ok("node create --driver fake-hardware --name", name + i);
        }
        assertThat(json(ok("node list -f json --limit 2"))).hasSize(2);
        assertThat(json(ok("node list -f json --sort name:desc")).size()).isGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            node                                             | 2 | Name what to do: list, show
            node boot                                        | 2 | Name what to do: device, mode
            node show                                        | 2 | Missing required parameter: 'NODE'
            node manage                                      | 2 | Missing required parameter: 'NODE'
            node set n1                                      | 2 | at least one field
            node create                                      | 2 | --driver
            node create --driver x --property nothing        | 2 | KEY=VALUE
            node create --driver x --no-automated-clean --automated-clean | 2 | exclude each other
            node create --driver nosuch                      | 1 | nosuch
            node list --limit -1                             | 2 | --limit
            node list --sort name:up                         | 2 | --sort 'name:up'
            node list --long --fields uuid                   | 2 | exclude each other
            node list -c nosuch                              | 2 | there are UUID, Name
            node list -f xml                                 | 2 | TABLE, JSON, YAML, VALUE
            node list --os-baremetal-api-version 2           | 2 | is no version of the API
            node list --os-baremetal-api-version 1.999       | 1 | asked was 1.999
            node clean n1 --clean-steps [                    | 2 | neither JSON nor YAML
            node clean n1 --clean-steps /nowhere             | 1 | no such file
            node passthru call n1 m --http-method HEAD       | 2 | there are POST
            node manage n1 --max-retries 101                 | 2 | from 0 to 100
            node manage n1 --timeout 0                       | 2 | timeout
            """)
    void what_cannot_be_done_is_named_with_its_cure(String line, int code, String words) {
        Said said = ferric(line);
        assertThat(said.err()).contains(words).doesNotContain("\tat ");
        assertThat(said.code()).isEqualTo(code);
    }

    @Test
    void an_address_where_nobody_listens_is_named() {
        Said said = Said.by("node", "list", "--url", "http://127.0.0.1:1");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("http://127.0.0.1:1/v1/nodes: no connection");
    }

    private void enrol() {
        ok("node create --driver fake-hardware --property cpus=4 --name", name);
    }

    private static Said ok(String line, String... more) {
        Said said = ferric(line, more);
        assertThat(said.code()).as("%s: %s", line, said.err()).isZero();
        return said;
    }

    private static Said ferric(String line, String... more) {
        List<String> words = new ArrayList<>(List.of(line.split(" +")));
        words.addAll(List.of(more));
        boolean asks = words.size() > 2 || words.contains("list");
        if (asks) {
            words.addAll(List.of("--url", ferric.restUri().toString()));
        }
        return Said.by(words.toArray(String[]::new));
    }

    private static JsonNode json(Said said) throws Exception {
        return new ObjectMapper().readTree(said.out());
    }
}
