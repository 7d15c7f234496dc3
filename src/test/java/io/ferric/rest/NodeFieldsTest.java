package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.NodeQuery;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.rest.common.ApiVersion;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** The fields of nodes by version, read, written and filtered by. Source: Ironic's API history. */
class NodeFieldsTest extends RestOnMock {
    private static final String ID = Samples.NODE.toString();

    @ParameterizedTest
    @CsvSource({
        "driver_internal_info, 3",
        "name, 5",
        "inspection_started_at, 6",
        "inspection_finished_at, 6",
        "clean_step, 7",
        "raid_config, 12",
        "target_raid_config, 12",
        "states, 14",
        "network_interface, 20",
        "resource_class, 21",
        "portgroups, 24",
        "boot_interface, 31",
        "console_interface, 31",
        "deploy_interface, 31",
        "inspect_interface, 31",
        "management_interface, 31",
        "power_interface, 31",
        "raid_interface, 31",
        "vendor_interface, 31",
        "volume, 32",
        "storage_interface, 33",
        "traits, 37",
        "rescue_interface, 38",
        "bios_interface, 40",
        "fault, 42",
        "deploy_step, 44",
        "conductor_group, 46",
        "automated_clean, 47",
        "protected, 48",
        "protected_reason, 48",
        "conductor, 49",
        "owner, 50",
        "description, 51",
        "allocation_uuid, 52",
        "retired, 61",
        "retired_reason, 61",
        "lessee, 65",
        "network_data, 66",
        "boot_mode, 75",
        "secure_boot, 75",
        "shard, 82",
        "parent_node, 83",
        "firmware_interface, 86",
        "service_step, 87"
    })
    void shows_a_field_from_its_version_on(String field, int since) {
        when(conductor.node(ID)).thenReturn(Samples.node());

        assertThat(at("/v1/nodes/" + ID, since).json().has(field)).isTrue();
        assertThat(at("/v1/nodes/" + ID, since - 1).json().has(field)).isFalse();
        assertThat(at("/v1/nodes/" + ID + "?fields=" + field, Math.max(8, since))
                        .status())
                .isEqualTo(200);
        assertThat(at("/v1/nodes/" + ID + "?fields=" + field, since - 1).status())
                .isEqualTo(406);
    }

    @Test
    void shows_what_has_always_been_there_in_the_oldest_version() {
        when(conductor.node(ID)).thenReturn(Samples.node());

        JsonNode node = at("/v1/nodes/" + ID, 1).json();

        assertThat(node.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "chassis_uuid",
                        "console_enabled",
                        "created_at",
                        "driver",
                        "driver_info",
                        "extra",
                        "instance_info",
                        "instance_uuid",
                        "last_error",
                        "links",
                        "maintenance",
                        "maintenance_reason",
                        "ports",
                        "power_state",
                        "properties",
                        "provision_state",
                        "provision_updated_at",
                        "reservation",
                        "target_power_state",
                        "target_provision_state",
                        "updated_at",
                        "uuid");
    }

    @Test
    void shows_available_as_nothing_to_who_does_not_know_it() {
        var status = Samples.node().status().in(ProvisionState.AVAILABLE);
        when(conductor.node(ID)).thenReturn(Samples.node().with(status));

        assertThat(at("/v1/nodes/" + ID, 1).json().get("provision_state").isNull())
                .isTrue();
        assertThat(at("/v1/nodes/" + ID, 2).json().get("provision_state").textValue())
                .isEqualTo("available");
    }

    @ParameterizedTest
    @CsvSource({
        "provision_state=active, 9",
        "driver=ilo, 16",
        "resource_class=x, 21",
        "fault=clean%20failure, 42",
        "conductor_group=x, 46",
        "conductor=x, 49",
        "owner=x, 50",
        "retired=true, 61",
        "lessee=x, 65",
        "shard=a, 82",
        "sharded=true, 82",
        "sort_key=name, 5",
        "sort_key=owner, 50",
        "fields=uuid, 8"
    })
    void filters_from_their_version_on(String query, int since) {
        when(conductor.nodes(any())).thenReturn(List.of());

        assertThat(at("/v1/nodes?" + query, since).status()).isEqualTo(200);
        assertThat(at("/v1/nodes?" + query, since - 1).status()).isEqualTo(406);
    }

    @Test
    void shows_in_the_states_what_the_version_has() {
        when(conductor.node(ID)).thenReturn(Samples.node());

        assertThat(at("/v1/nodes/" + ID + "/states", 11).json().has("raid_config"))
                .isFalse();
        assertThat(at("/v1/nodes/" + ID + "/states", 12).json().at("/raid_config"))
                .isEmpty();
        assertThat(at("/v1/nodes/" + ID + "/states", 74).json().has("boot_mode"))
                .isFalse();
        assertThat(at("/v1/nodes/" + ID + "/states", 75).json().has("boot_mode"))
                .isTrue();
    }

