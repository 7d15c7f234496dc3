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
    })
    void refuses_and_names(String verb, String path, String body, int status, String named) {
        Served.Answer answer = api.ask(verb, path, Optional.of(body).filter(text -> !text.isEmpty()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.sentence()).contains(named);
    }
}
