package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deploys through an API that authenticates: operators by name and password, the ramdisk by the token on its floppy. */
class AuthenticationJourneyTest {
    private static final Pattern TOKEN = Pattern.compile("ferric-ramdisk-[\\w-]{43}");
    private static final Map<String, String> ALICE = Map.of("Authorization", basic("alice:U*U"));

    @TempDir
    private static Path folder;

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        Path users = Files.writeString(
                folder.resolve("users"), "alice:$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW\n");
        datacenter = Datacenter.in(
                folder,
                Map.of("rest.auth_strategy", "http_basic", "rest.http_basic_user_file", users.toString()),
                ALICE);
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    /** Enrols a server whose token is read from its floppy, as a thief in the network would. */
    private static EnrolledNode enrol(String name) throws Exception {
        return datacenter.enrol(name, event -> {
            if (event.stage() == Stage.ORDERED) {
                TOKENS.put(name, tokenOnFloppy());
            }
        });
    }

    private static String tokenOnFloppy() {
        try {
            String newest = "";
            for (Path file : datacenter.published()) {
                if (Files.size(file) < 1 << 20) {
                    Matcher token = TOKEN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                    if (token.find() && !TOKENS.containsValue(token.group())) {
                        newest = token.group();
                    }
                }
            }
            return newest;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_server_is_deployed_and_its_history_names_who_asked() throws Exception {
        EnrolledNode node = enrol("paid-for");
        node.deploy(Map.of());
        node.holdsTheImage();
        String token = TOKENS.get("paid-for");
        assertThat(token).matches(TOKEN);

        String history = datacenter.rest().get(node.path() + "/history").body();
        assertThat(history).contains("'active' was asked for by alice, admin");
        assertThat(call(node, token).status()).as("used up").isEqualTo(401);
        node.tearDown();
        assertThat(datacenter.rest().heard()).noneMatch(answer -> answer.contains(token));
        datacenter.toldNoSecrets();
    }

    @Test
    void a_token_opens_nothing_but_the_calls_of_its_own_node() throws Exception {
        EnrolledNode node = enrol("waiting");
        EnrolledNode other = enrol("other");
        for (EnrolledNode each : new EnrolledNode[] {node, other}) {
            each.hardware().server().faults().inject(ServerFault.WRONG_KEY, 1);
            each.beginDeploy(Map.of());
            // its call got as far as the key: the token was good
            assertThat(each.hardware()
                            .server()
                            .console()
                            .await(Stage.STOPPED, Duration.ofSeconds(20))
                            .message())
                    .contains("HTTP 400", "Deploy key does not match");
            each.reaches("wait call-back");
        }
        String token = TOKENS.get("waiting");
        Rest ramdisk = datacenter.rest().as(Map.of("X-Auth-Token", token));

        assertThat(call(node, token).status()).as("the key is missing").isEqualTo(400);
        assertThat(call(other, token).status()).isEqualTo(401);
        assertThat(call(node, TOKENS.get("other")).status()).isEqualTo(401);
        assertThat(ramdisk.get(node.path()).status()).isEqualTo(401);
        assertThat(ramdisk.get("/v1/nodes").status()).isEqualTo(401);
        assertThat(ramdisk.get(node.path() + "/vendor_passthru/methods").status())
                .isEqualTo(401);
        assertThat(ramdisk.send("PUT", node.path() + "/states/provision", Map.of("target", "deleted"))
                        .status())
                .isEqualTo(401);
        assertThat(ramdisk.send("PUT", node.path() + "/vendor_passthru/pass_deploy_info", Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(ramdisk.send("POST", node.path() + "/vendor_passthru/fly", Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(ramdisk.send("POST", node.path() + "/vendor_passthru/pass_deploy_info;x=1", Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(ramdisk.send("POST", node.path() + "/vendor_passthru?method=pass_deploy_info", body(node))
                        .status())
                .as("the old form, without a key")
                .isEqualTo(400);
        node.tearDown();
        other.tearDown();
        assertThat(call(node, token).status()).as("after tear-down").isEqualTo(401);
    }

    @Test
    void refused_calls_are_kept_once_in_the_history_of_a_node_that_waits() throws Exception {
        EnrolledNode node = enrol("besieged");
        assertThat(call(node, "").status()).isEqualTo(401);
        assertThat(refusals(node)).as("it does not wait").isZero();
        node.hardware().server().faults().inject(ServerFault.WRONG_KEY, 1);
        node.beginDeploy(Map.of());
        node.hardware().server().console().await(Stage.STOPPED, Duration.ofSeconds(20));
        node.reaches("wait call-back");
        long before = refusals(node);

        for (int i = 0; i < 5; i++) {
            assertThat(call(node, "").status()).isEqualTo(401);
            assertThat(call(node, "ferric-ramdisk-" + i).status()).isEqualTo(401);
        }
        assertThat(refusals(node)).isEqualTo(before + 2);
        assertThat(datacenter.rest().get(node.path() + "/history").body())
                .contains("Refused a call: ", "The ramdisk's token was refused", "no Authorization header");
        node.tearDown();
    }

    private static long refusals(EnrolledNode node) {
        JsonNode history =
                datacenter.rest().get(node.path() + "/history").json().path("history");
        long count = 0;
        for (JsonNode entry : history) {
            count += entry.path("event").asText().startsWith("Refused a call") ? 1 : 0;
        }
        return count;
    }

    private static Rest.Answer call(EnrolledNode node, String token) {
        Map<String, String> headers = token.isEmpty() ? Map.of() : Map.of("X-Auth-Token", token);
        return datacenter
                .rest()
                .as(headers)
                .send("POST", node.path() + "/vendor_passthru/pass_deploy_info", body(node));
    }

    private static Map<String, Object> body(EnrolledNode node) {
        Map<String, Object> body = new HashMap<>();
        body.put("address", node.hardware().server().address().getHostAddress());
        body.put("iqn", "iqn.2008-10.org.openstack:" + node.uuid());
        body.put("error", "");
        return body;
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
