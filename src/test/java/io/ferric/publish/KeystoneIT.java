package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.publish.KeystoneSession.Call;
import io.ferric.publish.connector.Body;
import io.ferric.publish.connector.FileBody;
import io.ferric.testkit.Fault;
import io.ferric.testkit.FaultProxy;
import io.ferric.testkit.OpenStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;

/** The session against the real Keystone, and what it does when the way there is bad. */
@Timeout(120)
class KeystoneIT {
    private static final KeystoneOptions HOW =
            KeystoneOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final OpenStack cloud = OpenStack.shared();
    private final OpenStack.User ferric = cloud.ferric();
    private Keystone keystone;

    @BeforeEach
    void open() throws PublishException {
        keystone = session(credentials(), HOW);
    }

    private Credentials credentials() {
        return credentials(cloud.authUrl());
    }

    private Credentials credentials(URI url) {
        return Credentials.of(url, ferric.name(), ferric.password(), ferric.project());
    }

    private static Keystone session(Credentials who, KeystoneOptions how) throws PublishException {
        return Keystone.session(who, how, Clock.systemUTC());
    }

    private static void refused(ThrowingCallable login, String... words) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(login)
                .satisfies(e -> assertThat(e.code()).isEqualTo("KeystoneFailure"))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void logs_in_by_password_and_finds_the_services() throws IOException {
        assertThat(keystone.objectStore().storageUrl()).isEqualTo(cloud.swiftUrl());
        String url = cloud.authUrl().toString().replaceAll("/v3$", "/");
        TokenFacts own = keystone.validate(
                        session(credentials(URI.create(url)), HOW).token())
                .orElseThrow();
        assertThat(own.userName()).isEqualTo(ferric.name());
        assertThat(own.projectName()).contains(ferric.project());
        assertThat(own.project()).contains(cloud.serviceProjectId());
        assertThat(own.roles()).contains("service");
        assertThat(Duration.between(Instant.now(), own.expires())).isPositive();
    }

    @Test
    void says_why_keystone_refuses() throws IOException {
        URI url = cloud.authUrl();
        refused(
                session(Credentials.of(url, ferric.name(), "wrong", ferric.project()), HOW)::token,
                "it refuses the user ferric of service",
                "check user, key");
        refused(
                session(Credentials.of(url, ferric.name(), ferric.password(), "no-such"), HOW)::token,
                "it refuses the user ferric of no-such",
                "tenant_name");
        refused(
                session(Credentials.ofApplication(url, "0".repeat(32), "wrong"), HOW)::token,
                "application credential 000000",
                "check its id and secret");
        refused(
                session(credentials(URI.create(url + "/wrong")), HOW)::token,
                "there is no API v3 of Keystone",
                "openstack.auth_url");
        refused(
                () -> session(credentials(), HOW.withRegion(cloud.emptyRegion()))
                        .objectStore()
                        .storageUrl(),
                "in region " + cloud.emptyRegion(),
                "regions there: " + cloud.region());
    }

    @Test
    void tells_whose_a_token_is() throws IOException {
        TokenFacts admin = keystone.validate(cloud.token(cloud.admin())).orElseThrow();
        assertThat(admin.hasRole("admin")).isTrue();
        String token = cloud.token(cloud.demo());
        TokenFacts demo = keystone.validate(token).orElseThrow();
        assertThat(demo.userName()).isEqualTo("demo");
        assertThat(demo.userDomain()).contains("Default");
        assertThat(demo.hasRole("admin")).isFalse();
        cloud.revoke(token);
        assertThat(keystone.validate(token)).isEmpty();
        assertThat(keystone.validate("rubbish")).isEmpty();
        Keystone powerless = session(
                Credentials.of(
                        cloud.authUrl(),
                        "demo",
                        cloud.demo().password(),
                        cloud.demo().project()),
                HOW);
        String others = cloud.token(cloud.admin());
        refused(() -> powerless.validate(others), "may not check tokens");
    }

