package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.Requester;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.node.Maintenance;
import io.ferric.node.PowerAction;
import io.ferric.rest.auth.FakeKeystone;
import io.ferric.rest.auth.KeystoneAuthConfig;
import io.ferric.rest.auth.KeystoneAuthenticator;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.common.ApiVersion;
import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, on a whole server: roles of the system and of a project, on nodes that are its own, lent to it, another's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final String ABSENT = "00000000-0000-4000-8000-00000000dead";
    private static final List<String> OF_PROJECT = List.of("admin", "manager", "member", "reader", "service");

    private final FakeKeystone keystone = new FakeKeystone(Clock.systemUTC())
            .knows("system-admin", Optional.empty(), true, "admin", "member", "reader")
            .knows("system-member", Optional.empty(), true, "member", "reader")
            .knows("system-reader", Optional.empty(), true, "reader")
            .knows("admin", Optional.of("p-one"), false, "admin", "member", "reader")
            .knows("manager", Optional.of("p-one"), false, "manager", "member", "reader")
            .knows("system-manager", Optional.empty(), true, "manager", "member", "reader")
            .knows("member", Optional.of("p-one"), false, "member", "reader")
            .knows("reader", Optional.of("p-one"), false, "reader")
            .knows("service", Optional.of("p-one"), false, "service")
            .knows("system-service", Optional.empty(), true, "service")
            .knows("stranger", Optional.of("p-three"), false, "admin", "member", "reader");
    private FakeConductor server;
    private Conductor conductor;
    private Served rest;
    private final Map<String, String> ports = new java.util.HashMap<>();
    private final Map<String, String> nodes = new java.util.HashMap<>();

    @BeforeAll
    void start() {
        server = FakeConductor.of(new FakeHardware());
        conductor = server.conductor();
        conductor.start();
        KeystoneAuthConfig config = KeystoneAuthConfig.defaults().withProjects(List.of(FakeKeystone.PROJECT));
        rest = new Served(
                conductor,
                RestConfig.defaults().listeningOn("127.0.0.1", 0).withKeystone(config),
                Optional.of(new KeystoneAuthenticator(
                        config, URI.create("http://k:5000/v3"), keystone, 32, Clock.systemUTC())));
        enrol("own", "p-one", "p-two", "52:54:00:00:00:01");
        enrol("lent", "p-two", "p-one", "52:54:00:00:00:02");
        enrol("foreign", "p-two", "p-two", "52:54:00:00:00:03");
    }

    private void enrol(String name, String owner, String lessee, String mac) {
        Served.Answer node = ask(
                "system-admin",
                "POST",
                "/v1/nodes",
                "{\"driver\": \"fake-hardware\", \"name\": \"" + name + "\", \"owner\": \"" + owner
                        + "\", \"lessee\": \"" + lessee + "\", \"driver_info\": {\"where\": \"bmc-of-" + name + "\"}}");
        assertThat(node.status()).as(node.body()).isEqualTo(201);
        nodes.put(name, node.json().get("uuid").textValue());
        Served.Answer port = ask(
                "system-admin",
                "POST",
                "/v1/ports",
                "{\"node_uuid\": \"" + nodes.get(name) + "\", \"address\": \"" + mac + "\"}");
        assertThat(port.status()).as(port.body()).isEqualTo(201);
        ports.put(name, port.json().get("uuid").textValue());
    }

    @AfterAll
    void stop() {
        rest.close();
        server.close();
    }

    private Served.Answer ask(String token, String verb, String path, String body) {
        HttpRequest.Builder request = rest.request(path)
                .header("X-Auth-Token", token)
                .header(ApiVersion.HEADER, "latest")
                .header("Content-Type", "application/json");
        return rest.send(
                request.method(verb, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private int status(String token, String verb, String path, String body) {
        return ask(token, verb, path, body).status();
    }

    static Stream<Method> methods() {
        return Arrays.stream(RestServer.RESOURCES)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(each -> Arrays.stream(each.getAnnotations())
                        .anyMatch(mark -> mark.annotationType().isAnnotationPresent(HttpMethod.class)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void every_method_says_what_it_needs(Method method) {
        assertThat(method.getAnnotation(Needs.class)).isNotNull();
    }

    /** 1 where it is let through to the resource, which may find something wrong with it, and 0 where it is answered with 403. */
    @ParameterizedTest
    @CsvSource({
        // what, and for whom of: system reader, member, admin; owner's reader, member, admin; lessee's the same
        "GET,    /v1/nodes/{},                            '',                     111 111 111",
        "GET,    /v1/nodes/{}/states,                     '',                     111 111 111",
        "PUT,    /v1/nodes/{}/states/power,               {},                     011 011 011",
        "PUT,    /v1/nodes/{}/states/provision,           {},                     011 011 001",
        "PUT,    /v1/nodes/{}/states/raid,                {},                     011 011 000",
        "GET,    /v1/nodes/{}/states/console,             '',                     011 011 000",
        "PUT,    /v1/nodes/{}/management/boot_device,     {},                     011 001 000",
        "GET,    /v1/nodes/{}/management/boot_device,     '',                     011 001 000",
        "PUT,    /v1/nodes/{}/management/inject_nmi,      {\"a\": 1},             011 001 000",
        "GET,    /v1/nodes/{}/management/indicators,      '',                     111 111 111",
        "GET,    /v1/nodes/{}/history,                    '',                     111 111 000",
        "GET,    /v1/nodes/{}/inventory,                  '',                     111 111 000",
        "GET,    /v1/nodes/{}/validate,                   '',                     011 011 001",
        "GET,    /v1/nodes/validate?node={},              '',                     011 011 001",
        "PUT,    /v1/nodes/{}/maintenance,                {\"a\": 1},             011 011 001",
        "DELETE, /v1/nodes/{}/maintenance,                '',                     011 011 001",
        "GET,    /v1/nodes/{}/vifs,                       '',                     111 111 111",
        "POST,   /v1/nodes/{}/vifs,                       {},                     011 011 001",
        "GET,    /v1/nodes/{}/traits,                     '',                     111 111 111",
        "PUT,    /v1/nodes/{}/traits,                     {},                     011 001 000",
        "GET,    /v1/nodes/{}/bios,                       '',                     111 111 111",
        "GET,    /v1/nodes/{}/ports,                      '',                     111 111 111",
        "GET,    /v1/nodes/{}/volume/targets,             '',                     111 111 111",
        "GET,    /v1/nodes/{}/vendor_passthru/methods,    '',                     111 111 000",
        "GET,    /v1/nodes/{}/vendor_passthru/nosuch,     '',                     001 000 000",
        "PATCH,  /v1/nodes/{},   '[]',                                                                    011 011 011",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/extra/a\",\"value\":1}]',                   011 011 011",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/instance_info/a\",\"value\":1}]',           011 011 001",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/driver_info/a\",\"value\":1}]',             011 011 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/properties/a\",\"value\":1}]',              011 011 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/owner\",\"value\":5}]',                     011 000 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/lessee\",\"value\":5}]',                    011 011 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/boot_interface\",\"value\":5}]',            011 001 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/shard\",\"value\":5}]',                     001 000 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/automated_clean\",\"value\":5}]',           001 000 000",
        "PATCH,  /v1/nodes/{},   '[{\"op\":\"add\",\"path\":\"/description\",\"value\":\"d\"}]',           011 011 011",
        "GET,    /v1/ports/{port},                        '',                     111 111 111",
        "PATCH,  /v1/ports/{port},                        '[]',                   011 001 000",
    })
    void does_as_the_table_says(String verb, String path, String body, String who) {
        String[] columns = who.split(" ");
        for (String node : List.of("own", "lent", "foreign")) {
            String there = path.replace("{}", node).replace("{port}", ports.get(node));
            List<String> system = List.of("system-reader", "system-member", "system-admin");
            List<String> project = List.of("reader", "member", "admin");
            for (int i = 0; i < 3; i++) {
                judge(system.get(i), verb, there, body, columns[0].charAt(i));
                if (node.equals("foreign")) {
                    assertThat(status(project.get(i), verb, there, body))
                            .as(project.get(i) + " on a foreign node")
                            .isIn(404);
                } else {
                    judge(project.get(i), verb, there, body, columns[node.equals("own") ? 1 : 2].charAt(i));
                }
            }
        }
    }

    /** Ironic's policies say admin and manager side by side, except where it is about having nodes at all, and in the system. */
    @Test
    void a_manager_of_a_project_runs_its_nodes_and_a_manager_of_the_system_is_a_member() {
        String path = "/v1/nodes/own/traits";
        assertThat(status("manager", "PUT", path, "{\"traits\": []}")).isEqualTo(204);
        assertThat(status("member", "PUT", path, "{\"traits\": []}")).isEqualTo(403);
        assertThat(status("manager", "PUT", "/v1/nodes/lent/traits", "{\"traits\": []}"))
                .isEqualTo(403);
        assertThat(status("manager", "GET", "/v1/nodes/lent/validate", "")).isEqualTo(200);
        assertThat(status("manager", "POST", "/v1/nodes", "{\"driver\": \"fake-hardware\"}"))
                .isEqualTo(403);
        assertThat(status("manager", "DELETE", "/v1/nodes/own", "")).isEqualTo(403);
        Served.Answer port = ask(
                "manager",
                "POST",
                "/v1/ports",
                "{\"node_uuid\": \"" + nodes.get("own") + "\", \"address\": \"52:54:00:00:00:44\"}");
        assertThat(port.status()).as(port.body()).isEqualTo(201);
        String made = "/v1/ports/" + port.json().get("uuid").textValue();
        assertThat(status("system-manager", "DELETE", made, "")).isEqualTo(403);
        assertThat(status("member", "DELETE", made, "")).isEqualTo(403);
        assertThat(status("manager", "DELETE", made, "")).isEqualTo(204);
    }

    private void judge(String token, String verb, String path, String body, char allowed) {
        Served.Answer answer = ask(token, verb, path, body);
        if (allowed == '1') {
            assertThat(answer.status())
                    .as(token + " " + verb + " " + path + " " + answer.body())
                    .isNotIn(401, 403, 500);
            assertThat(answer.body()).doesNotContain("Node own could not be", "Node lent could not be");
        } else {
            assertThat(answer.status())
                    .as(token + " " + verb + " " + path + " " + answer.body())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chassis, 111 0000",
        "/v1/deploy_templates, 111 0000",
        "/v1/drivers, 111 0000",
        "/v1/drivers/fake-hardware, 111 0000",
        "/v1/conductors, 111 0000",
        "/v1/shards, 111 0000",
        "/v1/nodes, 111 1111",
        "/v1/nodes/detail, 111 1111",
        "/v1/ports/detail, 111 1111",
        "/v1/portgroups, 111 1111",
        "/v1/volume/connectors, 111 1111",
        "/v1/allocations, 111 1111",
        "/v1/nodes?project=p-two, 111 0000",
        "/v1/allocations?owner=p-two, 111 0000",
    })
    void lists_are_for(String path, String who) {
        List<String> tokens =
                List.of("system-reader", "system-member", "system-admin", "reader", "member", "admin", "service");
        String columns = who.replace(" ", "");
        for (int i = 0; i < tokens.size(); i++) {
            assertThat(status(tokens.get(i), "GET", path, ""))
                    .as(tokens.get(i))
                    .isEqualTo(columns.charAt(i) == '1' ? 200 : 403);
        }
    }

    @Test
    void nothing_tells_of_a_node_that_the_caller_cannot_see() {
        List<String> paths = List.of(
                "/v1/nodes",
                "/v1/nodes/detail",
                "/v1/nodes?limit=1",
                "/v1/nodes?owner=p-two",
                "/v1/nodes?sort_key=name&sort_dir=desc&limit=1",
                "/v1/ports",
                "/v1/ports/detail",
                "/v1/ports?limit=1",
                "/v1/ports?address=52:54:00:00:00:03",
                "/v1/allocations",
                "/v1/volume/targets",
                "/v1/portgroups");
        for (String token : OF_PROJECT) {
            for (String path : paths) {
                Served.Answer answer = ask(token, "GET", path, "");
                assertThat(answer.status()).as(path).isEqualTo(200);
                assertThat(answer.body())
                        .as(token + " " + path)
                        .doesNotContain("foreign", nodes.get("foreign"), ports.get("foreign"), "00:03");
            }
            assertThat(ask(token, "GET", "/v1/nodes", "").json().get("nodes")).hasSize(2);
            assertThat(ask(token, "GET", "/v1/ports", "").json().get("ports")).hasSize(2);
        }
        JsonNode none = ask("stranger", "GET", "/v1/nodes", "").json().get("nodes");
        assertThat(none).isEmpty();
        assertThat(ask("system-reader", "GET", "/v1/nodes", "").json().get("nodes"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/nodes/{}",
                "PATCH /v1/nodes/{} [{\"op\":\"add\",\"path\":\"/extra/a\",\"value\":1}]",
                "DELETE /v1/nodes/{}",
                "GET /v1/nodes/{}/states",
                "PUT /v1/nodes/{}/states/power {\"target\":\"power on\"}",
                "PUT /v1/nodes/{}/states/provision {\"target\":\"manage\"}",
                "GET /v1/nodes/{}/ports",
                "GET /v1/nodes/{}/allocation",
                "GET /v1/nodes/{}/nosuch",
                "POST /v1/nodes/{}/vendor_passthru/heartbeat {}",
                "POST /v1/heartbeat/{} {\"callback_url\":\"http://x\",\"agent_token\":\"t\"}",
                "GET /v1/nodes/validate?node={}",
                "GET /v1/nodes?marker={}",
                "GET /v1/ports?node={}",
                "GET /v1/ports?node_uuid={}",
                "GET /v1/portgroups?node={}",
                "GET /v1/allocations?node={}",
                "POST /v1/ports {\"node_uuid\":\"{}\",\"address\":\"52:54:00:00:00:09\"}",
                "POST /v1/portgroups {\"node_uuid\":\"{}\"}",
                "POST /v1/volume/connectors {\"node_uuid\":\"{}\",\"type\":\"iqn\",\"connector_id\":\"iqn.2026-01.x:1\"}",
                "POST /v1/allocations {\"resource_class\":\"bm\",\"candidate_nodes\":[\"{}\"]}",
                "POST /v1/allocations {\"resource_class\":\"bm\",\"node\":\"{}\"}",
                "GET /v1/ports/{port}",
                "PATCH /v1/ports/{port} [{\"op\":\"add\",\"path\":\"/extra/a\",\"value\":1}]",
                "DELETE /v1/ports/{port}",
                "GET /v1/ports?marker={port}"
            })
    void hidden_and_absent_are_the_same(String line) {
        String[] words = line.split(" ", 3);
        String body = words.length == 3 ? words[2] : "";
        for (String token : OF_PROJECT) {
            Served.Answer hidden = ask(
                    token,
                    words[0],
                    of(words[1], nodes.get("foreign"), ports.get("foreign")),
                    of(body, nodes.get("foreign"), ""));
            Served.Answer absent = ask(token, words[0], of(words[1], ABSENT, ABSENT), of(body, ABSENT, ""));

            assertThat(hidden.status()).as(token + " " + hidden.body()).isBetween(400, 404);
            assertThat(hidden.status()).isEqualTo(absent.status());
            assertThat(hidden.body().replace(nodes.get("foreign"), ABSENT).replace(ports.get("foreign"), ABSENT))
                    .isEqualTo(absent.body());
        }
    }

    private static String of(String text, String node, String port) {
        return text.replace("{}", node).replace("{port}", port);
    }

    @Test
    void hides_the_bmc_from_those_a_node_is_lent_to() {
        for (String token : List.of("reader", "member", "admin")) {
            assertThat(ask(token, "GET", "/v1/nodes/own", "").body()).contains("bmc-of-own");
            Served.Answer lent = ask(token, "GET", "/v1/nodes/lent", "");
            assertThat(lent.body())
                    .contains("requires baremetal:node:get:driver_info")
                    .doesNotContain("bmc-of-lent");
            assertThat(ask(token, "GET", "/v1/nodes/detail", "").body()).doesNotContain("bmc-of-lent");
        }
        assertThat(ask("system-reader", "GET", "/v1/nodes/lent", "").body()).contains("bmc-of-lent");
        assertThat(ask("member", "PATCH", "/v1/nodes/lent", "[{\"op\":\"add\",\"path\":\"/extra/b\",\"value\":1}]")
                        .body())
                .doesNotContain("bmc-of-lent");
    }

    @Test
    void hides_how_a_volume_is_reached_from_all_but_administrators() {
        for (String node : List.of("own", "lent")) {
            Served.Answer made = ask(
                    "system-admin",
                    "POST",
                    "/v1/volume/targets",
                    "{\"node_uuid\": \"" + nodes.get(node) + "\", \"volume_type\": \"iscsi\", \"volume_id\": \"v\","
                            + " \"boot_index\": 0, \"properties\": {\"target_portal\": \"portal-of-it\"}}");
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            String one = "/v1/volume/targets/" + made.json().get("uuid").textValue();
            for (String path : List.of(one, "/v1/nodes/" + node + "/volume/targets?detail=True")) {
                for (String token : OF_PROJECT) {
                    boolean shown = token.equals("admin") && node.equals("own");
                    String body = ask(token, "GET", path, "").body();
                    assertThat(body.contains("portal-of-it"))
                            .as(token + " " + path)
                            .isEqualTo(shown);
                    assertThat(body.contains("requires baremetal:volume:view_target_properties"))
                            .as(token + " " + path)
                            .isEqualTo(!shown);
                }
                assertThat(ask("system-reader", "GET", path, "").body()).contains("portal-of-it");
            }
            conductor.power(nodes.get(node), PowerAction.OFF, Optional.empty(), Requester.NOBODY);
            await().until(() -> status("system-admin", "DELETE", one, "") == 204);
        }
    }

    @Test
    void hides_why_a_server_failed_from_those_it_is_lent_to() {
        UUID lent = UUID.fromString(nodes.get("lent"));
        String words = "no answer from bmc-of-lent";
        server.database()
                .nodes()
                .takeOutOfService(lent, new Maintenance(true, Optional.of(words), Optional.of("power failure")));

        assertThat(ask("admin", "GET", "/v1/nodes/lent", "").body())
                .contains("\"maintenance_reason\":\"** Redacted - requires baremetal:node:get:last_error")
                .doesNotContain("bmc-of-lent");
        assertThat(ask("system-reader", "GET", "/v1/nodes/lent", "").body()).contains(words);
        assertThat(status("system-admin", "DELETE", "/v1/nodes/lent/maintenance", ""))
                .isEqualTo(202);
    }

    @Test
    void another_service_enrols_and_uses_nodes_but_does_not_rule_the_system() {
        Served.Answer made = ask("system-service", "POST", "/v1/nodes", "{\"driver\": \"fake-hardware\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String node = "/v1/nodes/" + made.json().get("uuid").textValue();
        assertThat(status("system-service", "PUT", node + "/states/provision", "{\"target\": \"manage\"}"))
                .isEqualTo(202);
        assertThat(status("system-service", "DELETE", node, "")).isEqualTo(403);
        assertThat(status("system-service", "POST", "/v1/chassis", "{}")).isEqualTo(403);
        assertThat(status("system-service", "POST", "/v1/deploy_templates", "{}"))
                .isEqualTo(403);
        conductor.maintenance(made.json().get("uuid").textValue(), Maintenance.because(Optional.empty()));
        assertThat(status("system-admin", "DELETE", node, "")).isEqualTo(204);
    }

    @Test
    void a_node_that_a_project_creates_is_the_projects() {
        String plain = "{\"driver\": \"fake-hardware\"}";
        for (String token : List.of("reader", "member", "system-member")) {
            assertThat(status(token, "POST", "/v1/nodes", plain)).isEqualTo(403);
        }
        assertThat(status("stranger", "POST", "/v1/nodes", "{\"driver\": \"fake-hardware\", \"owner\": \"p-two\"}"))
                .isEqualTo(403);
        assertThat(status("stranger", "POST", "/v1/nodes", "{\"driver\": \"fake-hardware\", \"shard\": \"s\"}"))
                .isEqualTo(403);

        Served.Answer made = ask("stranger", "POST", "/v1/nodes", plain);

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("owner").textValue()).isEqualTo("p-three");
        String path = "/v1/nodes/" + made.json().get("uuid").textValue();
        assertThat(status("admin", "GET", path, "")).isEqualTo(404);
        assertThat(status("stranger", "DELETE", path, "")).isEqualTo(204);
    }

    @Test
    void only_the_owner_takes_a_node_with_an_instance_for_an_allocation() {
        String named = "{\"resource_class\": \"bm\", \"node\": \"%s\"}";
        for (String token : List.of("member", "admin")) {
            Served.Answer lent = ask(token, "POST", "/v1/allocations", named.formatted("lent"));
            assertThat(lent.status()).as(lent.body()).isEqualTo(403);
            assertThat(lent.body()).contains("baremetal:node:update:instance_uuid");
            assertThat(status(token, "POST", "/v1/allocations", named.formatted("own")))
                    .as("it is not active")
                    .isEqualTo(409);
        }
    }

    @Test
    void an_allocation_is_the_projects_that_asked_for_it() {
        String plain = "{\"resource_class\": \"bm\", \"name\": \"mine\"}";
        assertThat(status("reader", "POST", "/v1/allocations", plain)).isEqualTo(403);
        assertThat(status("member", "POST", "/v1/allocations", plain.replace("}", ", \"owner\": \"p-two\"}")))
                .isEqualTo(403);

        Served.Answer made = ask("member", "POST", "/v1/allocations", plain);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("owner").textValue()).isEqualTo("p-one");
        List<String> seen = new ArrayList<>();
        for (String token : List.of("reader", "stranger", "system-reader")) {
            seen.add(ask(token, "GET", "/v1/allocations", "")
                            .json()
                            .get("allocations")
                            .size() + " " + status(token, "GET", "/v1/allocations/mine", ""));
        }
        assertThat(seen).containsExactly("1 200", "0 404", "1 200");
        assertThat(status("reader", "DELETE", "/v1/allocations/mine", "")).isEqualTo(403);
        assertThat(status("stranger", "DELETE", "/v1/allocations/mine", "")).isEqualTo(404);
        assertThat(status("member", "DELETE", "/v1/allocations/mine", "")).isEqualTo(204);
    }
}
