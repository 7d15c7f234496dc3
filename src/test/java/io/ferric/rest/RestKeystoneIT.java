package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.publish.Credentials;
import io.ferric.publish.Keystone;
import io.ferric.publish.KeystoneOptions;
import io.ferric.testkit.FaultProxy;
import io.ferric.testkit.OpenStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Ferric with tokens of a real Keystone. */
class RestKeystoneIT {
    private static final String NODE = "{\"driver\": \"fake-hardware\"}";

    @TempDir
    Path folder;

    private static OpenStack openStack;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        openStack = OpenStack.shared();
    }

    /** @param more lines of the section {@code rest.keystone} */
    private Ferric serve(String... more) throws IOException {
        return serve(openStack.authUrl(), more);
    }

    private Ferric serve(URI authUrl, String... more) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), openStack.ferric().password());
        String yaml = """
                state_directory: %s
                enabled_drivers: [fake-hardware]
                publisher:
                  local:
                    port: 0
                openstack:
                  auth_url: %s
                  user: ferric
                  key_file: %s
                  tenant_name: service
                rest:
                  port: 0
                  auth_strategy: keystone
                  keystone:
                    admin_roles: [admin]
                """.formatted(folder.resolve("state"), authUrl, key);
        StringBuilder all = new StringBuilder(yaml);
        for (String line : more) {
            all.append("    ").append(line).append('\n');
        }
        Path config = Files.writeString(folder.resolve("ferric.yaml"), all.toString());
        return Ferric.builder().config(FerricConfig.read(config)).start();
    }

    /** @param tokens the user's and, when there are two, that of a service */
    private HttpResponse<String> ask(Ferric ferric, String method, String tokens, String body) {
        String[] both = tokens.split(" ");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ferric.restUri() + "/v1/nodes"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        try {
            if (!both[0].isEmpty()) {
                request.header("X-Auth-Token", both[0]);
            }
            if (both.length == 2) {
                request.header("X-Service-Token", both[1]);
            }
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private int reads(Ferric ferric, String token) {
        return ask(ferric, "GET", token, "").statusCode();
    }

    private int enrols(Ferric ferric, String token) {
        return ask(ferric, "POST", token, NODE).statusCode();
    }

    @Test
    void each_role_may_do_what_it_is_for() throws IOException {
        try (Ferric ferric = serve()) {
            HttpResponse<String> stranger = ask(ferric, "GET", "", "");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.headers().firstValue("WWW-Authenticate"))
                    .contains("Keystone uri=\"" + openStack.authUrl() + "\"");
            assertThat(reads(ferric, "rubbish")).isEqualTo(401);
            assertThat(reads(ferric, openStack.token(openStack.admin()).replaceAll(".{9}$", "AAAAAAAAA")))
                    .isEqualTo(401);
            assertThat(enrols(ferric, openStack.token(openStack.admin()))).isEqualTo(201);
            assertThat(enrols(ferric, openStack.token(openStack.ferric()))).isEqualTo(201);
            // members and readers of a project see its nodes, and there are none
            for (OpenStack.User user : List.of(openStack.demo(), openStack.observer())) {
                HttpResponse<String> seen = ask(ferric, "GET", openStack.token(user), "");
                assertThat(seen.statusCode()).isEqualTo(200);
                assertThat(seen.body()).contains("\"nodes\":[]");
                assertThat(enrols(ferric, openStack.token(user))).isEqualTo(403);
            }
        }
    }

    @Test
    void readers_of_a_listed_project_look_and_change_nothing_and_a_revoked_token_ends() throws IOException {
        String observer = openStack.token(openStack.observer());
        try (Ferric ferric = serve("projects: [" + demoProject() + "]", "token_cache_time: 0s")) {
            assertThat(reads(ferric, observer)).isEqualTo(200);
            assertThat(enrols(ferric, observer)).isEqualTo(403);
            HttpResponse<String> own = ask(ferric, "GET", openStack.token(openStack.admin()), "");
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(own.body())
                    .as("of a project that is not listed, and has no nodes")
                    .contains("\"nodes\":[]");
            openStack.revoke(observer);
            assertThat(reads(ferric, observer)).isEqualTo(401);
        }
    }

    @Test
    void a_thousand_requests_are_one_question_to_keystone() throws Exception {
        String token = openStack.token(openStack.admin());
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (FaultProxy keystone = FaultProxy.before(openStack.authUrl());
                Ferric ferric = serve(keystone.through(openStack.authUrl()))) {
            assertThat(reads(ferric, "warms-up-our-own-login")).isEqualTo(401);
            long before = keystone.requests("");
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                requests.add(() -> reads(ferric, token));
            }
            for (Future<Integer> answer : clients.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(200);
            }
            assertThat(keystone.requests("")).isEqualTo(before + 1);
            assertThat(keystone.requests("GET /v3/auth/tokens")).isEqualTo(2);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void a_service_may_go_on_with_a_users_token_that_has_expired() throws IOException {
        String service = " " + openStack.token(openStack.ferric());
        String noService = " " + openStack.token(openStack.demo());
        String expired = openStack.expiredToken();
        try (Ferric ferric = serve()) {
            assertThat(reads(ferric, expired)).isEqualTo(401);
            assertThat(reads(ferric, expired + noService)).isEqualTo(401);
            assertThat(reads(ferric, expired + " rubbish")).isEqualTo(401);
            assertThat(reads(ferric, expired + service)).isEqualTo(200);
            assertThat(reads(ferric, openStack.longExpiredToken() + service)).isEqualTo(401);
            assertThat(enrols(ferric, expired + service)).as("a member's").isEqualTo(403);
        }
        try (Ferric strict = serve("service_token_roles: [nobody]")) {
            assertThat(reads(strict, expired + service)).isEqualTo(401);
        }
    }

    private static String demoProject() throws IOException {
        OpenStack.User ferric = openStack.ferric();
        return Keystone.session(
                        Credentials.of(openStack.authUrl(), ferric.name(), ferric.password(), ferric.project()),
                        KeystoneOptions.defaults(),
                        Clock.systemUTC())
                .validate(openStack.token(openStack.demo()))
                .orElseThrow()
                .project()
                .orElseThrow();
    }
}
