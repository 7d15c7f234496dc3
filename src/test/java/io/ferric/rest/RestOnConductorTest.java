package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole stories through REST on a real conductor with the fake driver. */
class RestOnConductorTest {
    private static final FakeHardware HARDWARE = new FakeHardware();

    private static FakeConductor server;
    private static Conductor conductor;
    private static Served rest;

    @BeforeAll
    static void start() {
        server = FakeConductor.of(HARDWARE);
        conductor = server.conductor();
        conductor.start();
        rest = new Served(conductor);
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Test
    void enrols_deploys_and_tears_down_a_node() {
        String node = "/v1/nodes/" + enrol("story", "{\"fake_callback\": true, \"fake_password\": \"hunter2\"}");
        available(node);
        verb(node, "active");
        reaches(node, "wait call-back");

        JsonNode waiting = rest.get(node).json();
        assertThat(waiting.at("/instance_info/deploy_key").textValue()).isEqualTo("******");
        assertThat(waiting.at("/driver_info/fake_password").textValue()).isEqualTo("******");
        assertThat(waiting.get("target_provision_state").textValue()).isEqualTo("active");

        Served.Answer accepted = call(node, key(node), "\"address\": \"127.0.0.1\", \"iqn\": \"iqn-1\"");
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.body()).isEmpty();
        reaches(node, "active");
        assertThat(rest.get(node + "/states").json().get("power_state").textValue())
                .isEqualTo("power on");
        assertThat(rest.get(node + "/history").json().get("history")).isNotEmpty();
        assertThat(rest.delete(node).status()).isEqualTo(409);

        verb(node, "deleted");
        reaches(node, "available");
        assertThat(rest.delete(node).status()).isEqualTo(204);
        assertThat(rest.get(node).status()).isEqualTo(404);
    }

    @Test
    void refuses_a_callback_that_is_not_the_ramdisks_and_changes_nothing() {
        String node = "/v1/nodes/" + enrol("callback", "{\"fake_callback\": true}");
        available(node);

        assertThat(call(node, "", "\"address\": \"127.0.0.1\", \"iqn\": \"i\"").status())
                .as("no key on the node")
                .isEqualTo(400);
        verb(node, "active");
        reaches(node, "wait call-back");
        String before = rest.get(node).body();
        assertThat(call(node, "WRONG", "\"address\": \"127.0.0.1\", \"iqn\": \"i\"")
                        .sentence())
                .contains("Deploy key does not match")
                .doesNotContain("WRONG");
        assertThat(rest.post(node + "/vendor_passthru/pass_deploy_info", "").status())
                .isEqualTo(400);
        assertThat(call(node, key(node), "\"error\": \"\"").sentence()).contains("address", "iqn");
        assertThat(rest.get(node).body()).isEqualTo(before);

        String key = key(node);
        assertThat(call(node, key, "\"address\": \"127.0.0.1\", \"iqn\": \"i\"").status())
                .isEqualTo(200);
        reaches(node, "active");
        assertThat(call(node, key, "\"address\": \"127.0.0.1\", \"iqn\": \"i\"").status())
                .as("replayed")
                .isEqualTo(400);
    }

    @Test
    void tells_why_a_deploy_failed() {
        String node = "/v1/nodes/" + enrol("failing", "{}");
        available(node);
        HARDWARE.on(uuid(node), FakeStep.DEPLOY, task -> {
            throw new OperationFailed(
                    FaultCode.ILO_OPERATION_ERROR, "The iLO fetched http://h/x?sig=f00d and failed", "Look at it.");
        });
        verb(node, "active");
        reaches(node, "deploy failed");

        assertThat(rest.get(node + "/states").json().get("last_error").textValue())
                .contains("The iLO fetched http://h/x?sig=*** and failed. Look at it.");
        assertThat(rest.get(node + "/history").body()).contains("ERROR").doesNotContain("f00d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"driver\": \"fake-hardware\", \"name\": \"a b\"}   | 400 | cannot be the name",
                "{\"driver\": \"fake-hardware\", \"name\": \"\"}      | 400 | cannot be the name",
                "{\"driver\": \"nosuch\"}                             | 400 | No conductor service registered"
            })
    void refuses_a_node_the_conductor_does_not_want(String body, int status, String why) {
        Served.Answer answer = rest.post("/v1/nodes", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).contains(why);
    }

