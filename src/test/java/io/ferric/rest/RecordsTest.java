package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.rest.common.ApiVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of entry does alike, and the special rules of each, on a real conductor. */
class RecordsTest {
    private static FakeConductor server;
    private static Conductor conductor;
    private static Served rest;
    private static int made;

    /** A kind: its address, a body in which %N is the node and %d a number of its own, what to change, since when. */
    enum Sample {
        PORTS("ports", "{'node_uuid': '%N', 'address': '52:54:00:00:00:%02x'}", "node_uuid", 1),
        PORTGROUPS("portgroups", "{'node_uuid': '%N', 'name': 'bond%d'}", "node_uuid", 23),
        CHASSIS("chassis", "{'description': 'rack %1$d', 'uuid': '11111111-1111-4111-8111-%1$012d'}", "", 1),
        CONNECTORS("volume/connectors", "{'node_uuid': '%N', 'type': 'iqn', 'connector_id': 'i%d'}", "type", 32),
        TARGETS(
                "volume/targets",
                "{'node_uuid': '%N', 'volume_type': 'iscsi', 'boot_index': %d, 'volume_id': 'v'}",
                "boot_index",
                32),
        TEMPLATES(
                "deploy_templates",
                "{'name': 'CUSTOM_T%d', 'steps': [{'interface': 'bios', 'step': 'apply_configuration', 'args': {},"
                        + " 'priority': 10}]}",
                "steps",
                55);

        final String path;
        final String body;
        final String required;
        final int since;

        Sample(String path, String body, String required, int since) {
            this.path = "/v1/" + path;
            this.body = body;
            this.required = required;
            this.since = since;
        }

