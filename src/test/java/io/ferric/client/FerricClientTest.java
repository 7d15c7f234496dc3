package io.ferric.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.client.ScriptedApi.Asked;
import io.ferric.client.ScriptedApi.Reply;
import io.ferric.rest.data.NodeData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FerricClientTest {
    private static final String VERSION = "X-OpenStack-Ironic-API-Version";
    private static final String NODE = "{\"uuid\":\"11111111-1111-1111-1111-111111111111\",\"name\":\"n1\","
            + "\"driver\":\"ilo\",\"provision_state\":\"active\",\"target_provision_state\":null,"
            + "\"created_at\":\"2024-01-02T03:04:05+00:00\",\"maintenance\":false,\"from_the_future\":{\"a\":1}}";

    private final List<Duration> pauses = new ArrayList<>();
    private ScriptedApi api;

    @BeforeEach
    void start() throws IOException {
        api = new ScriptedApi(asked -> Reply.of(404, ""));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void speaks_the_newest_version_of_the_server_and_stays_with_it() throws Exception {
        api.rule(asked -> Reply.json(NODE).with(VERSION, "1.82"));
        FerricClient client = client(options());
        client.nodes().get("n1");
        client.nodes().get("n1");
        assertThat(client.api().version()).isEqualTo(Microversion.of(82));
        assertThat(api.asked()).extracting(asked -> asked.header(VERSION)).containsExactly("latest", "1.82");
    }

    @Test
    void a_server_that_does_not_know_latest_is_asked_in_its_highest_version() throws Exception {
        api.rule(asked -> asked.header(VERSION).equals("1.31")
                ? Reply.json(NODE).with(VERSION, "1.31")
                : Reply.of(406, "").with("X-OpenStack-Ironic-API-Maximum-Version", "1.31"));
        FerricClient client = client(options());
        assertThat(client.nodes().get("n1").name()).contains("n1");
        assertThat(client.api().version()).isEqualTo(Microversion.of(31));
    }

    @Test
    void a_server_without_versions_is_of_the_oldest() throws Exception {
        api.rule(asked -> Reply.json("{}"));
        assertThat(client(options()).api().version()).isEqualTo(Microversion.OLDEST);
    }

    @Test
    void a_version_the_server_lacks_is_told_with_those_it_has() {
        api.rule(asked -> Reply.of(406, "")
                .with("X-OpenStack-Ironic-API-Minimum-Version", "1.1")
                .with("X-OpenStack-Ironic-API-Maximum-Version", "1.82"));
        assertThatThrownBy(() -> client(options().withVersion(Microversion.of(200)))
                        .nodes()
                        .get("n1"))
                .hasMessageContaining("1.1 to 1.82, asked was 1.200");
    }

    @Test
    void reads_what_older_and_newer_servers_write() throws Exception {
        api.rule(asked -> Reply.json(NODE));
        NodeData node = client(options()).nodes().get("n1");
        assertThat(node.createdAt()).contains(Instant.parse("2024-01-02T03:04:05Z"));
        assertThat(node.powerState()).isEmpty();
    }

    @Test
    void follows_pages_without_believing_the_address_in_their_links() throws Exception {
        api.rule(asked -> asked.path().contains("marker")
                ? Reply.json("{\"nodes\":[" + NODE + "]}")
                : Reply.json("{\"nodes\":[" + NODE + "],\"next\":\"http://inside:1/v1/nodes?limit=1&marker=x\"}"));
        assertThat(client(options()).nodes().all(Listing.details().limit(1))).hasSize(2);
        assertThat(api.asked())
                .extracting(Asked::line)
                .containsExactly("GET /v1/nodes/detail?limit=1", "GET" + " /v1/nodes/detail?limit=1&marker=x");
    }

    @Test
    void a_list_that_runs_in_a_circle_is_an_error() {
        api.rule(asked -> Reply.json("{\"nodes\":[],\"next\":\"http://inside/v1/nodes?limit=1\"}"));
        assertThatThrownBy(() -> client(options()).nodes().all(Listing.all().limit(1)))
                .hasMessageContaining("the same page");
    }

    @Test
    void asks_again_while_a_node_is_locked_or_the_server_busy() throws Exception {
        AtomicInteger times = new AtomicInteger();
        api.rule(asked -> switch (times.incrementAndGet()) {
            case 1 -> fault(409, "Node n1 is locked by host h, please retry");
            case 2 -> fault(503, "no worker is free");
            default -> Reply.of(202, "");
        });
        client(options()).node("n1").provision("manage");
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    @Test
    void gives_up_after_the_retries_it_was_told() {
        api.rule(asked -> fault(503, "no worker is free"));
        ClientOptions options = options().withRetries(new Retries(3, Duration.ofSeconds(1)));
        assertThatThrownBy(() -> client(options).node("n1").provision("manage"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.sentence()).isEqualTo("no worker is free"));
        assertThat(api.asked()).hasSize(4);
    }

    @Test
    void a_conflict_that_stays_one_is_told_at_once_in_the_words_of_the_server() {
        api.rule(asked -> fault(409, "A node with name n1 already exists."));
        assertThatThrownBy(() -> client(options()).nodes().create(Map.of("name", "n1")))
                .hasMessageContaining("A node with name n1 already exists. (HTTP 409 to POST")
                .hasMessageNotContaining("error_message");
        assertThat(api.asked()).hasSize(1);
    }

    @Test
    void names_with_signs_reach_the_server_as_they_are() {
        assertThatThrownBy(() -> client(options()).nodes().get("a/b ?ü")).isInstanceOf(ApiException.class);
        assertThat(api.asked().get(0).path()).isEqualTo("/v1/nodes/a%2Fb%20%3F%C3%BC");
    }

    @Test
    void answers_that_are_none_of_the_api_are_told_as_such() {
        api.rule(asked -> Reply.of(502, "<html>bad gateway</html>"));
        assertThatThrownBy(() -> client(options()).nodes().get("n1")).hasMessageContaining("an answer in HTML");
        api.rule(asked -> Reply.json("secret <html>"));
        assertThatThrownBy(() -> client(options()).nodes().get("n1"))
                .hasMessageContaining("is no JSON")
                .hasMessageNotContaining("secret");
    }

    @Test
    void waits_for_a_state_and_tells_why_it_was_not_reached() throws Exception {
        api.rule(asked -> Reply.json(NODE));
        client(options()).node("n1").await("active", Duration.ofSeconds(5), node -> {});
        api.rule(asked -> Reply.json(NODE.replace("\"active\"", "\"deploy failed\"")
                .replace("false,", "false,\"last_error\":\"no disk\",")));
        assertThatThrownBy(() -> client(options()).node("n1").await("active", Duration.ofSeconds(5), node -> {}))
                .isInstanceOf(NotReached.class)
                .hasMessage("n1 is 'deploy failed' and not 'active': no disk");
    }

    @Test
    void shows_its_name_and_password_and_never_tells_them() throws Exception {
        api.rule(asked -> fault(401, "no"));
        ClientOptions options = options().withLogin(Login.basic("joe", "hunter2"));
        assertThat(options.toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> client(options).nodes().get("n1")).hasMessageNotContaining("hunter2");
        assertThat(api.asked().get(0).header("Authorization")).isEqualTo("Basic am9lOmh1bnRlcjI=");
    }

    @Test
    void a_token_that_cannot_be_sent_is_not_told() {
        ClientOptions options = options().withLogin(Login.token("bad\ntoken"));
        assertThatThrownBy(() -> client(options).nodes().get("n1"))
                .hasMessageContaining("characters that HTTP does not allow")
                .hasMessageNotContaining("token\n");
    }

    @Test
    void logs_in_at_keystone_finds_the_service_and_renews_a_token_that_ended() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        api.rule(asked -> {
            if (asked.path().equals("/identity/v3/auth/tokens")) {
                return Reply.of(
                                201,
                                "{\"token\":{\"catalog\":[{\"type\":\"baremetal\",\"endpoints\":[{\"interface\":"
                                        + "\"public\",\"region\":\"R\",\"url\":\"" + api.uri() + "/bm/\"}]}]}}")
                        .with("X-Subject-Token", "t" + logins.incrementAndGet());
            }
            return asked.header("X-Auth-Token").equals("t2") ? Reply.json(NODE) : Reply.of(401, "{\"error\":{}}");
        });
        Map<String, String> environment = Map.of(
                "OS_AUTH_URL",
                api.uri() + "/identity/v3",
                "OS_USERNAME",
                "joe",
                "OS_PASSWORD",
                "hunter2",
                "OS_PROJECT_NAME",
                "admin",
                "OS_REGION_NAME",
                "R");
        Login login = OpenStackEnvironment.of(environment).login(Duration.ofSeconds(5), Optional.empty());
        ClientOptions options = new ClientOptions(
                Optional.empty(), login, Optional.empty(), Duration.ofSeconds(5), Retries.none(), Optional.empty());
        assertThat(client(options).nodes().get("n1").name()).contains("n1");
        assertThat(api.asked()).extracting(Asked::path).contains("/bm/v1/nodes/n1");
        assertThat(api.asked().get(0).body()).contains("\"scope\":{\"project\":", "\"name\":\"admin\"", "hunter2");
        assertThat(options.toString()).doesNotContain("hunter2");
    }

    @Test
    void an_unknown_way_to_log_in_is_named() {
        assertThatThrownBy(() -> OpenStackEnvironment.of(Map.of("OS_AUTH_TYPE", "kerberos"))
                        .login(Duration.ofSeconds(5), Optional.empty()))
                .hasMessageContaining("OS_AUTH_TYPE is 'kerberos'");
    }

    @Test
    void a_file_that_holds_no_certificate_is_named(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nonsense");
        assertThatThrownBy(() -> FerricClient.of(options().withCa(file))).hasMessageContaining("ca.pem");
    }

    @Test
    void an_endless_answer_is_cut_off() {
        api.rule(asked -> Reply.json("x".repeat(100)));
        assertThat(new BoundedText(10).getBody()).isNotNull();
        assertThatThrownBy(() -> {
                    BoundedText text = new BoundedText(10);
                    text.onSubscribe(new Ignored());
                    text.onNext(List.of(java.nio.ByteBuffer.allocate(11)));
                    text.getBody().toCompletableFuture().get();
                })
                .hasMessageContaining("longer than 10 bytes");
    }

    private static final class Ignored implements java.util.concurrent.Flow.Subscription {
        @Override
        public void request(long n) {
            // nothing comes
        }

        @Override
        public void cancel() {
            // nothing comes
        }
    }

    private static Reply fault(int status, String sentence) {
        return Reply.of(
                status,
                "{\"error_message\":\"{\\\"faultcode\\\":\\\"Client\\\",\\\"faultstring\\\":\\\"" + sentence
                        + "\\\"}\"}");
    }

    private ClientOptions options() {
        return ClientOptions.at(api.uri()).withTimeout(Duration.ofSeconds(20));
    }

    private FerricClient client(ClientOptions options) throws IOException {
        return FerricClient.of(options, Clock.systemUTC(), pauses::add);
    }
}
