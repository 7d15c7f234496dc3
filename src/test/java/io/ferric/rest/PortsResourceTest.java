package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.PortQuery;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortsResourceTest extends RestOnMock {
    private static final String ID = Samples.PORT.toString();

    @Test
    void creates_a_port() {
        when(conductor.createPort(any(), any(), any(), any())).thenReturn(Samples.port());

        Served.Answer answer = rest.post(
                "/v1/ports",
                "{\"node_uuid\": \"" + Samples.NODE + "\", \"address\": \"52:54:00:12:34:56\","
                        + " \"extra\": {\"vif_port_id\": \"v1\"}}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo(rest.uri("/v1/ports/" + ID).toString());
        verify(conductor)
                .createPort(
                        any(), eq(Samples.NODE.toString()), eq("52:54:00:12:34:56"), eq(Map.of("vif_port_id", "v1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"address\": \"52:54:00:12:34:56\"}                        | 'node_uuid' is missing",
                "{\"node_uuid\": \"n1\"}                                     | 'address' is missing",
                "{\"node_uuid\": \"n1\", \"address\": \"a\", \"color\": 1}   | color",
                "{\"node_uuid\": \"n1\", \"address\": \"a\", \"uuid\": \"x\"} | 'uuid' must be a UUID"
            })
    void refuses_a_port_that_is_not_declared_well(String body, String why) {
        Served.Answer answer = rest.post("/v1/ports", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
        verifyNoInteractions(conductor);
    }

    @Test
    void says_when_an_address_is_taken() {
        when(conductor.createPort(any(), any(), any(), any()))
                .thenThrow(new Conflict(FaultCode.MAC_ALREADY_EXISTS, "A port has it", ""));

        assertThat(rest.post("/v1/ports", "{\"node_uuid\": \"n1\", \"address\": \"52:54:00:12:34:56\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void shows_a_port_without_its_secrets() {
        when(conductor.port(ID)).thenReturn(Samples.port());

        JsonNode port = rest.get("/v1/ports/" + ID).json();

        assertThat(port.get("uuid").textValue()).isEqualTo(ID);
        assertThat(port.get("node_uuid").textValue()).isEqualTo(Samples.NODE.toString());
        assertThat(port.get("address").textValue()).isEqualTo("52:54:00:12:34:56");
        assertThat(port.at("/extra/vif_port_id").textValue()).isEqualTo("v1");
        assertThat(port.at("/extra/secret_x").textValue()).isEqualTo("******");
        assertThat(port.get("updated_at").isNull()).isTrue();
        assertThat(rest.get("/v1/ports/" + ID + "?fields=address").json().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("address", "links");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/ports?node=n1&address=52:54:00:AA:34:56",
        "/v1/ports?node_uuid=n1&address=52:54:00:AA:34:56",
        "/v1/ports/detail?node=n1&address=52:54:00:aa:34:56",
        "/v1/nodes/n1/ports?address=52:54:00:aa:34:56"
    })
    void lists_the_ports_of_a_node_or_an_address(String path) {
        when(conductor.ports(any())).thenReturn(Samples.ports(1));

        JsonNode list = rest.get(path).json();

        assertThat(list.at("/ports/0/address").textValue()).isEqualTo("52:54:00:12:34:56");
        assertThat(list.at("/ports/0").has("extra")).isEqualTo(path.contains("detail"));
        verify(conductor)
                .ports(new PortQuery(Optional.of("n1"), Optional.of("52:54:00:aa:34:56"), Optional.empty(), 1001));
    }

    @Test
    void links_to_the_next_page() {
        when(conductor.ports(any())).thenReturn(Samples.ports(3));

        JsonNode page = rest.get("/v1/ports?limit=2").json();

        assertThat(page.get("ports")).hasSize(2);
        assertThat(page.get("next").textValue())
                .contains("marker=" + page.at("/ports/1/uuid").textValue());
    }

    @Test
    void changes_a_port_by_patch_and_keeps_what_is_masked() {
        List<Port> changed = new ArrayList<>();
        when(conductor.updatePort(eq(ID), any())).thenAnswer(call -> {
            UnaryOperator<Port> change = call.getArgument(1);
            changed.add(change.apply(Samples.port()));
            return changed.get(0);
        });

        Served.Answer answer = rest.patch("/v1/ports/" + ID, """
                [{"op": "replace", "path": "/address", "value": "52:54:00:00:00:01"},
                 {"op": "replace", "path": "/extra", "value": {"secret_x": "******", "a": 1}}]""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(changed.get(0).address()).isEqualTo("52:54:00:00:00:01");
        assertThat(changed.get(0).extra()).isEqualTo(Map.of("secret_x", "s3cret", "a", 1));
        assertThat(changed.get(0).nodeUuid()).isEqualTo(Samples.NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node_uuid", "uuid", "created_at", "pxe_enabled"})
    void keeps_a_port_with_its_node(String field) {
        when(conductor.updatePort(any(), any())).thenAnswer(call -> {
            UnaryOperator<Port> change = call.getArgument(1);
            return change.apply(Samples.port());
        });

        Served.Answer answer = rest.patch(
                "/v1/ports/" + ID,
                "[{\"op\": \"replace\", \"path\": \"/" + field + "\", \"value\": \"" + Samples.INSTANCE + "\"}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("'/" + field + "' of a port cannot be changed");
    }

    @Test
    void refuses_an_address_that_is_none() {
        when(conductor.updatePort(any(), any())).thenAnswer(call -> {
            UnaryOperator<Port> change = call.getArgument(1);
            return change.apply(Samples.port());
        });

        assertThat(rest.patch("/v1/ports/" + ID, "[{\"op\": \"replace\", \"path\": \"/address\", \"value\": \"x\"}]")
                        .sentence())
                .contains("not a MAC address");
    }

    @Test
    void deletes_a_port() {
        assertThat(rest.delete("/v1/ports/" + ID).status()).isEqualTo(204);
        verify(conductor).deletePort(ID);
    }
}
