package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.publish.connector.HttpProxy;
import io.ferric.publish.connector.ScriptedServer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.api.exceptions.ConnectionException;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.ProxyHost;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.openstack.OSFactory;

@Timeout(30)
class KeystoneTransportTest {
    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private TestCertificates authority;
    private KeystoneOptions options;

    @BeforeEach
    void make() throws IOException, GeneralSecurityException {
        authority = TestCertificates.make("EC", 256);
        options = KeystoneOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private KeystoneOptions trusting() throws IOException, GeneralSecurityException {
        return options.withCaFile(authority.chainPem(folder.resolve("ca.pem")));
    }

    private FakeKeystone showing(TestCertificates certificate) throws IOException, GeneralSecurityException {
        return new FakeKeystone(Optional.of(certificate.showing()));
    }

    private static Keystone session(URI url, KeystoneOptions how) throws PublishException {
        return Keystone.session(Credentials.of(url, "ferric", "geheim", "service"), how, new ManualClock());
    }

    private static void fails(URI url, KeystoneOptions how, String words) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> session(url, how).token())
                .withMessageContaining(words.replace("HOST", "127.0.0.1:" + url.getPort()));
    }

    @Test
    void trusts_the_authority_of_the_file_and_only_that() throws IOException, GeneralSecurityException {
        try (FakeKeystone fake = showing(authority.sign("127.0.0.1", NOW.minus(DAY), NOW.plus(DAY)))) {
            assertThat(session(fake.url(), trusting()).token()).isEqualTo("token-1");
            fails(
                    fake.url(),
                    options,
                    "the certificate of HOST is not signed by an authority known here; name its CA in openstack.ca_file");
            KeystoneOptions other =
                    options.withCaFile(TestCertificates.make("EC", 256).chainPem(folder.resolve("other.pem")));
            fails(fake.url(), other, "not signed by an authority known here");
        }
    }

    @Test
    void names_what_is_wrong_with_a_certificate() throws IOException, GeneralSecurityException {
        try (FakeKeystone old = showing(authority.sign("127.0.0.1", NOW.minus(DAY), NOW.minusSeconds(60)));
                FakeKeystone young =
                        showing(authority.sign("127.0.0.1", NOW.plus(DAY), NOW.plus(DAY.multipliedBy(2))));
                FakeKeystone other = showing(authority.sign("127.0.0.2", NOW.minus(DAY), NOW.plus(DAY)));
                ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            fails(old.url(), trusting(), "the certificate of HOST has expired");
            fails(young.url(), trusting(), "the certificate of HOST is not valid yet");
            fails(other.url(), trusting(), "the certificate of HOST is for another name");
            ScriptedServer.inBackground(() -> answerInClear(plain));
            URI tls = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/v3");
            fails(tls, trusting(), "HOST does not talk TLS on this port");
        }
    }

    private static void answerInClear(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void refuses_a_file_of_authorities_that_is_none() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        for (Path file : new Path[] {empty, folder.resolve("absent.pem")}) {
            assertThatExceptionOfType(PublishException.class)
                    .isThrownBy(() -> session(URI.create("https://127.0.0.1/v3"), options.withCaFile(file)))
                    .withMessageContaining("openstack.ca_file " + file);
        }
    }

    @Test
    void goes_through_the_proxy_where_it_should() throws IOException, GeneralSecurityException {
        try (FakeKeystone plain = new FakeKeystone();
                FakeKeystone tls = showing(authority.sign("127.0.0.1", NOW.minus(DAY), NOW.plus(DAY)));
                FakeProxy forwarding = new FakeProxy(plain.url());
                FakeProxy tunnelling = new FakeProxy(tls.url())) {
            URI far = URI.create("http://keystone.invalid:5000/v3");
            assertThat(session(far, options.withProxy(HttpProxy.of(forwarding.url(), List.of())))
                            .token())
                    .isEqualTo("token-1");
            assertThat(forwarding.asked).containsExactly("POST http://keystone.invalid:5000/v3/auth/tokens HTTP/1.1");
            assertThat(session(tls.url(), trusting().withProxy(HttpProxy.of(tunnelling.url(), List.of())))
                            .token())
                    .isEqualTo("token-1");
            assertThat(tunnelling.asked)
                    .containsExactly("CONNECT 127.0.0.1:" + tls.url().getPort() + " HTTP/1.1");
            assertThat(session(plain.url(), options.withProxy(HttpProxy.of(forwarding.url(), List.of("127.0.0.1"))))
                            .token())
                    .isEqualTo("token-2");
            assertThat(forwarding.asked).hasSize(1);
            fails(far, options.withProxy(HttpProxy.of(forwarding.url(), List.of(".invalid"))), "keystone.invalid");
            assertThat(forwarding.asked).hasSize(1);
        }
    }

    @Test
    void names_the_proxy_when_that_is_the_one_who_is_away() {
        fails(
                URI.create("http://keystone.invalid/v3"),
                options.withProxy(HttpProxy.of(URI.create("http://127.0.0.1:1"), List.of())),
                "the proxy 127.0.0.1:1 refuses the connection");
    }

    @Test
    void refuses_proxies_it_cannot_use() {
        for (String url : new String[] {"https://p:1", "socks://p:1", "p:1", "http://u:geheim@p:1", "http://p:1/x"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> HttpProxy.of(URI.create(url), List.of()))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("geheim"));
        }
    }

    @Test
    void carries_openstack4js_own_services() throws IOException {
        try (FakeKeystone plain = new FakeKeystone();
                FakeProxy proxy = new FakeProxy(plain.url())) {
            Config through = Config.newConfig()
                    .withProxy(ProxyHost.of("http://127.0.0.1", proxy.url().getPort()));
            assertThat(login(URI.create("http://keystone.invalid/v3"), through)).isEqualTo("token-1");
            assertThat(proxy.asked).hasSize(1);
            assertThatThrownBy(() -> login(URI.create("http://127.0.0.1:1/v3"), Config.newConfig()))
                    .hasCauseInstanceOf(ConnectionException.class)
                    .hasMessageContaining("refuses the connection");
            Config blind = Config.newConfig().withSSLVerificationDisabled();
            assertThatThrownBy(() -> login(plain.url(), blind))
                    .hasCauseInstanceOf(ConnectionException.class)
                    .hasMessageContaining("cannot be switched off");
        }
    }

    /** On a thread of its own, since openstack4j leaves its session there. */
    private static String login(URI url, Config config) {
        return CompletableFuture.supplyAsync(
                        () -> OSFactory.builderV3()
                                .endpoint(url.toString())
                                .withConfig(config)
                                .credentials("ferric", "geheim", Identifier.byName("Default"))
                                .authenticate()
                                .getToken()
                                .getId(),
                        task -> new Thread(task).start())
                .join();
    }
}
