package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.conductor.Conductor;
import io.ferric.driver.InterfaceNames;
import io.ferric.rest.auth.AuthStrategy;
import io.ferric.rest.auth.KeystoneAuthConfig;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {
    private static final RestConfig ANY_PORT = RestConfig.defaults().listeningOn("127.0.0.1", 0);

    private final Conductor conductor = mock(Conductor.class);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "127.0.0.2"})
    void listens_on_loopback(String host) {
        try (Served rest = new Served(conductor, ANY_PORT.listeningOn(host, 0))) {
            assertThat(rest.server().baseUri().getHost()).isEqualTo(host);
            assertThat(rest.get("/v1").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void refuses_to_be_reached_by_strangers(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestServer(conductor, ANY_PORT.listeningOn(host, 0)))
                .withMessageContaining(host)
                .withMessageContaining("rest.allow_unauthenticated_remote");
    }

    @Test
    void can_be_told_to_be_reached_by_anybody() {
        RestConfig open = new RestConfig(
                "0.0.0.0",
                0,
                true,
                Optional.empty(),
                1,
                10,
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                AuthStrategy.NOAUTH,
                Optional.empty(),
                KeystoneAuthConfig.defaults());

        assertThat(new RestServer(conductor, open)).isNotNull();
    }

    @Test
    void names_a_host_that_is_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestServer(conductor, ANY_PORT.listeningOn("no.such.host.invalid", 0)))
                .withMessageContaining("no.such.host.invalid");
    }

    @Test
    void names_a_port_that_is_taken() {
        try (Served rest = new Served(conductor)) {
            int taken = rest.server().baseUri().getPort();
            RestServer second = new RestServer(conductor, ANY_PORT.listeningOn("127.0.0.1", taken));

            assertThatThrownBy(second::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("rest.port " + taken + " is in use on 127.0.0.1");
        }
    }

    @Test
    void links_to_the_address_clients_know() {
        RestConfig config = new RestConfig(
                "127.0.0.1",
                0,
                false,
                Optional.of(URI.create("https://api.example/ferric")),
                1,
                10,
                8,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                AuthStrategy.NOAUTH,
                Optional.empty(),
                KeystoneAuthConfig.defaults());
        RestOnMock.handsOverWhatItLists(conductor);
        when(conductor.nodes(any())).thenReturn(Samples.nodes(2));
        when(conductor.createNode(any(), any())).thenReturn(Samples.node());
        try (RestServer server = new RestServer(conductor, config)) {
            server.start();
            assertThat(server.baseUri()).hasToString("https://api.example/ferric");
            Served.Answer list = Served.get(server.localUri(), "/v1/nodes?limit=1");

            assertThat(list.json().get("next").textValue())
                    .startsWith("https://api.example/ferric/v1/nodes?")
                    .contains("limit=1", "marker=");
            assertThat(list.json().at("/nodes/0/links/0/href").textValue())
                    .startsWith("https://api.example/ferric/v1/nodes/");
        }
    }

    @Test
    void lets_a_request_finish_when_it_closes() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        when(conductor.interfacesOf(any())).thenReturn(InterfaceNames.none());
        when(conductor.node("n1")).thenAnswer(call -> {
            asked.countDown();
            answer.await(20, TimeUnit.SECONDS);
            return Samples.node();
        });
        Served rest = new Served(conductor);
        URI address = rest.server().baseUri();
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> rest.get("/v1/nodes/n1").status());
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(rest::close);
        await().atMost(Duration.ofSeconds(20)).until(() -> !listens(address));
        assertThat(closed).isNotDone();
        answer.countDown();

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(200);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void can_be_closed_without_having_been_started() {
        new RestServer(conductor, ANY_PORT).close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refuses_a_port_that_is_none(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ANY_PORT.listeningOn("127.0.0.1", port))
                .withMessageContaining("rest.port");
    }

    private static boolean listens(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