    @Test
    void logs_in_by_application_credential() throws Exception {
        String name = "ferric-" + UUID.randomUUID();
        JsonNode made = makeApplicationCredential(name);
        Keystone other = session(
                Credentials.ofApplication(
                        cloud.authUrl(),
                        made.get("id").asText(),
                        made.get("secret").asText()),
                HOW);
        TokenFacts facts = keystone.validate(other.token()).orElseThrow();
        assertThat(facts.userName()).isEqualTo(ferric.name());
        assertThat(facts.project()).contains(cloud.serviceProjectId());
        assertThat(other.objectStore().storageUrl()).isEqualTo(cloud.swiftUrl());
    }

    private JsonNode makeApplicationCredential(String name) throws Exception {
        String token = cloud.token(ferric);
        HttpClient http = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        HttpRequest.Builder whoami = HttpRequest.newBuilder(URI.create(cloud.authUrl() + "/auth/tokens"))
                .header("X-Auth-Token", token)
                .header("X-Subject-Token", token);
        String user = json.readTree(
                        http.send(whoami.build(), BodyHandlers.ofString()).body())
                .at("/token/user/id")
                .asText();
        URI url = URI.create(cloud.authUrl() + "/users/" + user + "/application_credentials");
        HttpRequest.Builder make = HttpRequest.newBuilder(url)
                .header("X-Auth-Token", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"application_credential\": {\"name\": \"" + name + "\"}}"));
        return json.readTree(http.send(make.build(), BodyHandlers.ofString()).body())
                .get("application_credential");
    }

    @Test
    void sends_the_whole_body_again_when_its_token_was_revoked(@TempDir Path folder) throws IOException {
        byte[] content = new byte[30_000_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("f"), content);
        String container = "/keystone-it-" + UUID.randomUUID();
        String first = keystone.token();
        cloud.revoke(first);
        put(container, Optional.empty());
        String second = keystone.token();
        assertThat(second).isNotEqualTo(first);
        cloud.revoke(second);
        assertThat(put(container + "/x", Optional.of(new FileBody(file)))).isEqualTo(FakeOpenStack.md5(content));
        assertThat(keystone.token()).isNotEqualTo(second);
    }

    private String put(String path, Optional<Body> body) throws IOException {
        Call call = new Call(HttpMethod.PUT, path, Map.of(), body);
        try (HttpResponse answer = ((KeystoneSession) keystone).send("object-store", call)) {
            assertThat(answer.getStatus()).isIn(201, 202);
            return Optional.ofNullable(answer.header("ETag")).orElse("").replace("\"", "");
        }
    }

    @Test
    void logs_in_once_for_many_threads() throws Exception {
        try (FaultProxy proxy = FaultProxy.before(cloud.authUrl())) {
            Keystone shared = session(credentials(proxy.through(cloud.authUrl())), HOW);
            ExecutorService pool = Executors.newFixedThreadPool(32);
            List<Future<String>> tokens = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tokens.add(pool.submit(() -> shared.token()));
            }
            for (Future<String> each : tokens) {
                assertThat(each.get()).isEqualTo(shared.token());
            }
            pool.shutdown();
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void survives_what_happens_on_the_way() throws IOException {
        try (FaultProxy proxy = FaultProxy.before(cloud.authUrl())) {
            URI through = proxy.through(cloud.authUrl());
            Credentials who = credentials(through);
            proxy.fault(Fault.cutDown(0), 1);
            Keystone other = session(who, HOW);
            String token = other.token();
            assertThat(proxy.strikes()).isEqualTo(1);
            proxy.fault(Fault.cutDown(10));
            refused(session(who, HOW)::token, "was lost");
            proxy.fault(Fault.cutDown(2000));
            refused(session(who, HOW)::token, "Keystone at " + through);
            proxy.fault(Fault.answer(503));
            refused(session(who, HOW)::token, "it is in trouble (HTTP 503)");
            proxy.heal();
            assertThat(other.validate(token)).isPresent();
            proxy.refuse();
            refused(session(who, HOW)::token, "127.0.0.1:" + proxy.port() + " refuses the connection");
        }
    }

    @Test
    void gives_up_in_time_when_keystone_says_nothing() {
        try (FaultProxy proxy = FaultProxy.before(cloud.authUrl())) {
            proxy.fault(Fault.freezeUp(0));
            KeystoneOptions impatient = HOW.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(700));
            Instant began = Instant.now();
            refused(
                    () -> session(credentials(proxy.through(cloud.authUrl())), impatient)
                            .token(),
                    "no answer in time (0.7 s)");
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }
}
