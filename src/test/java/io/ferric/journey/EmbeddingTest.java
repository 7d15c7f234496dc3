package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.ConductorListener;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows a program that embeds Ferric. */
class EmbeddingTest {
    @TempDir
    private Path folder;

    @Test
    void a_program_starts_a_conductor_and_works_with_it() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Ferric ferric = Ferric.builder().config(onFreePorts()).start()) {
            Conductor conductor = ferric.conductor();
            conductor.listen(new ConductorListener() {
                @Override
                public void moved(UUID node, ProvisionState from, ProvisionState to, Instant at) {
                    heard.add(from + " -> " + to);
                }

                @Override
                public void event(UUID node, String step, String message, Instant at) {
                    System.out.println(step + ": " + message);
                }
            });
            Node node = conductor.createNode(UUID.randomUUID(), NodeSpec.ofDriver("fake-hardware"));
            conductor.provision(node.uuid().toString(), "manage", Map.of());

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(heard).contains("verifying -> manageable"));
            assertThat(conductor.node(node.uuid().toString()).provisionState()).isEqualTo(ProvisionState.MANAGEABLE);
        }
    }

    @Test
    void what_one_run_enrolled_the_next_one_finds() throws Exception {
        UUID uuid = UUID.randomUUID();
        try (Ferric ferric = Ferric.builder().config(onFreePorts()).start()) {
            ferric.conductor()
                    .createNode(uuid, NodeSpec.ofDriver("fake-hardware").withName("rack1-u12"));
        }
        try (Ferric ferric = Ferric.builder().config(onFreePorts()).start()) {
            HttpRequest request = HttpRequest.newBuilder(ferric.restUri().resolve("/v1/nodes/" + uuid))
                    .header("X-OpenStack-Ironic-API-Version", "latest")
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .contains("rack1-u12");
        }
    }

    @Test
    @Timeout(20)
    void without_rest_and_api_url_a_deploy_is_told_at_once_what_it_lacks() throws Exception {
        try (Ferric ferric =
                Ferric.builder().config(onFreePorts()).withoutRest().start()) {
            Conductor conductor = ferric.conductor();
            Node node = conductor.createNode(UUID.randomUUID(), NodeSpec.ofDriver("ilo"));
            assertThat(conductor.validate(node.uuid().toString()).get("deploy").text())
                    .contains("'api_url' is missing");
        }
    }

    /** But for what is started, so that the ports are free. */
    @Test
    void the_readme_shows_what_is_compiled_here() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```java\n") + 8;
        String here = Files.readString(Path.of("src/test/java/io/ferric/journey/EmbeddingTest.java"));
        List<String> shown = readme.substring(start, readme.indexOf("```", start))
                .lines()
                .map(String::strip)
                .toList();
        assertThat(shown.subList(0, 3))
                .containsExactly(
                        "try (Ferric ferric = Ferric.builder()", ".stateDirectory(Path.of(\"state\"))", ".start()) {");
        assertThat(here.lines().map(String::strip).toList()).containsAll(shown.subList(3, shown.size()));
    }

    private FerricConfig onFreePorts() {
        return FerricConfig.onLoopback(folder, List.of());
    }
}