    @Test
    void lists_children_of_nodes_only_when_asked() {
        when(conductor.nodes(any())).thenReturn(List.of());

        rest.get("/v1/nodes");
        rest.get("/v1/nodes?include_children=true");
        rest.get("/v1/nodes?parent_node=" + ID + "&shard=a,b");

        ArgumentCaptor<NodeQuery> query = ArgumentCaptor.forClass(NodeQuery.class);
        verify(conductor, org.mockito.Mockito.times(3)).nodes(query.capture());
        assertThat(query.getAllValues().get(0).filters()).containsExactly(Map.entry(NodeFilter.CHILD, false));
        assertThat(query.getAllValues().get(1).filters()).isEmpty();
        assertThat(query.getAllValues().get(2).filters())
                .containsEntry(NodeFilter.PARENT, Samples.NODE)
                .containsEntry(NodeFilter.SHARD, List.of("a", "b"));
    }

    @ParameterizedTest
    @CsvSource({"owner, 50", "description, 51", "shard, 82", "boot_interface, 31", "resource_class, 21"})
    void takes_a_field_from_its_version_on(String field, int since) {
        when(conductor.createNode(any(), any())).thenReturn(Samples.node());
        patches();
        String body = "{\"driver\": \"ilo\", \"" + field + "\": \"x\"}";
        String patch = "[{\"op\": \"add\", \"path\": \"/" + field + "\", \"value\": \"x\"}]";

        assertThat(send("POST", "/v1/nodes", body, since).status()).isEqualTo(201);
        assertThat(send("POST", "/v1/nodes", body, since - 1).status()).isEqualTo(406);
        assertThat(send("PATCH", "/v1/nodes/n1", patch, since).status()).isEqualTo(200);
        assertThat(send("PATCH", "/v1/nodes/n1", patch, since - 1).status()).isEqualTo(406);
    }

    @Test
    void makes_a_node_available_at_once_for_very_old_clients() {
        when(conductor.createNode(any(), any(), any())).thenReturn(Samples.node());

        send("POST", "/v1/nodes", "{\"driver\": \"ilo\"}", 10);

        verify(conductor).createNode(any(), any(), eq(ProvisionState.AVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"driver\": \"ilo\", \"name\": \"n\u00e4me/x\", \"owner\": 7}",
                "{\"driver\": \"ilo\", \"conductor_group\": [1]}",
                "{\"driver\": \"ilo\", \"automated_clean\": \"perhaps\"}",
                "{\"driver\": \"ilo\", \"network_data\": []}",
                "{\"driver\": \"ilo\", \"network_data\": {\"links\": 5}}",
                "{\"driver\": \"ilo\", \"chassis_uuid\": \"x\"}",
                "{\"driver\": \"ilo\", \"boot_interface\": 1}",
                "{\"driver\": \"ilo\", \"protected\": true}",
                "{\"driver\": \"ilo\", \"traits\": [\"A\"]}"
            })
    void refuses_values_of_another_kind(String body) {
        assertThat(rest.post("/v1/nodes", body).status()).isEqualTo(400);
    }

    @Test
    void refuses_a_text_that_is_too_long() {
        Served.Answer answer =
                rest.post("/v1/nodes", "{\"driver\": \"ilo\", \"description\": \"" + "d".repeat(4097) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("'description'").contains("4096");
    }

    @Test
    void resets_interfaces_only_with_a_driver() {
        String patch = "[{\"op\": \"add\", \"path\": \"/name\", \"value\": \"x\"}]";

        assertThat(send("PATCH", "/v1/nodes/n1?reset_interfaces=true", patch, 44)
                        .status())
                .isEqualTo(406);
        assertThat(send("PATCH", "/v1/nodes/n1?reset_interfaces=true", patch, 45)
                        .status())
                .isEqualTo(400);
    }

    private static void patches() {
        when(conductor.updateNode(any(), any())).thenAnswer(call -> {
            UnaryOperator<NodeSpec> change = call.getArgument(1);
            return Samples.node().with(change.apply(Samples.spec()));
        });
    }

    private static Served.Answer at(String path, int minor) {
        return rest.send(rest.request(path).header(ApiVersion.HEADER, "1." + minor));
    }

    private static Served.Answer send(String method, String path, String body, int minor) {
        return rest.send(rest.request(path)
                .header(ApiVersion.HEADER, "1." + minor)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
