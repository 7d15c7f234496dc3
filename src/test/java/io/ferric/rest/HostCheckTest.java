package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.AuthStrategy;
import io.ferric.rest.auth.KeystoneAuthConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host headers that a real client does not let one choose, therefore sent by hand. */
class HostCheckTest {
    private final Conductor conductor = mock(Conductor.class);

    private static RestConfig config(boolean anybody) {
        return new RestConfig(
                "127.0.0.1",
                0,
                anybody,
                Optional.of(URI.create("https://Api.Example/ferric")),
                1,
                10,
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                AuthStrategy.NOAUTH,
                Optional.empty(),
                KeystoneAuthConfig.defaults());
    }

    private String ask(boolean anybody, String host) throws IOException {
        when(conductor.node("n1")).thenReturn(Samples.node());
        try (RestServer server = new RestServer(conductor, config(anybody))) {
            server.start();
            URI address = server.localUri();
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout(20_000);
                String request = "GET /v1/nodes/n1 HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:6385", "127.0.0.1:6385", "[::1]:6385", "10.0.2.2:6385", "api.example"})
    void serves_those_who_call_it_by_its_names_or_an_address(String host) throws IOException {
        assertThat(ask(false, host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:6385",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "api.example.evil",
                "xapi.example"
            })
    void refuses_a_web_page_of_another_host_with_ironics_body(String host) throws IOException {
        assertThat(ask(false, host))
                .startsWith("HTTP/1.1 403")
                .contains("error_message", "rest.public_url")
                .doesNotContain("evil");
    }

    @Test
    void takes_any_name_where_anybody_may_call() throws IOException {
        assertThat(ask(true, "conductor.rack1.example:6385")).startsWith("HTTP/1.1 200");
    }
}