        String plural() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    @BeforeAll
    static void start() {
        server = FakeConductor.of(new FakeHardware());
        conductor = server.conductor();
        rest = new Served(conductor);
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void is_created_shown_changed_and_deleted(Sample kind) {
        String body = body(kind, node());
        Served.Answer created = rest.post(kind.path, body);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String uuid = created.json().get("uuid").textValue();
        String one = kind.path + "/" + uuid;
        assertThat(created.header("Location")).isEqualTo(rest.uri(one).toString());
        assertThat(rest.get(one).json()).isEqualTo(created.json());
        assertThat(created.json().at("/links/0/href").textValue()).endsWith(one);
        assertThat(created.json().at("/links/1/href").textValue()).endsWith(one.substring("/v1".length()));
        assertThat(rest.post(kind.path, body).status()).as("twice").isEqualTo(409);

        Served.Answer changed =
                rest.patch(one, "[{\"op\": \"add\", \"path\": \"/extra/api_password\", \"value\": \"hunter2\"}]");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().at("/extra/api_password").textValue()).isEqualTo("******");
        assertThat(changed.json().get("updated_at").isNull()).isFalse();
        assertThat(rest.get(one + "?fields=extra").json().properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder("extra", "links");

        assertThat(rest.delete(one).status()).isEqualTo(204);
        assertThat(rest.get(one).status()).isEqualTo(404);
        assertThat(rest.delete(one).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void is_listed_page_by_page(Sample kind) {
        String node = node();
        for (int i = 0; i < 5; i++) {
            assertThat(rest.post(kind.path, body(kind, node)).status()).isEqualTo(201);
        }
        for (String order :
                List.of("", "&sort_key=uuid&sort_dir=desc", "&sort_key=updated_at", "&sort_key=created_at")) {
            Set<String> seen = new TreeSet<>();
            String path = kind.path + "?limit=2" + order;
            while (path != null) {
                JsonNode page = rest.get(path).json();
                page.get(kind.plural())
                        .forEach(each -> assertThat(seen.add(each.get("uuid").textValue()))
                                .isTrue());
                String base = rest.uri("").toString();
                path = page.has("next") ? page.get("next").textValue().substring(base.length()) : null;
            }
            assertThat(seen).hasSizeGreaterThanOrEqualTo(5);
        }
        JsonNode first = rest.get(kind.path).json().at("/" + kind.plural() + "/0");
        assertThat(first.has("extra")).isFalse();
        assertThat(rest.get(kind.path + "?detail=true")
                        .json()
                        .at("/" + kind.plural() + "/0")
                        .has("extra"))
                .isTrue();
        assertThat(rest.get(kind.path + "?sort_key=extra").status()).isEqualTo(400);
        assertThat(rest.get(kind.path + "?sort_key=uuid;drop").status()).isEqualTo(400);
        assertThat(rest.get(kind.path + "?marker=" + UUID.randomUUID()).status())
                .isEqualTo(404);
        assertThat(rest.get(kind.path + "?fields=color").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void refuses_what_is_wrong_and_names_it(Sample kind) {
        String good = body(kind, node());
        refused(kind, with(good, "color", "1"), "color");
        refused(kind, with(good, "extra", "[]"), "'extra' must be an object");
        refused(kind, with(good, "uuid", "\"x\""), "'uuid' must be a UUID");
        if (!kind.required.isEmpty()) {
            refused(kind, with(good, kind.required, "null"), kind.required);
            refused(kind, with(good, kind.required, "1.5"), kind.required);
        }
        String one =
                kind.path + "/" + rest.post(kind.path, good).json().get("uuid").textValue();
        for (String field : List.of("uuid", "created_at", "node_uuid", "links", "color")) {
            Served.Answer answer =
                    rest.patch(one, "[{\"op\": \"add\", \"path\": \"/" + field + "\", \"value\": \"x\"}]");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.sentence()).contains("/" + field);
        }
        assertThat(rest.patch(one, "[{\"op\": \"replace\", \"path\": \"/extra\", \"value\": 7}]")
                        .sentence())
                .contains("'extra'");
    }

    @ParameterizedTest
    @EnumSource
    void is_not_there_before_its_version(Sample kind) {
        if (kind.since > 1) {
            assertThat(at(kind.path, kind.since - 1).status()).isEqualTo(404);
        }
        assertThat(at(kind.path, kind.since).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/ports, 42, 400", "/v1/ports, 43, 200",
        "/v1/chassis, 42, 400", "/v1/chassis, 43, 200",
        "/v1/portgroups, 42, 400", "/v1/portgroups, 43, 200",
        "/v1/volume/connectors, 32, 200", "/v1/volume/targets, 32, 200"
    })
    void takes_detail_in_the_query_from_its_version_on(String path, int version, int status) {
        assertThat(at(path + "?detail=True", version).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"52-54-00-AA-00-01", "52:54:00:aA:00:01"})
    void reads_macs_as_people_write_them(String spelling) {
        Served.Answer made =
                rest.post("/v1/ports", "{\"node_uuid\": \"" + node() + "\", \"address\": \"" + spelling + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().get("address").textValue()).isEqualTo("52:54:00:aa:00:01");
        assertThat(rest.get("/v1/ports?address=" + spelling).json().get("ports"))
                .hasSize(1);
        rest.delete("/v1/ports/" + made.json().get("uuid").textValue());
    }

    @Test
    void shows_fields_of_ports_from_their_version_on() {
        String node = node();
        Served.Answer made = rest.post("/v1/ports", """
                {"node_uuid": "%s", "address": "52:54:00:bb:00:01", "pxe_enabled": false, "physical_network": "lan",
                 "local_link_connection": {"port_id": "e1", "switch_id": "0a:1b:2c:3d:4e:5f"}}""".formatted(node));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String one = "/v1/ports/" + made.json().get("uuid").textValue();
        assertThat(at(one, 18).json().has("pxe_enabled")).isFalse();
        assertThat(at(one, 19).json().get("pxe_enabled").booleanValue()).isFalse();
        assertThat(at(one, 33).json().has("physical_network")).isFalse();
        assertThat(at(one, 34).json().get("physical_network").textValue()).isEqualTo("lan");
        assertThat(at(one + "?fields=physical_network", 33).status()).isEqualTo(406);
        assertThat(rest.get("/v1/nodes/" + node + "/ports").json().get("ports")).hasSize(1);
        assertThat(rest.get("/v1/ports?shard=none").json().get("ports")).isEmpty();
    }

    @Test
    void keeps_ports_and_their_group_together() {
        String node = node();
        String networked = "[{\"op\": \"add\", \"path\": \"/network_interface\", \"value\": \"flat\"}]";
        assertThat(rest.patch("/v1/nodes/" + node, networked).status()).isEqualTo(200);
        String group = made("portgroups", "{'node_uuid': '" + node + "', 'standalone_ports_supported': false}");
        String strange = made("portgroups", "{'node_uuid': '" + node() + "'}");
        String port =
                "{\"node_uuid\": \"" + node + "\", \"address\": \"52:54:00:cc:00:01\", \"portgroup_uuid\": \"%s\"";
        assertThat(rest.post("/v1/ports", port.formatted(strange) + "}").sentence())
                .contains("different node");
        assertThat(rest.post("/v1/ports", port.formatted(group) + "}").status()).isEqualTo(409);
        assertThat(rest.post("/v1/ports", port.formatted(UUID.randomUUID()) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(rest.post("/v1/ports", port.formatted(group) + ", \"pxe_enabled\": false}")
                        .status())
                .isEqualTo(201);
        assertThat(rest.get("/v1/portgroups/" + group + "/ports").json().get("ports"))
                .hasSize(1);
        assertThat(rest.get("/v1/ports?portgroup=" + group).json().get("ports")).hasSize(1);
        assertThat(rest.get("/v1/nodes/" + node + "/portgroups").json().get("portgroups"))
                .hasSize(1);
        Served.Answer full = rest.delete("/v1/portgroups/" + group);
        assertThat(full.status()).isEqualTo(400);
        assertThat(full.header("X-Ferric-Fault-Code")).isEqualTo("PortgroupNotEmpty");
    }

    @Test
    void masks_the_secrets_of_volumes_and_keeps_them() {
        String node = node();
        String target = "/v1/volume/targets/"
                + made(
                        "volume/targets",
                        "{'node_uuid': '" + node + "', 'volume_type': 'iscsi', 'boot_index': 0, 'volume_id': 'v',"
                                + " 'properties': {'auth_password': 'hunter2', 'target_lun': 1}}");
        JsonNode shown = rest.get(target).json().get("properties");
        assertThat(shown.get("auth_password").textValue()).isEqualTo("******");
        Served.Answer changed =
                rest.patch(target, "[{\"op\": \"replace\", \"path\": \"/properties\", \"value\": " + shown + "}]");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(conductor
                        .volumeTargets()
                        .get(target.substring(target.lastIndexOf('/') + 1))
                        .properties())
                .containsEntry("auth_password", "hunter2");
        JsonNode index = rest.get("/v1/nodes/" + node + "/volume").json();
        assertThat(index.at("/targets/0/href").textValue()).endsWith("/volume/targets");
        assertThat(rest.get("/v1/nodes/" + node + "/volume/targets").json().get("targets"))
                .hasSize(1);
        assertThat(rest.get("/v1/nodes/" + node + "/volume/connectors").json().get("connectors"))
                .isEmpty();
        assertThat(rest.get("/v1/volume").json().at("/connectors/0/href").textValue())
                .endsWith("/v1/volume/connectors");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': 'gold', 'steps': []} | CUSTOM_",
                "{'name': 'CUSTOM_A', 'steps': []} | 'steps' is empty",
                "{'name': 'CUSTOM_A', 'steps': [1]} | 'steps' must be a list of objects",
                "{'name': 'CUSTOM_A', 'steps': [{'interface': 'bios'}]} | needs all of them",
                "{'name': 'CUSTOM_A', 'steps': [{'interface': 'x', 'step': 's', 'args': {}, 'priority': 1}]} | 'interface'",
                "{'name': 'CUSTOM_A', 'steps': [{'interface': 'bios', 'step': 's', 'args': {}, 'priority': -1}]} | 'priority'",
                "{'name': 'CUSTOM_A', 'steps': [{'interface': 'bios', 'step': 's', 'args': 1, 'priority': 1}]} | 'args'"
            })
    void refuses_templates_that_no_deploy_could_follow(String body, String why) {
        Served.Answer answer = rest.post("/v1/deploy_templates", body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
    }

    private static void refused(Sample kind, String body, String why) {
        Served.Answer answer = rest.post(kind.path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
    }

    private static String with(String body, String field, String value) {
        try {
            ObjectNode json = (ObjectNode) Served.JSON.readTree(body);
            return json.set(field, Served.JSON.readTree(value)).toString();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String made(String path, String body) {
        Served.Answer answer = rest.post("/v1/" + path, body.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("uuid").textValue();
    }

    private static String body(Sample kind, String node) {
        return kind.body.replace('\'', '"').replace("%N", node).formatted(++made);
    }

    /** A node that is off. */
    private static String node() {
        Served.Answer answer = rest.post("/v1/nodes", "{\"driver\": \"fake-hardware\"}");
        String uuid = answer.json().get("uuid").textValue();
        server.database()
                .nodes()
                .savePower(UUID.fromString(uuid), Optional.of(io.ferric.node.PowerState.OFF), Optional.empty());
        return uuid;
    }

    private static Served.Answer at(String path, int minor) {
        return rest.send(
                rest.request(path).header(ApiVersion.HEADER, "1." + minor).GET());
    }
}
