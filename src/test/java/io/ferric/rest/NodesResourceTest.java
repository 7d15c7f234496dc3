package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.NodeQuery;
import io.ferric.driver.Findings;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.node.ProvisionState;
import io.ferric.rest.data.NodeData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

class NodesResourceTest extends RestOnMock {
    private static final String ID = Samples.NODE.toString();

    @Test
    void shows_a_node_with_ironics_field_names() {
        when(conductor.node("rack1-u7")).thenReturn(Samples.node());

        JsonNode node = rest.get("/v1/nodes/rack1-u7").json();

        assertThat(node.get("uuid").textValue()).isEqualTo(ID);
        assertThat(node.get("name").textValue()).isEqualTo("rack1-u7");
        assertThat(node.get("driver").textValue()).isEqualTo("ilo");
        assertThat(node.get("provision_state").textValue()).isEqualTo("wait call-back");
        assertThat(node.get("target_provision_state").textValue()).isEqualTo("active");
        assertThat(node.get("provision_updated_at").textValue()).isEqualTo("2026-11-22T15:05:05.000000+00:00");
        assertThat(node.get("power_state").textValue()).isEqualTo("power on");
        assertThat(node.get("target_power_state").textValue()).isEqualTo("rebooting");
        assertThat(node.get("maintenance").booleanValue()).isTrue();
        assertThat(node.get("maintenance_reason").textValue()).isEqualTo("fan");
        assertThat(node.get("fault").textValue()).isEqualTo("power failure");
        assertThat(node.get("reservation").textValue()).isEqualTo("conductor-a");
        assertThat(node.get("instance_uuid").textValue()).isEqualTo(Samples.INSTANCE.toString());
        assertThat(node.get("resource_class").textValue()).isEqualTo("baremetal");
        assertThat(node.get("instance_info").get("root_gb").intValue()).isEqualTo(10);
        assertThat(node.get("driver_internal_info").get("bytes_written").longValue())
                .isEqualTo(7);
        assertThat(node.get("created_at").textValue()).isEqualTo("2026-11-22T15:04:05.000000+00:00");
        assertThat(node.at("/links/0/href").textValue())
                .isEqualTo(rest.uri("/v1/nodes/" + ID).toString());
        assertThat(node.at("/links/1/rel").textValue()).isEqualTo("bookmark");
        assertThat(node.at("/ports/0/href").textValue()).endsWith("/v1/nodes/" + ID + "/ports");
        assertThat(node.at("/states/0/href").textValue()).endsWith("/v1/nodes/" + ID + "/states");
    }

    @Test
    void shows_what_is_not_known_as_null() {
        Node fresh = Node.enrolled(Samples.NODE, NodeSpec.ofDriver("fake-hardware"), Samples.CREATED);
        when(conductor.node(ID)).thenReturn(fresh);

        JsonNode node = rest.get("/v1/nodes/" + ID).json();

        for (String field :
                List.of("name", "power_state", "last_error", "instance_uuid", "updated_at", "reservation")) {
            assertThat(node.has(field)).as(field).isTrue();
            assertThat(node.get(field).isNull()).as(field).isTrue();
        }
        assertThat(node.get("driver_info").isEmpty()).isTrue();
    }

    @Test
    void never_shows_a_secret() {
        when(conductor.node(ID)).thenReturn(Samples.node());
        when(conductor.nodes(any())).thenReturn(Samples.nodes(1));
        when(conductor.updateNode(eq(ID), any())).thenReturn(Samples.node());
        when(conductor.createNode(any(), any())).thenReturn(Samples.node());

        for (Served.Answer answer : List.of(
                rest.get("/v1/nodes/" + ID),
                rest.get("/v1/nodes/detail"),
                rest.get("/v1/nodes?fields=driver_info,extra,instance_info,driver_internal_info,last_error"),
                rest.get("/v1/nodes/" + ID + "/states"),
                rest.patch("/v1/nodes/" + ID, "[]"),
                rest.post("/v1/nodes", "{\"driver\": \"ilo\"}"))) {
            assertThat(answer.body())
                    .as(answer.http().uri().toString())
                    .doesNotContain("hunter2", "f00d", "beef", "K3Y", "t0ken", "u:pw");
        }
        assertThat(rest.get("/v1/nodes/" + ID)
                        .json()
                        .at("/driver_info/ilo_password")
                        .textValue())
                .isEqualTo("******");
    }

