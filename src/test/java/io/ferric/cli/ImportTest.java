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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes nodes over from a pretended Ironic into a real Ferric. */
@Timeout(90)
class ImportTest {
    private static final String U1 = "11111111-1111-4111-8111-111111111111";
    private static final String U2 = "22222222-2222-4222-8222-222222222222";
    private static final String NODE_1 = "{'uuid':'" + U1 + "','name':'one','driver':'fake-hardware','driver_info':"
            + "{'ilo_password':'******','ilo_address':'192.0.2.7'},'properties':{'cpus':4},'extra':{'a':{'b':[1,2]}},"
            + "'resource_class':'baremetal','provision_state':'available','maintenance':true,"
            + "'maintenance_reason':'moving','driver_internal_info':{'x':1},'instance_info':{},'instance_uuid':null,"
            + "'power_interface':'ipmitool','raid_config':{'logical_disks':[]},'traits':[],'protected':false}";
    private static final String NODE_2 = "{'uuid':'" + U2 + "','name':'two','driver':'fake-hardware','driver_info':{},"
            + "'properties':{},'extra':{},'provision_state':'active','instance_info':{'image_source':"
            + "'http://x/y.img','configdrive':'******'},'instance_uuid':'33333333-3333-4333-8333-333333333333'}";
    private static final String PORT =
            "{'uuid':'44444444-4444-4444-8444-444444444444','node_uuid':'" + U1 + "','address':'52:54:00:00:00:01',"
                    + "'extra':{},'pxe_enabled':true,'is_smartnic':false,'local_link_connection':{}}";

    @TempDir
    private static Path folder;

    private static Ferric ferric;

    private PretendIronic ironic;

    @BeforeAll
    static void startFerric() throws Exception {
        ferric = Ferric.builder()
                .config(FerricConfig.onLoopback(folder, List.of()))
                .start();
    }

    @AfterAll
    static void stopFerric() throws Exception {
        ferric.close();
    }

    @BeforeEach
    void start() throws Exception {
        ironic = new PretendIronic("1.82");
        ironic.has("nodes", "[" + NODE_1 + "," + NODE_2 + "]");
        ironic.has("ports", "[" + PORT + "]");
    }

    @AfterEach
    void stop() throws Exception {
        ironic.close();
        for (JsonNode node : nodes()) {
            String uuid = node.path("UUID").asText();
            run("node", "maintenance", "set", uuid);
            run("node", "delete", uuid);
        }
    }

