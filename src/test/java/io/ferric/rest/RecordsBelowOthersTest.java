package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.fake.FakeHardware;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses below others, old forms of addresses and what is checked of a port, as the real Ironic answers them. */
class RecordsBelowOthersTest {
    private static FakeConductor server;
    private static Served rest;

    @BeforeAll
    static void start() {
        server = FakeConductor.of(new FakeHardware());
        rest = new Served(server.conductor());
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Test
    void lists_the_nodes_of_one_chassis_only() {
        String chassis = made("chassis", "{}");
        String inside = made("nodes", "{'driver': 'fake-hardware', 'chassis_uuid': '" + chassis + "'}");
        made("nodes", "{'driver': 'fake-hardware'}");
        assertThat(uuids("/v1/chassis/" + chassis + "/nodes", "nodes")).containsExactly(inside);
        assertThat(rest.get("/v1/chassis/11111111-1111-4111-8111-111111111111/nodes")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"ports, 52:54:00:00:09:01", "portgroups, 52:54:00:00:09:02"})
    void shows_all_of_what_a_node_has(String kind, String address) {
        String node = made("nodes", "{'driver': 'fake-hardware'}");
        String one = made(kind, "{'node_uuid': '" + node + "', 'address': '" + address + "', 'extra': {'a': 1}}");
        String path = "/v1/nodes/" + node + "/" + kind;
        assertThat(uuids(path + "/detail", kind)).containsExactly(one);
        assertThat(rest.get(path + "/detail")
                        .json()
                        .at("/" + kind + "/0/extra/a")
                        .intValue())
                .isEqualTo(1);
        assertThat(rest.get(path).json().at("/" + kind + "/0").has("extra")).isFalse();
    }

    @Test
    void tells_a_drivers_properties_in_the_old_form_of_the_address() {
        Served.Answer old = rest.get("/v1/drivers/properties?driver_name=fake-hardware");
        assertThat(old.status()).as(old.body()).isEqualTo(200);
        assertThat(old.json())
                .isEqualTo(rest.get("/v1/drivers/fake-hardware/properties").json());
        Served.Answer nameless = rest.get("/v1/drivers/properties");
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(nameless.body()).contains("driver_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'nosuch': 'x'}", "{'switch_id': 7, 'port_id': 'p'}", "{'port_id': 'p'}"})
    void refuses_a_connection_that_names_no_switch(String connection) {
        Served.Answer answer = post("ports", port(connection, "52:54:00:00:09:03"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("local_link_connection");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | 52:54:00:00:09:11",
                "{'switch_id': '00:11:22:33:44:55', 'port_id': 'p', 'switch_info': 's'} | 52:54:00:00:09:12",
                "{'port_id': 'rep0-0', 'hostname': 'h'} | 52:54:00:00:09:13",
                "{'network_type': 'unmanaged'} | 52:54:00:00:09:14"
            })
    void takes_a_connection_that_names_a_switch(String connection, String address) {
        made("ports", port(connection, address));
    }

    @Test
    void refuses_to_look_up_what_is_no_address() {
        assertThat(rest.get("/v1/lookup?addresses=zz").status()).isEqualTo(400);
        assertThat(rest.get("/v1/lookup?addresses=52:54:00:00:09:99").status()).isEqualTo(404);
    }

    private static String port(String connection, String address) {
        return "{'node_uuid': '%s', 'address': '%s', 'local_link_connection': %s}"
                .formatted(made("nodes", "{'driver': 'fake-hardware'}"), address, connection);
    }

    private static String made(String path, String body) {
        Served.Answer answer = post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("uuid").textValue();
    }

    private static Served.Answer post(String path, String body) {
        return rest.post("/v1/" + path, body.replace('\'', '"'));
    }

    private static List<String> uuids(String path, String kind) {
        Served.Answer answer = rest.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get(kind).findValuesAsText("uuid");
    }
}