    @Test
    void can_be_read_back_by_a_client_as_a_record() throws Exception {
        when(conductor.node(ID)).thenReturn(Samples.node());
        when(conductor.nodes(any())).thenReturn(Samples.nodes(1));

        NodeData node = Served.JSON.readValue(rest.get("/v1/nodes/" + ID).body(), NodeData.class);
        NodeData summary = Served.JSON.treeToValue(rest.get("/v1/nodes").json().at("/nodes/0"), NodeData.class);

        assertThat(node.provisionState()).isEqualTo("wait call-back");
        assertThat(node.updatedAt()).contains(Samples.CREATED.plusSeconds(90));
        assertThat(node.driverInfo()).containsEntry("ilo_address", "10.0.0.7");
        assertThat(summary.name()).contains("rack1-u7");
        assertThat(summary.driverInfo()).isEmpty();
        assertThat(summary.lastError()).isEmpty();
    }

    @Test
    void shows_the_fields_asked_for_and_no_others() {
        when(conductor.node(ID)).thenReturn(Samples.node());

        assertThat(rest.get("/v1/nodes/" + ID + "?fields=uuid,power_state")
                        .json()
                        .fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("uuid", "power_state", "links");
    }

    @Test
    void refuses_a_field_that_is_none() {
        Served.Answer answer = rest.get("/v1/nodes?fields=uuid,colour");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("colour").contains("provision_state");
    }

    @Test
    void enrols_a_node() {
        when(conductor.createNode(any(), any())).thenReturn(Samples.node());

        Served.Answer answer = rest.post("/v1/nodes", """
                {"driver": "ilo", "name": "rack1-u7", "resource_class": "baremetal",
                 "driver_info": {"ilo_address": "10.0.0.7", "ilo_password": "hunter2", "client_port": 443},
                 "properties": {"capabilities": "boot_mode:bios"}, "extra": {"a": [1, 2.5, null, true]},
                 "instance_uuid": null}""");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo(rest.uri("/v1/nodes/" + ID).toString());
        assertThat(answer.json().get("uuid").textValue()).isEqualTo(ID);
        ArgumentCaptor<NodeSpec> spec = ArgumentCaptor.forClass(NodeSpec.class);
        verify(conductor).createNode(any(UUID.class), spec.capture());
        assertThat(spec.getValue().name()).contains("rack1-u7");
        assertThat(spec.getValue().driverInfo().values())
                .containsEntry("ilo_password", "hunter2")
                .containsEntry("client_port", 443);
        assertThat(spec.getValue().extra()).containsEntry("a", Arrays.asList(1, 2.5, null, true));
        assertThat(spec.getValue().instanceUuid()).isEmpty();
    }

    @Test
    void enrols_a_node_under_the_uuid_asked_for() {
        when(conductor.createNode(any(), any())).thenReturn(Samples.node());

        rest.post("/v1/nodes", "{\"driver\": \"ilo\", \"uuid\": \"" + ID + "\"}");

        verify(conductor).createNode(eq(Samples.NODE), any());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                  | 'driver' is missing",
                "{\"driver\": \"\"}                                  | 'driver' is missing",
                "{\"driver\": 7}                                     | 'driver' must be a text",
                "{\"driver\": \"ilo\", \"driver_info\": [1]}         | 'driver_info' must be an object",
                "{\"driver\": \"ilo\", \"uuid\": \"1-1-1-1-1\"}      | 'uuid' must be a UUID",
                "{\"driver\": \"ilo\", \"instance_uuid\": \"x\"}     | 'instance_uuid' must be a UUID",
                "{\"driver\": \"ilo\", \"name\": \"detail\"}         | cannot be the name",
                "{\"driver\": \"ilo\", \"provision_state\": \"active\"} | internal attribute",
                "{\"driver\": \"ilo\", \"last_error\": \"x\"}        | internal attribute",
                "{\"driver\": \"ilo\", \"reservation\": \"x\"}       | internal attribute",
                "{\"driver\": \"ilo\", \"created_at\": \"x\"}        | internal attribute",
                "{\"driver\": \"ilo\", \"colour\": \"red\"}          | no field 'colour'",
                "{\"driver\": \"ilo\", \"driver_info\": {\"ilo_password\": \"******\"}} | mask of a secret"
            })
    void refuses_a_node_that_is_not_declared_well(String body, String why) {
        Served.Answer answer = rest.post("/v1/nodes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
        verifyNoInteractions(conductor);
    }

    @Test
    void says_when_a_name_is_taken() {
        when(conductor.createNode(any(), any()))
                .thenThrow(new Conflict(FaultCode.DUPLICATE_NAME, "A node named n1 exists", ""));

        assertThat(rest.post("/v1/nodes", "{\"driver\": \"ilo\", \"name\": \"n1\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void a_list_that_fails_half_way_is_an_error_and_no_half_list() {
        doAnswer(call -> {
                    call.<Consumer<Node>>getArgument(1).accept(Samples.node());
                    throw new OperationFailed(FaultCode.INTERNAL_ERROR, "the database went away", "");
                })
                .when(conductor)
                .eachNode(any(), any());

        Served.Answer answer = rest.get("/v1/nodes");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("the database went away").doesNotContain("\"nodes\"");
    }

    @Test
    void lists_nodes_in_short() {
        when(conductor.nodes(any())).thenReturn(Samples.nodes(2));

        JsonNode list = rest.get("/v1/nodes/").json();

        assertThat(list.get("nodes")).hasSize(2);
        assertThat(list.has("next")).isFalse();
        assertThat(list.at("/nodes/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "uuid", "name", "instance_uuid", "maintenance", "power_state", "provision_state", "links");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nodes/detail", "/v1/nodes?detail=True"})
    void lists_nodes_in_detail(String path) {
        when(conductor.nodes(any())).thenReturn(Samples.nodes(1));

        assertThat(rest.get(path).json().at("/nodes/0/driver_info/ilo_address").textValue())
                .isEqualTo("10.0.0.7");
    }

    @Test
    void passes_every_filter_on() {
        when(conductor.nodes(any())).thenReturn(List.of());

        rest.get("/v1/nodes?instance_uuid=" + Samples.INSTANCE + "&associated=true&maintenance=False&driver=ilo"
                + "&provision_state=wait%20call-back&resource_class=big&marker=" + ID
                + "&limit=5&sort_key=name&sort_dir=desc");

        NodeQuery query = asked();
        assertThat(query.filters()).containsEntry(NodeFilter.INSTANCE_UUID, Samples.INSTANCE);
        assertThat(query.filters()).containsEntry(NodeFilter.ASSOCIATED, true);
        assertThat(query.filters()).containsEntry(NodeFilter.MAINTENANCE, false);
        assertThat(query.filters()).containsEntry(NodeFilter.DRIVER, "ilo");
        assertThat(query.filters()).containsEntry(NodeFilter.PROVISION_STATE, ProvisionState.WAIT_CALL_BACK);
        assertThat(query.filters()).containsEntry(NodeFilter.RESOURCE_CLASS, "big");
        assertThat(query.marker()).contains(Samples.NODE);
        assertThat(query.limit()).isEqualTo(6);
        assertThat(query.sortKey().toString()).isEqualTo("NAME");
        assertThat(query.descending()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "associated=perhaps",
                "maintenance=2",
                "instance_uuid=x",
                "provision_state=sleeping",
                "limit=-1",
                "limit=0",
                "fault=x",
                "limit=x",
                "limit=99999999999",
                "marker=n1",
                "sort_key=driver_info",
                "sort_dir=up",
                "colour=red",
                "fields=uuid&detail=true"
            })
    void refuses_a_query_it_does_not_understand(String query) {
        Served.Answer answer = rest.get("/v1/nodes?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).isNotBlank();
        verifyNoInteractions(conductor);
    }

    @Test
    void links_to_the_next_page_with_the_same_filters() {
        when(conductor.nodes(any())).thenReturn(Samples.nodes(3));

        JsonNode page =
                rest.get("/v1/nodes?limit=2&driver=ilo&fields=uuid,name").json();

        assertThat(page.get("nodes")).hasSize(2);
        assertThat(page.get("next").textValue())
                .startsWith(rest.uri("/v1/nodes?").toString())
                .contains("driver=ilo", "fields=uuid,name", "limit=2")
                .contains("marker=" + page.at("/nodes/1/uuid").textValue());
    }

    @Test
    void has_no_next_page_when_the_list_ends_with_this_one() {
        when(conductor.nodes(any())).thenReturn(Samples.nodes(2));

        assertThat(rest.get("/v1/nodes?limit=2").json().has("next")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1001, 1001", "5000, 1001", "7, 8"})
    void never_shows_more_than_the_most(int limit, int asked) {
        when(conductor.nodes(any())).thenReturn(List.of());

        rest.get("/v1/nodes?limit=" + limit);

        assertThat(asked().limit()).isEqualTo(asked);
    }

    @Test
    void changes_a_node_by_patch() {
        Map<String, NodeSpec> changed = new LinkedHashMap<>();
        when(conductor.updateNode(eq("n1"), any())).thenAnswer(call -> {
            UnaryOperator<NodeSpec> change = call.getArgument(1);
            changed.put("n1", change.apply(Samples.spec()));
            return Samples.node().with(changed.get("n1"));
        });

        Served.Answer answer = rest.patch("/v1/nodes/n1", """
                [{"op": "replace", "path": "/name", "value": "new"},
                 {"op": "add", "path": "/instance_info/swap_mb", "value": 512},
                 {"op": "remove", "path": "/instance_uuid"},
                 {"op": "replace", "path": "/driver_info/ilo_password", "value": "******"}]""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("name").textValue()).isEqualTo("new");
        NodeSpec spec = changed.get("n1");
        assertThat(spec.name()).contains("new");
        assertThat(spec.instanceInfo().values()).containsEntry("swap_mb", 512).containsEntry("root_gb", 10);
        assertThat(spec.instanceUuid()).isEmpty();
        assertThat(spec.driverInfo().values()).containsEntry("ilo_password", "hunter2");
        assertThat(spec.resourceClass()).contains("baremetal");
    }

    @Test
    void takes_the_media_type_of_json_patch_too() {
        when(conductor.updateNode(any(), any())).thenReturn(Samples.node());

        Served.Answer answer = rest.send(rest.request("/v1/nodes/n1")
                .header("Content-Type", "application/json-patch+json")
                .method("PATCH", java.net.http.HttpRequest.BodyPublishers.ofString("[]")));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\"}                                                    | must be a JSON list",
                "[7]                                                                  | must be add, replace or remove",
                "[{\"op\": \"move\", \"from\": \"/name\", \"path\": \"/extra/x\"}]    | must be add, replace or remove",
                "[{\"op\": \"add\", \"path\": \"/name\"}]                             | \"value\" is missing",
                "[{\"op\": \"add\", \"path\": \"name\", \"value\": \"x\"}]            | must begin with /",
                "[{\"op\": \"add\", \"path\": \"\", \"value\": {}}]                   | must begin with /",
                "[{\"op\": \"add\", \"path\": \"/extra/~2\", \"value\": 1}]           | ~0"
            })
    void refuses_a_patch_that_is_none(String body, String why) {
        Served.Answer answer = rest.patch("/v1/nodes/n1", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replace | /provision_state      | \"active\"   | internal attribute",
                "replace | /uuid                 | \"x\"        | internal attribute",
                "add     | /driver_internal_info/x | 1          | internal attribute",
                "replace | /maintenance_reason   | \"fan\"        | /maintenance changes it",
                "replace | /protected            | \"perhaps\"    | 'protected' must be true or false",
                "add     | /traits               | [\"A\"]        | /traits changes them",
                "add     | /colour               | \"red\"      | no field 'colour'",
                "remove  | /driver               | 0            | 'driver' is missing",
                "replace | /driver_info          | \"text\"     | must be an object",
                "replace | /driver_info/missing  | 1            | no such value to replace",
                "remove  | /extra/missing        | 1            | no such value to remove",
                "add     | /extra/a/b/c          | 1            | nothing it could be set in",
                "add     | /extra/pin_password   | \"******\"   | mask of a secret"
            })
    void refuses_a_change_that_cannot_be(String op, String path, String value, String why) {
        when(conductor.updateNode(any(), any())).thenAnswer(call -> {
            UnaryOperator<NodeSpec> change = call.getArgument(1);
            return Samples.node().with(change.apply(Samples.spec()));
        });

        Served.Answer answer = rest.patch(
                "/v1/nodes/n1", "[{\"op\": \"" + op + "\", \"path\": \"" + path + "\", \"value\": " + value + "}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains(why);
    }

    @Test
    void deletes_a_node() {
        Served.Answer answer = rest.delete("/v1/nodes/n1");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        verify(conductor).deleteNode("n1");
    }

    @Test
    void says_when_a_node_cannot_be_deleted_now() {
        doThrow(new Conflict(FaultCode.INVALID_STATE, "n1 is active", "Tear it down first."))
                .when(conductor)
                .deleteNode("n1");

        Served.Answer answer = rest.delete("/v1/nodes/n1");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.sentence()).isEqualTo("n1 is active. Tear it down first.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nodes/n1/validate", "/v1/nodes/validate?node_uuid=n1", "/v1/nodes/validate?node=n1"})
    void validates_every_interface_at_once(String path) {
        Findings deploy = new Findings();
        deploy.missing("instance_info/image_source", "Name the image.");
        deploy.missing("driver_info/deploy_iso", "Name the ISO.");
        Map<String, Findings> all = new LinkedHashMap<>();
        all.put("power", new Findings());
        all.put("deploy", deploy);
        when(conductor.validate("n1")).thenReturn(all);

        JsonNode answer = rest.get(path).json();

        assertThat(answer.at("/power/result").booleanValue()).isTrue();
        assertThat(answer.get("power").has("reason")).isFalse();
        assertThat(answer.at("/deploy/result").booleanValue()).isFalse();
        assertThat(answer.at("/deploy/reason").textValue())
                .contains("image_source")
                .contains("deploy_iso");
    }

    private static NodeQuery asked() {
        ArgumentCaptor<NodeQuery> query = ArgumentCaptor.forClass(NodeQuery.class);
        verify(conductor).nodes(query.capture());
        return query.getValue();
    }
}