    @Test
    void says_first_what_would_happen_and_changes_nothing() throws Exception {
        Said said = imports("--passwords", passwords());
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "created   node one: ",
                        "1 ports; then manage",
                        "left out: power_interface 'ipmitool'",
                        "left out: raid_config",
                        "--adopt takes the instance over",
                        "Nothing was changed",
                        "| To create ")
                .doesNotContain("hunter2");
        assertThat(nodes()).isEmpty();
        assertThat(ironic.wasOnlyRead()).isTrue();
    }

    @Test
    void a_node_whose_password_nobody_knows_is_not_taken_and_the_cure_named() throws Exception {
        Said said = imports("--apply");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("refused   node one", "missing: driver_info/ilo_password", "--passwords FILE")
                .contains("created   node two");
        assertThat(nodes()).hasSize(1);
    }

    @Test
    void takes_nodes_with_their_ports_and_a_second_run_finds_them_equal() throws Exception {
        Said said = imports("--apply", "--passwords", passwords());
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        JsonNode one = show("one");
        assertThat(one.path("uuid").asText()).isEqualTo(U1);
        assertThat(one.path("provision_state").asText()).isEqualTo("manageable");
        assertThat(one.path("maintenance_reason").asText()).isEqualTo("moving");
        assertThat(one.path("extra").path("a").path("b")).hasSize(2);
        assertThat(ferric.conductor().node(U1).driverInfo().values()).containsEntry("ilo_password", "hunter2");
        assertThat(show("two").path("provision_state").asText()).isEqualTo("manageable");
        assertThat(run("port", "list").out()).contains("52:54:00:00:00:01");

        Said again = imports("--apply");
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(again.out()).contains("same      node one", "same      node two");
    }

    @Test
    void what_was_changed_here_is_told_and_kept() throws Exception {
        imports("--apply", "--passwords", passwords());
        run("node", "set", "one", "--property", "cpus=8");
        run("port", "delete", "44444444-4444-4444-8444-444444444444");
        Said again = imports("--apply");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.out())
                .contains("different node one", "differs here: properties", "is not here: ports 44444444");
        assertThat(show("one").path("properties").path("cpus").asInt()).isEqualTo(8);
    }

    @Test
    void a_node_whose_port_is_refused_is_taken_back() throws Exception {
        ironic.has("ports", "[" + PORT.replace("52:54:00:00:00:01", "not-a-mac") + "]");
        Said said = imports("--apply", "--passwords", passwords());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("failed    node one: ", "the node was taken back");
        assertThat(nodes()).hasSize(1);
    }

    @Test
    void names_and_addresses_that_are_taken_are_told_before() throws Exception {
        String other = json(run("node", "create", "--driver", "fake-hardware", "--name", "one", "-f", "json"))
                .path("uuid")
                .asText();
        run("port", "create", "52:54:00:00:00:01", "--node", other);
        Said said = imports("--passwords", passwords());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("its name 'one' is that of another node", "its MAC 52:54:00:00:00:01 is");
    }

    @Test
    void a_driver_that_is_not_here_is_named_and_can_be_mapped() throws Exception {
        ironic.has("nodes", "[" + NODE_2.replace("fake-hardware", "redfish") + "]");
        assertThat(imports().out()).contains("there is no driver 'redfish' here", "--map-driver redfish=NAME");
        Said mapped = imports("--map-driver", "redfish=fake-hardware");
        assertThat(mapped.code()).as(mapped.out()).isZero();
    }

    @Test
    void nodes_at_work_are_left_where_they_are() throws Exception {
        ironic.has("nodes", "[" + NODE_2.replace("'active'", "'deploying'") + "]");
        assertThat(imports().out()).contains("refused   node two", "it is 'deploying' in Ironic");
    }

    @Test
    void an_ironic_of_old_has_less_and_comes_all_the_same() throws Exception {
        ironic.close();
        ironic = new PretendIronic("1.1");
        ironic.has(
                "nodes",
                "[{'uuid':'" + U2 + "','driver':'fake-hardware','driver_info':{},'properties':{},"
                        + "'extra':{},'provision_state':null,'instance_uuid':null}]");
        ironic.has("ports", "[]");
        Said said = imports("--apply");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(show(U2).path("provision_state").asText()).isEqualTo("manageable");
    }

    @Test
    void one_node_can_be_asked_for() throws Exception {
        Said said = imports("--node", "two", "--json");
        JsonNode entries = json(said);
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("outcome").asText()).isEqualTo("created");
        assertThat(imports("--node", "three").code()).isEqualTo(2);
    }

    @Test
    void an_openrc_is_read_and_not_run() throws Exception {
        Path file = Files.writeString(folder.resolve("openrc"), "export OS_AUTH_TYPE='none'\n# a note\n");
        assertThat(imports("--from-openrc", file.toString(), "--without-passwords")
                        .code())
                .isZero();
        Files.writeString(file, "rm -rf /\n");
        Said said = imports("--from-openrc", file.toString());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("line 1");
    }

    @Test
    void refuses_one_service_for_both_and_a_target_that_is_no_ferric() {
        String here = ferric.restUri().toString();
        Said same = Said.by("import", "--from-ironic", here, "--to", here, "--apply");
        assertThat(same.code()).isEqualTo(2);
        assertThat(same.err()).contains("is a Ferric").contains("--to");
        Said other = Said.by("import", "--from-ironic", ironic.url(), "--to", ironic.url(), "--apply");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("is no Ferric");
        assertThat(ironic.wasOnlyRead()).isTrue();
    }

    private String passwords() throws Exception {
        return Files.writeString(folder.resolve("passwords.yaml"), "one:\n  ilo_password: hunter2\n")
                .toString();
    }

    private Said imports(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "import",
                "--from-ironic",
                ironic.url(),
                "--to",
                ferric.restUri().toString()));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new));
    }

    private Said run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", ferric.restUri().toString()));
        Said said = Said.by(all.toArray(String[]::new));
        assertThat(said.code()).as(said.err()).isZero();
        return said;
    }

    private JsonNode show(String node) throws Exception {
        return json(run("node", "show", node, "-f", "json"));
    }

    private JsonNode nodes() throws Exception {
        return json(run("node", "list", "-f", "json"));
    }

    private static JsonNode json(Said said) throws Exception {
        return new ObjectMapper().readTree(said.out());
    }
}
