package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.common.ApiVersion;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthHandlerTest {
    private final Conductor conductor = mock(Conductor.class);
    private final Served rest = new Served(conductor);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        rest.close();
    }

    private HttpResponse<String> ask(Served served, String method, String path) throws Exception {
        return client.send(
                served.request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    void says_that_it_lives_and_takes_work() throws Exception {
        HttpResponse<String> lives = ask(rest, "GET", "/healthz");
        HttpResponse<String> ready = ask(rest, "GET", "/readyz");
        assertThat(lives.statusCode()).isEqualTo(200);
        assertThat(lives.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(ready.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(ready.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(ready.headers().firstValue(ApiVersion.HEADER)).isEmpty();
    }

    @Test
    void says_why_it_takes_none() throws Exception {
        when(conductor.notReady()).thenReturn(Optional.of("this conductor is being stopped"));
        HttpResponse<String> ready = ask(rest, "GET", "/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.headers().firstValue("Retry-After")).contains("2");
        assertThat(Served.JSON.readTree(ready.body()).path("reason").asText())
                .isEqualTo("this conductor is being stopped");
        assertThat(ask(rest, "GET", "/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void answers_head_without_a_body() throws Exception {
        HttpResponse<String> head = ask(rest, "HEAD", "/readyz");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void asks_nobody_who_they_are() throws Exception {
        Authenticator nobody = mock(Authenticator.class);
        RestConfig config = RestConfig.defaults().listeningOn("127.0.0.1", 0).withHttpBasic(Path.of("unread"));
        try (Served closed = new Served(conductor, config, Optional.of(nobody))) {
            assertThat(ask(closed, "GET", "/healthz").statusCode()).isEqualTo(200);
            assertThat(ask(closed, "GET", "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void is_no_way_around_anything_else() throws Exception {
        assertThat(ask(rest, "POST", "/healthz").statusCode()).isEqualTo(404);
        assertThat(ask(rest, "GET", "/healthz/..").statusCode()).isNotEqualTo(503);
        assertThat(ask(rest, "GET", "/v1/healthz").statusCode()).isEqualTo(404);
    }
}
