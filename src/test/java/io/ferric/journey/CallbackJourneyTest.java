package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are refused: of a ramdisk that is none, of methods that are none, and for a node that is at work. */
class CallbackJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    @Test
    void a_call_with_a_wrong_key_or_none_is_refused_and_changes_nothing() throws Exception {
        for (ServerFault fault : List.of(ServerFault.WRONG_KEY, ServerFault.MISSING_KEY)) {
            EnrolledNode node = datacenter.enrol("stranger-" + fault.ordinal());
            node.hardware().server().faults().inject(fault, 1);
            node.beginDeploy(Map.of());

            String refused = node.hardware()
                    .server()
                    .console()
                    .await(Stage.STOPPED, PATIENCE)
                    .message();
            assertThat(refused).contains("HTTP 400", "Deploy key does not match");
            // the pretend server is so quick that its call may come before the first visit is over
            node.reaches("wait call-back");
            JsonNode before = node.show();
            assertThat(before.path("instance_info").path("deploy_key").asText()).isEqualTo("******");
            assertThat(call(node, Map.of()).status()).isEqualTo(400);
            assertThat(call(node, Map.of("key", "")).status()).isEqualTo(400);
            assertThat(call(node, Map.of("key", "******")).status()).isEqualTo(400);
            assertThat(call(node, Map.of("key", 42)).status()).isEqualTo(400);
            assertThat(node.show()).isEqualTo(before);
            node.tearDown();
        }
        datacenter.toldNoSecrets();
    }

    @Test
    void a_key_is_good_for_one_call_only() throws Exception {
        Map<String, String> keys = new HashMap<>();
        EnrolledNode node = datacenter.enrol("replayed", event -> {
            if (event.stage() == Stage.ORDERED) {
                keys.put("key", datacenter.deployKey("replayed"));
            }
        });
        node.hardware().server().faults().inject(ServerFault.CALLS_TWICE, 1);
        node.deploy(Map.of());
        assertThat(node.hardware().server().console().toString()).containsPattern("second call: HTTP 40[09]");

        JsonNode before = node.show();
        Rest.Answer replayed = call(node, Map.of("key", keys.get("key")));
        assertThat(replayed.status()).isEqualTo(400);
        assertThat(replayed.fault()).contains("Deploy key does not match");
        assertThat(node.show()).isEqualTo(before);
        node.tearDown();
        datacenter.toldNoSecrets();
    }

    @Test
    void a_call_for_a_node_without_a_key_is_refused() throws Exception {
        EnrolledNode node = datacenter.enrol("idle");
        JsonNode before = node.show();
        for (Object key : List.of("", "null", "None", "******")) {
            assertThat(call(node, Map.of("key", key)).status()).isEqualTo(400);
        }
        assertThat(call(node, Map.of()).fault()).contains("Deploy key does not match");
        assertThat(node.show()).isEqualTo(before);
    }

    @Test
    void an_unknown_vendor_method_is_refused_in_the_words_of_ironic() throws Exception {
        EnrolledNode node = datacenter.enrol("unknown-method");
        Rest.Answer answer = datacenter.rest().send("POST", node.path() + "/vendor_passthru/fly", Map.of());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fault()).startsWith("Unsupported method (fly) passed to ");
    }

    @Test
    void of_several_deploys_of_one_node_one_is_begun_and_the_others_conflict() throws Exception {
        EnrolledNode node = datacenter.enrol("wanted");
        node.setInstanceInfo(datacenter.supplies().instanceInfo());
        ExecutorService users = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> deploy = () -> node.provision("active").status();
            List<Future<Integer>> answers = users.invokeAll(List.of(deploy, deploy, deploy, deploy));
            int begun = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(202, 409);
                begun += answer.get() == 202 ? 1 : 0;
            }
            assertThat(begun).isEqualTo(1);
        } finally {
            users.shutdownNow();
        }
        node.reaches("active");
        node.awaitInstance(1);
        node.tearDown();
    }

    private static Rest.Answer call(EnrolledNode node, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("address", node.hardware().server().address().getHostAddress());
        body.put("iqn", "iqn.2008-10.org.openstack:" + node.uuid());
        body.put("error", "");
        return datacenter.rest().send("POST", node.path() + "/vendor_passthru/pass_deploy_info", body);
    }
}
