package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.ConductorInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConductorsResourceTest extends RestOnMock {
    @BeforeEach
    void three() {
        when(conductor.conductors()).thenReturn(List.of(info("b", 3), info("a", 2), info("c", 1)));
    }

    private static ConductorInfo info(String host, int made) {
        return new ConductorInfo(host, true, Set.of("ilo"), Instant.EPOCH, Instant.ofEpochSecond(made));
    }

    private List<String> hosts(String query) {
        return rest.get("/v1/conductors" + query).json().findValuesAsText("hostname");
    }

    @Test
    void lists_them_in_the_order_asked_for() {
        assertThat(hosts("")).containsExactly("a", "b", "c");
        assertThat(hosts("?sort_dir=desc")).containsExactly("c", "b", "a");
        assertThat(hosts("?sort_key=created_at")).containsExactly("c", "a", "b");
    }

    @Test
    void lists_them_page_by_page() {
        JsonNode first = rest.get("/v1/conductors?limit=2").json();

        assertThat(first.findValuesAsText("hostname")).containsExactly("a", "b");
        assertThat(first.get("next").textValue()).contains("limit=2").contains("marker=b");
        assertThat(hosts("?limit=2&marker=b")).containsExactly("c");
        assertThat(rest.get("/v1/conductors?marker=b").json().has("next")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort_key=drivers", "limit=0", "colour=red"})
    void refuses_what_it_does_not_understand(String query) {
        assertThat(rest.get("/v1/conductors?" + query).status()).isEqualTo(400);
    }

    @Test
    void a_marker_that_is_no_conductor_is_not_found() {
        assertThat(rest.get("/v1/conductors?marker=d").status()).isEqualTo(404);
    }
}
