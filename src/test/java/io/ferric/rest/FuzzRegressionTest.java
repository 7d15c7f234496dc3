package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.rest.common.ApiVersion;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link Fuzz} once found, one line each. */
class FuzzRegressionTest {
    private static LiveApi api;

    @BeforeAll
    static void start() {
        api = new LiveApi();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void refuses_a_charset_that_nobody_has() {
        Served.Answer answer = api.rest()
                .send(api.rest()
                        .request("/v1/nodes/" + api.node() + "/traits/CUSTOM_A")
                        .header(ApiVersion.HEADER, "latest")
                        .header("Content-Type", "application/json; charset=nosuch")
                        .PUT(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertThat(answer.sentence()).contains("charset");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nodes/detail?detail=sideways,           '', 400, detail",
        "GET, /v1/ports/detail?detail=sideways,           '', 400, detail",
        "GET, /v1/volume/targets/detail?detail=sideways,  '', 400, detail",
        "POST, /v1/nodes, '{\"driver\": \"fake-hardware\", \"chassis_uuid\": \"6ba7b810-9dad-11d1-80b4-00c04fd4300f\"}', 400, Chassis",
    })
    void refuses_and_names(String verb, String path, String body, int status, String named) {
        Served.Answer answer = api.ask(verb, path, Optional.of(body).filter(text -> !text.isEmpty()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.sentence()).contains(named);
    }

    @Test
    void reads_back_a_name_as_long_as_it_was_written() {
        String patch = "[{\"op\": \"add\", \"path\": \"/extra/" + "a".repeat(50_001) + "\", \"value\": 1}]";

        Served.Answer changed = api.ask("PATCH", "/v1/nodes/" + api.node(), Optional.of(patch));

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(api.ask("GET", "/v1/nodes/detail", Optional.empty()).status())
                .isEqualTo(200);
    }
}
