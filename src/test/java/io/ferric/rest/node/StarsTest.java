package io.ferric.rest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeSpec;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.JsonPatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client sends back masked never overwrites what is stored. */
class StarsTest {
    private static final NodeSpec STORED = NodeSpec.ofDriver("ilo")
            .withDriverInfo(Map.of(
                    "ilo_password",
                    "hunter2",
                    "deploy_iso",
                    "https://u:pw@h/d.iso?temp_url_sig=f00d",
                    "deeper",
                    Map.of("api_token", "t0ken", "colour", "red"),
                    "urls",
                    List.of("http://h/1?sig=aa", "http://h/2?sig=bb")));

    @Test
    void keeps_a_secret_that_comes_back_as_stars() {
        assertThat(patched("/driver_info/ilo_password", "\"******\"")).isEqualTo(STORED);
    }

    @Test
    void keeps_the_signature_of_a_url_that_comes_back_masked() {
        assertThat(patched("/driver_info/deploy_iso", "\"https://***@h/d.iso?temp_url_sig=***\""))
                .isEqualTo(STORED);
    }

    @Test
    void keeps_secrets_when_a_whole_object_comes_back() {
        NodeSpec after = patched("/driver_info/deeper", "{\"api_token\": \"******\", \"colour\": \"blue\"}");

        assertThat(after.driverInfo().values().get("deeper")).isEqualTo(Map.of("api_token", "t0ken", "colour", "blue"));
    }

    @Test
    void keeps_secrets_in_a_list_that_comes_back_in_another_order() {
        NodeSpec after =
                patched("/driver_info/urls", "[\"http://h/2?sig=***\", \"http://h/3\", \"http://h/1?sig=***\"]");

        assertThat(after.driverInfo().values().get("urls"))
                .isEqualTo(List.of("http://h/2?sig=bb", "http://h/3", "http://h/1?sig=aa"));
    }

    @Test
    void takes_a_new_secret() {
        assertThat(patched("/driver_info/ilo_password", "\"better\"")
                        .driverInfo()
                        .values())
                .containsEntry("ilo_password", "better");
    }

    @Test
    void removes_a_secret() {
        NodeSpec after = NodeFields.patched(
                STORED,
                patch("[{\"op\": \"remove\", \"path\": \"/driver_info/ilo_password\"}]"),
                ApiVersion.MAX,
                false);

        assertThat(after.driverInfo().has("ilo_password")).isFalse();
    }

    @Test
    void refuses_stars_where_no_secret_is_stored() {
        assertThatThrownBy(() -> patched("/extra/new_password", "\"******\""))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("/extra/new_password");
    }

    @Test
    void does_not_grow_deeper_with_every_patch() {
        String path = "/extra" + "/a".repeat(40);

        assertThatThrownBy(() -> patched(path, "1")).hasMessageContaining("deeper than 32");
    }

    private static NodeSpec patched(String path, String value) {
        return NodeFields.patched(
                STORED,
                patch("[{\"op\": \"add\", \"path\": \"" + path + "\", \"value\": " + value + "}]"),
                ApiVersion.MAX,
                false);
    }

    private static JsonPatch patch(String body) {
        try {
            return JsonPatch.of((ArrayNode) new ObjectMapper().readTree(body));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