    @Test
    void says_what_exists_already() {
        String uuid = enrol("twin", "{}");
        String port = "{\"node_uuid\": \"" + uuid + "\", \"address\": \"52:54:00:00:00:AA\"}";

        assertThat(rest.post("/v1/nodes", "{\"driver\": \"fake-hardware\", \"name\": \"twin\"}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.post("/v1/nodes", "{\"driver\": \"fake-hardware\", \"uuid\": \"" + uuid + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.post("/v1/ports", port).status()).isEqualTo(201);
        assertThat(rest.post("/v1/ports", port).status()).isEqualTo(409);
        assertThat(rest.get("/v1/nodes/twin/ports?address=52:54:00:00:00:aa")
                        .json()
                        .get("ports"))
                .hasSize(1);
    }

    @Test
    void says_what_cannot_be_done_now() {
        String node = "/v1/nodes/" + enrol("early", "{}");

        Served.Answer early = rest.put(node + "/states/provision", "{\"target\": \"active\"}");
        Served.Answer unknown = rest.put(node + "/states/provision", "{\"target\": \"fly\"}");

        assertThat(early.status()).isEqualTo(400);
        assertThat(early.header("X-Ferric-Fault-Code")).isEqualTo("InvalidStateRequested");
        assertThat(unknown.status()).isEqualTo(400);
        Served.Answer nosuch = rest.post(node + "/vendor_passthru/nosuch", "{}");
        assertThat(nosuch.status()).isEqualTo(400);
        assertThat(nosuch.sentence())
                .isEqualTo("Unsupported method (nosuch) passed to the driver."
                        + " GET .../vendor_passthru/methods lists those it has.");
        assertThat(rest.get(node + "/vendor_passthru/pass_deploy_info").status())
                .isEqualTo(400);
    }

    @Test
    void patches_what_is_declared_and_loses_no_secret() {
        String node = "/v1/nodes/" + enrol("patched", "{\"fake_password\": \"hunter2\", \"a\": 1}");
        JsonNode shown = rest.get(node).json();

        Served.Answer answer = rest.patch(
                node,
                "[{\"op\": \"replace\", \"path\": \"/driver_info\", \"value\": " + shown.get("driver_info") + "},"
                        + " {\"op\": \"add\", \"path\": \"/driver_info/b\", \"value\": 2}]");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(conductor.node("patched").driverInfo().values())
                .containsEntry("fake_password", "hunter2")
                .containsEntry("a", 1)
                .containsEntry("b", 2);
        assertThat(rest.get(node).json().get("updated_at").isNull()).isFalse();
    }

    @Test
    void pages_through_every_node_once() {
        for (int i = 0; i < 5; i++) {
            rest.post("/v1/nodes", "{\"driver\": \"fake-hardware\", \"resource_class\": \"paged\"}");
        }
        java.util.Set<String> seen = new java.util.TreeSet<>();
        int pages = 0;
        String path = "/v1/nodes?resource_class=paged&limit=2&sort_key=uuid&sort_dir=desc";
        while (path != null) {
            JsonNode page = rest.get(path).json();
            page.get("nodes")
                    .forEach(each ->
                            assertThat(seen.add(each.get("uuid").textValue())).isTrue());
            pages++;
            path = page.has("next")
                    ? page.get("next")
                            .textValue()
                            .substring(rest.uri("").toString().length())
                    : null;
        }
        assertThat(seen).hasSize(5);
        assertThat(pages).isEqualTo(3);
        assertThat(rest.get("/v1/nodes?marker=" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void reads_and_sets_boot_device_power_and_maintenance() {
        String node = "/v1/nodes/" + enrol("managed", "{}");

        assertThat(rest.put(node + "/management/boot_device", "{\"boot_device\": \"cdrom\"}")
                        .status())
                .isEqualTo(204);
        assertThat(rest.get(node + "/management/boot_device")
                        .json()
                        .get("boot_device")
                        .textValue())
                .isEqualTo("cdrom");
        assertThat(rest.get(node + "/validate").json().at("/power/result").booleanValue())
                .isTrue();
        assertThat(rest.put(node + "/states/power", "{\"target\": \"power on\"}")
                        .status())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(20)).until(() -> "power on"
                .equals(rest.get(node + "/states").json().get("power_state").textValue()));
        assertThat(rest.put(node + "/maintenance", "{\"reason\": \"fan\"}").status())
                .isEqualTo(202);
        assertThat(rest.get(node).json().get("maintenance_reason").textValue()).isEqualTo("fan");
    }

    private static String enrol(String name, String driverInfo) {
        Served.Answer answer = rest.post(
                "/v1/nodes",
                "{\"driver\": \"fake-hardware\", \"name\": \"" + name + "\", \"driver_info\": " + driverInfo + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("uuid").textValue();
    }

    private static void available(String node) {
        verb(node, "manage");
        reaches(node, "manageable");
        verb(node, "provide");
        reaches(node, "available");
    }

    private static void verb(String node, String verb) {
        Served.Answer answer = rest.put(node + "/states/provision", "{\"target\": \"" + verb + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private static void reaches(String node, String state) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    JsonNode now = rest.get(node).json();
                    return state.equals(now.get("provision_state").textValue())
                            && now.get("reservation").isNull();
                });
    }

    private static Served.Answer call(String node, String key, String rest2) {
        return rest.post(node + "/vendor_passthru/pass_deploy_info", "{\"key\": \"" + key + "\", " + rest2 + "}");
    }

    private static String key(String node) {
        return conductor
                .node(uuid(node).toString())
                .instanceInfo()
                .text("deploy_key")
                .orElseThrow();
    }

    private static UUID uuid(String node) {
        return UUID.fromString(node.substring(node.lastIndexOf('/') + 1));
    }
}
