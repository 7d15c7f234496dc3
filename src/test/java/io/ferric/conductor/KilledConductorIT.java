package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.AVAILABLE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.driver.fake.FakeHardware;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.store.StoreConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kill -9 of a conductor in the middle of its work, and another on the same database file. */
class KilledConductorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private Process start(String mode) throws IOException {
        Files.deleteIfExists(marker());
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        File log = folder.resolve("doomed.log").toFile();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        DoomedConductor.class.getName(),
                        file().toString(),
                        marker().toString(),
                        mode)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private Path file() {
        return folder.resolve("ferric");
    }

    private Path marker() {
        return folder.resolve("marker");
    }

    private void killAtTheMark(String mode, long furtherMillis) throws Exception {
        Process doomed = start(mode);
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(marker()) || !doomed.isAlive());
            assertThat(doomed.isAlive())
                    .withFailMessage(() -> "it died by itself: " + log())
                    .isTrue();
            doomed.waitFor(furtherMillis, TimeUnit.MILLISECONDS);
        } finally {
            doomed.toHandle().destroyForcibly();
            doomed.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("doomed.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARE, WAIT_CALL_BACK",
        "DEPLOY, WAIT_CALL_BACK",
        "RESUME, ACTIVE",
        "TEAR_DOWN, AVAILABLE",
        "STEP, AVAILABLE",
        "RESCUE, RESCUE",
        "CLEAN_UP, DEPLOY_FAILED"
    })
    void a_node_is_finished_or_clearly_failed_by_the_next_start(FakeStep step, ProvisionState end) throws Exception {
        killAtTheMark(step.name(), 0);
        FakeHardware hardware = new FakeHardware();
        try (Database database = Database.open(StoreConfig.inFile(file()));
                Conductor conductor = DoomedConductor.conductor(database, hardware)) {
            Node left = conductor.node("doomed");
            assertThat(left.provisionState().transitional()).isTrue();
            assertThat(left.reservation()).contains("rig");
            conductor.start();
            await().atMost(PATIENCE)
                    .until(() -> conductor.node("doomed").provisionState() == end
                            && conductor.node("doomed").reservation().isEmpty());
            assertThat(conductor.node("doomed").status().lastError().isPresent())
                    .isEqualTo(end == DEPLOY_FAILED);
            assertThat(hardware.calls(left.uuid()))
                    .anyMatch(call -> call.split(" ")[0].equals(step.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Whenever the kill comes, no node is held, on its way or without a way out once the next conductor is at rest. */
    @ParameterizedTest
    @ValueSource(longs = {40, 333, 700})
    void no_moment_leaves_a_node_stuck(long millis) throws Exception {
        killAtTheMark("busy", millis);
        Set<ProvisionState> atRest = Set.of(AVAILABLE, ACTIVE, WAIT_CALL_BACK);
        try (Database database = Database.open(StoreConfig.inFile(file()));
                Conductor conductor = DoomedConductor.conductor(database, new FakeHardware())) {
            conductor.start();
            await().atMost(PATIENCE).until(() -> conductor.nodes(NodeQuery.all()).stream()
                    .allMatch(node -> atRest.contains(node.provisionState())
                            && node.reservation().isEmpty()
                            && node.status().lastError().isEmpty()));
            List<Node> nodes = conductor.nodes(NodeQuery.all());
            assertThat(nodes).hasSize(3);
            nodes.forEach(node -> conductor.provision(
                    node.uuid().toString(), node.provisionState() == AVAILABLE ? "active" : "deleted", Map.of()));
            await().atMost(PATIENCE).until(() -> conductor.nodes(NodeQuery.all()).stream()
                    .allMatch(node -> atRest.contains(node.provisionState())));
        }
    }
}
