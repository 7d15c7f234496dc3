package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.testkit.PostgresServer;
import io.ferric.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A conductor, a process of its own, dies at every named point of a deploy, and a second one on the same PostgreSQL goes
 * on. A first deploy lists the points; {@code -Dferric.crash.step=1} tries each of them, else every eleventh is tried. The
 * table is written to {@code target/crash-matrix.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int STEP = Integer.getInteger("ferric.crash.step", 11);
    private static final Path TABLE = Path.of("target", "crash-matrix.md");

    @TempDir
    private static Path folder;

    private Supplies supplies;
    private List<String> points;

    @BeforeAll
    void list_the_points() throws Exception {
        supplies = Supplies.in(folder.resolve("files"));
        try (Story story = new Story("listing", 0)) {
            story.node.deploy(Map.of("swap_mb", 16));
        }
        points = Files.readAllLines(folder.resolve("listing/points"));
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, "| point | what | taken over after | end |\n|---|---|---|---|\n");
    }

    @TestFactory
    List<DynamicTest> whatever_point_it_dies_at_another_ends_the_work() {
        assertThat(points).hasSizeGreaterThanOrEqualTo(25);
        List<DynamicTest> tests = new ArrayList<>();
        for (int point = 1; point <= points.size(); point += STEP) {
            int deadly = point;
            tests.add(DynamicTest.dynamicTest(points.get(point - 1), () -> dieAt(deadly)));
        }
        return tests;
    }

    private void dieAt(int point) throws Exception {
        try (Story story = new Story("point-" + point, point)) {
            story.beginDeployWhateverComes();
            story.doomed.isDead();
            long dead = System.nanoTime();
            try (Ferric second = story.second()) {
                assertThat(second.conductor().host()).isEqualTo("two");
                await().atMost(PATIENCE).until(() -> story.isTakenUp());
                Duration after = Duration.ofNanos(System.nanoTime() - dead);
                String end = story.endsWell();
                Files.writeString(
                        TABLE,
                        "| %s | %s | %.1f s | %s |%n"
                                .formatted(
                                        points.get(point - 1).split(" ", 2)[0],
                                        points.get(point - 1).split(" ", 2)[1],
                                        after.toMillis() / 1e3,
                                        end),
                        StandardOpenOption.APPEND);
            }
        }
    }

    /** One rack with one server, a database, and the conductor that dies. */
    private final class Story implements AutoCloseable {
        private final Path own;
        private final PretendRack rack;
        private final Map<String, Object> settings;
        private final Service doomed;
        private final EnrolledNode node;

        Story(String name, int deadly) throws Exception {
            own = Files.createDirectories(folder.resolve(name));
            rack = PretendRack.in(own.resolve("rack"));
            PretendNode hardware =
                    rack.add("doomed", 3L << 30, SimulatedIlo.builder(), server -> server.times(Service.STUBBORN));
            List<Integer> ports = Service.freePorts();
            settings = new TreeMap<>(Map.of(
                    "store.url", PostgresServer.shared().newDatabase().url().orElseThrow(),
                    "store.username", "postgres",
                    "rest.port", ports.get(0),
                    "publisher.local.port", ports.get(1),
                    "publisher.local.directory", own.resolve("published").toString(),
                    "conductor.takeover_after", "4s",
                    "conductor.deploy_callback_timeout", "20s",
                    "ilo.client_timeout", "20s",
                    "deploy.ramdisk.notify_timeout", "2s"));
            List<String> command = Program.command(
                    DoomedService.class,
                    configuration("one").toString(),
                    own.resolve("points").toString(),
                    Integer.toString(deadly));
            doomed = new Service(own.resolve("one.log"), command, URI.create("http://127.0.0.1:" + ports.get(0)));
            doomed.start();
            node = EnrolledNode.create(doomed.rest(), hardware, supplies);
            node.becomesAvailable();
            Files.createFile(own.resolve("armed"));
        }

        private Path configuration(String host) throws IOException {
            settings.put("conductor.host", host);
            Path place = Files.createDirectories(own.resolve(host));
            return Datacenter.configuration(place, supplies, settings);
        }

        /** At the address of the first, as behind a load balancer. */
        Ferric second() throws IOException {
            return Ferric.builder()
                    .config(FerricConfig.read(configuration("two")))
                    .start();
        }

        /** Who asked gets no answer when the conductor dies while it is being asked. */
        void beginDeployWhateverComes() {
            try {
                node.beginDeploy(Map.of("swap_mb", 16));
            } catch (UncheckedIOException died) {
                doomed.isDead();
            }
        }

        /** The second conductor works on the node, or there was nothing to take up. */
        boolean isTakenUp() {
            JsonNode now = node.show();
            String holder = now.path("reservation").asText("");
            return holder.equals("two") || now.path("reservation").isNull();
        }

        /** Finished with the right bytes, or failed with a reason; never stuck. */
        String endsWell() throws Exception {
            JsonNode end = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            node::show,
                            now -> now.path("target_provision_state").isNull()
                                    && now.path("reservation").isNull());
            String state = end.path("provision_state").asText();
            if (state.equals("active")) {
                node.holdsTheImage();
            } else if (!state.equals("available")) {
                assertThat(state).isEqualTo("deploy failed");
                assertThat(end.path("last_error").asText()).isNotEmpty();
            }
            if (state.equals("available")) {
                node.deploy(Map.of("swap_mb", 16));
                node.holdsTheImage();
            }
            node.tearDown();
            try (var left = Files.list(own.resolve("published/objects"))) {
                assertThat(left).isEmpty();
            }
            return state;
        }

        @Override
        public void close() throws IOException {
            doomed.kill();
            rack.close();
        }
    }
}
