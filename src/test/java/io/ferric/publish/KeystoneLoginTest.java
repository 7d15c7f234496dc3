package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.publish.connector.ScriptedServer;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class KeystoneLoginTest {
    private final ManualClock clock = new ManualClock();
    private FakeKeystone fake;
    private Keystone keystone;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeKeystone();
        keystone = session(Credentials.of(fake.url(), "ferric", "geheim", "service"));
    }

    @AfterEach
    void stop() throws IOException {
        keystone.close();
        fake.close();
    }

    private Keystone session(Credentials who) throws PublishException {
        return Keystone.session(
                who, KeystoneOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)), clock);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable login, String... words) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(login)
                .satisfies(e -> assertThat(e.code()).isEqualTo("KeystoneFailure"))
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("geheim"));
    }

    private JsonNode sent() throws IOException {
        return new ObjectMapper().readTree(fake.bodies.get(0)).get("auth");
    }

    @Test
    void logs_in_by_password_with_domains_and_project() throws IOException {
        Keystone other = session(
                Credentials.of(fake.url(), "fer\"ric", "geheim\\", "service").withDomains("users", "projects"));
        assertThat(other.token()).isEqualTo("token-1");
        assertThat(sent().at("/identity/password/user/name").asText()).isEqualTo("fer\"ric");
        assertThat(sent().at("/identity/password/user/password").asText()).isEqualTo("geheim\\");
        assertThat(sent().at("/identity/password/user/domain/name").asText()).isEqualTo("users");
        assertThat(sent().at("/identity/methods/0").asText()).isEqualTo("password");
        assertThat(sent().at("/scope/project/name").asText()).isEqualTo("service");
        assertThat(sent().at("/scope/project/domain/name").asText()).isEqualTo("projects");
    }

    @Test
    void logs_in_by_application_credential_without_a_scope() throws IOException {
        assertThat(session(Credentials.ofApplication(fake.url(), "id1", "geheim"))
                        .token())
                .isEqualTo("token-1");
        assertThat(sent().at("/identity/application_credential/id").asText()).isEqualTo("id1");
        assertThat(sent().at("/identity/application_credential/secret").asText())
                .isEqualTo("geheim");
        assertThat(sent().has("scope")).isFalse();
    }

    @Test
    void hides_secrets() {
        URI url = fake.url();
        assertThat(Credentials.of(url, "u", "geheim", "t").toString()).doesNotContain("geheim");
        assertThat(Credentials.ofApplication(url, "id", "geheim").toString()).doesNotContain("geheim");
        assertThat(new HeldToken("geheim", Duration.ZERO, clock.instant(), new Catalogue(java.util.List.of()))
                        .toString())
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource({"3h", "-3h", "0h"})
    void counts_the_life_of_a_token_from_when_it_came_whatever_keystones_clock_shows(String ahead) throws IOException {
        fake.ahead = Duration.parse("PT" + ahead.toUpperCase(java.util.Locale.ROOT));
        keystone.token();
        clock.advance(Duration.ofMinutes(57));
        assertThat(keystone.token()).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(2));
        assertThat(keystone.token()).isEqualTo("token-2");
    }

    @Test
    void does_not_log_in_at_each_call_when_tokens_are_short_lived() throws IOException {
        fake.lifetime = Duration.ofSeconds(60);
        keystone.token();
        clock.advance(Duration.ofSeconds(40));
        assertThat(keystone.token()).isEqualTo("token-1");
        clock.advance(Duration.ofSeconds(10));
        assertThat(keystone.token()).isEqualTo("token-2");
    }

    @Test
    void gives_a_token_that_lasts_as_long_as_asked_or_as_keystone_allows() throws IOException {
        keystone.token();
        clock.advance(Duration.ofMinutes(20));
        assertThat(keystone.token(Duration.ofMinutes(30))).isEqualTo("token-1");
        assertThat(keystone.token(Duration.ofMinutes(50))).isEqualTo("token-2");
        clock.advance(Duration.ofMinutes(1));
        assertThat(keystone.token(Duration.ofHours(9))).isEqualTo("token-2");
        clock.advance(Duration.ofMinutes(2));
        assertThat(keystone.token(Duration.ofHours(9))).isEqualTo("token-3");
    }

    @ParameterizedTest
    @CsvSource({
        "300, there is no API v3 of Keystone",
        "302, it sends us elsewhere to http://else.example/v3",
        "400, does openstack.auth_type fit",
        "401, it refuses the user ferric of service",
        "403, it forbids the user ferric of service",
        "404, there is no API v3 of Keystone",
        "407, the proxy wants a login",
        "429, too many requests",
        "500, it is in trouble (HTTP 500)",
        "503, it is in trouble (HTTP 503)"
    })
    void says_what_a_status_means(int status, String words) {
        fake.login = Optional.of((request, out) -> ScriptedServer.say(
                out, status + " Whatever", "Location: http://else.example/v3?secret=geheim\r\n", new byte[0]));
        refused(keystone::token, "Keystone at " + fake.url() + ": ", words);
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "201, {}", "201, {\"token\": {}}", "201, 7"})
    void says_that_an_answer_is_not_keystones(int status, String body) {
        fake.login = Optional.of((request, out) -> ScriptedServer.say(
                out, status + " Fine", "Content-Type: text/html\r\nX-Subject-Token: t\r\n", body.getBytes()));
        refused(keystone::token, "cannot be understood (HTTP " + status + ", text/html)", "openstack.auth_url");
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503"})
    void tries_again_when_keystone_is_in_trouble(int status) throws IOException {
        List<Duration> pauses = new ArrayList<>();
        fake.login = Optional.of((request, out) -> fake.logins.get() < 3
                ? ScriptedServer.say(out, status + " Later", "", new byte[0])
                : fake.token(out, "late"));
        try (Keystone patient = KeystoneSession.open(
                Credentials.of(fake.url(), "ferric", "geheim", "service"),
                KeystoneOptions.defaults(),
                clock,
                pauses::add)) {
            assertThat(patient.token()).isEqualTo("late");
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void does_not_ask_again_what_was_refused() {
        fake.login = Optional.of((request, out) -> ScriptedServer.say(out, "401 No", "", new byte[0]));
        refused(keystone::token, "HTTP 401");
        assertThat(fake.logins).hasValue(1);
    }

    @Test
    void logs_in_although_the_kept_connection_is_dead() throws IOException {
        keystone.token();
        fake.login = Optional.of((request, out) -> request.number() > 1 && fake.token(out, "again"));
        clock.advance(Duration.ofHours(2));
        assertThat(keystone.token()).isEqualTo("again");
        fake.login = Optional.of((request, out) -> false);
        clock.advance(Duration.ofHours(2));
        refused(keystone::token, "the connection to 127.0.0.1:" + fake.url().getPort() + " was lost");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:5000, http://127.0.0.1:5000/v3, false",
        "http://127.0.0.1:5000/, http://127.0.0.1:5000/v3, false",
        "http://localhost/v3//, http://localhost/v3, false",
        "https://k.example/identity, https://k.example/identity/v3, false",
        "http://k.example/identity/v3/, http://k.example/identity/v3, true"
    })
    void takes_the_url_as_operators_write_it(URI written, URI meant, boolean inClear) throws PublishException {
        AuthUrl url = AuthUrl.of(written);
        assertThat(url.v3()).isEqualTo(meant);
        assertThat(url.inClear()).isEqualTo(inClear);
    }

    @ParameterizedTest
    @CsvSource({
        "http://k/v2.0, Keystone has no API v2.0",
        "http://k/identity/v2.0/tokens, Keystone has no API v2.0",
        "ftp://k/v3, give it the form",
        "keystone.example:5000/v3, give it the form",
        "http://u:geheim@k/v3, no user",
        "http://k/v3?a=geheim, no user"
    })
    void refuses_urls_that_can_never_do(URI url, String words) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> session(Credentials.of(url, "u", "geheim", "t")))
                .withMessageContaining("openstack.auth_url")
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("geheim"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidParameterValue"));
    }

    private static final String FACTS = """
            {"token": {"user": {"id": "u1", "name": "demo", "domain": {"id": "d", "name": "Default"}},
              "project": {"id": "p1", "name": "lab"}, "roles": [{"id": "r", "name": "member"}, {"name": "Reader"}],
              "expires_at": "2026-11-22T13:00:00.000000Z", "issued_at": "2026-11-22T12:00:00.000000Z"}}""";

    @Test
    void tells_whose_a_token_is_by_our_clock() throws IOException {
        fake.check = Optional.of((request, out) -> {
            assertThat(request.headers())
                    .containsEntry("x-auth-token", "token-1")
                    .containsEntry("x-subject-token", "theirs");
            return ScriptedServer.say(
                    out,
                    "200 OK",
                    "Content-Type: application/json\r\nDate: Sun, 22 Nov 2026 12:10:00 GMT\r\n",
                    FACTS.getBytes());
        });
        TokenFacts facts = keystone.validate("theirs").orElseThrow();
        assertThat(facts)
                .isEqualTo(new TokenFacts(
                        "u1",
                        "demo",
                        Optional.of("Default"),
                        Optional.of("p1"),
                        Optional.of("lab"),
                        false,
                        Set.of("member", "Reader"),
                        ManualClock.START.plus(Duration.ofMinutes(50))));
        assertThat(facts.hasRole("reader")).isTrue();
        assertThat(facts.hasRole("admin")).isFalse();
    }

    @Test
    void renews_its_own_token_once_when_it_is_refused_in_a_check() throws IOException {
        fake.check = Optional.of(
                (request, out) -> request.headers().get("x-auth-token").equals("token-1")
                        ? FakeKeystone.say(out, "401 Unauthorized", "")
                        : FakeKeystone.say(out, "200 OK", FACTS));
        assertThat(keystone.validate("theirs")).isPresent();
        assertThat(fake.logins).hasValue(2);
        fake.check = Optional.of((request, out) -> FakeKeystone.say(out, "401 Unauthorized", ""));
        refused(() -> keystone.validate("theirs"), "although Ferric's own token is new");
        assertThat(fake.logins).hasValue(3);
    }

    @Test
    void tells_no_token_from_no_answer() throws IOException {
        assertThat(keystone.validate("unknown")).isEmpty();
        int asked = fake.bodies.size();
        for (String rubbish : new String[] {"", "a b", "a\r\nX-Evil: 1", "\u0000", "tök", "x".repeat(8193)}) {
            assertThat(keystone.validate(rubbish)).isEmpty();
        }
        assertThat(fake.bodies).hasSize(asked);
        fake.check = Optional.of((request, out) -> FakeKeystone.say(out, "403 Forbidden", ""));
        refused(() -> keystone.validate("theirs"), "may not check tokens; give it the role");
        fake.check = Optional.of((request, out) -> FakeKeystone.say(out, "503 Later", ""));
        refused(() -> keystone.validate("theirs"), "in trouble (HTTP 503)");
        for (String body : new String[] {"<html>", "{}", "{\"token\": {\"user\": {}}}"}) {
            fake.check = Optional.of((request, out) -> FakeKeystone.say(out, "200 OK", body));
            refused(() -> keystone.validate("theirs"), "cannot be understood");
        }
    }

    @Test
    void says_that_it_is_closed() {
        keystone.close();
        assertThatNoException().isThrownBy(keystone::close);
        refused(keystone::token, "the session is closed");
    }
}
