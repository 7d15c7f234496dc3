package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kill -9 of {@code ferric serve} in the middle of a deploy, and the same service started again. */
class KilledServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final AtomicReference<Optional<Stage>> deadly = new AtomicReference<>(Optional.empty());
    private PretendRack rack;
    private PretendNode hardware;
    private Service service;
    private EnrolledNode node;

    @BeforeEach
    void start() throws Exception {
        Supplies supplies = Supplies.in(folder.resolve("files"));
        rack = PretendRack.in(folder.resolve("rack"));
        hardware = rack.add("doomed", 3L << 30, SimulatedIlo.builder(), server -> server.times(Service.STUBBORN)
                .listener(event -> killAt(event.stage())));
        List<Integer> ports = Service.freePorts();
        service = new Service(
                folder,
                Datacenter.configuration(
                        folder,
                        supplies,
                        Map.of(
                                "rest.port",
                                ports.get(0),
                                "publisher.local.port",
                                ports.get(1),
                                "conductor.deploy_callback_timeout",
                                "20s",
                                // its processes are started and killed again and again: a busy machine is no fault of
                                // the iLO
                                "ilo.client_timeout",
                                "20s",
                                "deploy.ramdisk.notify_timeout",
                                "2s")),
                URI.create("http://127.0.0.1:" + ports.get(0)));
        service.start();
        node = EnrolledNode.create(service.rest(), hardware, supplies);
        node.becomesAvailable();
    }

    @AfterEach
    void stop() throws Exception {
        service.kill();
        rack.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"ORDERED", "TARGET_UP", "CALL_ACCEPTED", "DONE"})
    void killed_when_the_server_has_come_so_far(Stage stage) throws Exception {
        deadly.set(Optional.of(stage));
        node.beginDeploy(Map.of("swap_mb", 16));
        service.isDead();

        endsWell();
    }

    /** The first word, the work on the boot loader, and the second word: DONE comes twice, and dies at the first. */
    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"DONE", "BOOT_LOADER_INSTALLED", "RESETTING"})
    void killed_around_the_second_wait(Stage stage) throws Exception {
        deadly.set(Optional.of(stage));
        node.beginDeploy(Map.of("capabilities", "boot_option:local"));
        service.isDead();

        endsWell();
    }

    @Test
    void killed_while_the_boot_loader_is_waited_for() throws Exception {
        hardware.server().faults().inject(ServerFault.NO_BOOT_LOADER_REPORT, 1);
        node.beginDeploy(Map.of("capabilities", "boot_option:local"));
        hardware.server().console().await(Stage.BOOT_LOADER_INSTALLED, PATIENCE);
        node.reaches("wait call-back");
        service.kill();
        service.start();

        assertThat(node.fails()).contains("has not reported");
        node.tearDown();
    }

    @Test
    void killed_when_the_media_are_inserted() throws Exception {
        node.beginDeploy(Map.of());
        often().until(() -> !hardware.ilo().events(Kind.INSERTED).isEmpty());
        service.kill();

        endsWell();
    }

    @Test
    void killed_while_the_disk_is_written() throws Exception {
        node.beginDeploy(Map.of("swap_mb", 16));
        often().until(() -> hardware.server().console().last(Stage.TARGET_UP).isPresent()
                && !node.disk().parts().isEmpty());
        service.kill();

        endsWell();
    }

    @Test
    void killed_in_the_tear_down() throws Exception {
        node.deploy(Map.of());
        int ejected = hardware.ilo().events(Kind.EJECTED).size();
        node.ask("deleted");
        often().until(() -> hardware.ilo().events(Kind.EJECTED).size() > ejected);
        service.kill();
        service.start();

        node.reaches("available");
        assertThat(published()).isEmpty();
    }

    /** Finished with the right bytes, or failed with a reason; never stuck. */
    private void endsWell() throws Exception {
        service.start();
        JsonNode end = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        node::show,
                        now -> now.path("target_provision_state").isNull()
                                && now.path("reservation").isNull());
        if (end.path("provision_state").asText().equals("active")) {
            node.holdsTheImage();
            int before = node.instancesUp();
            service.rest().send("PUT", node.path() + "/states/power", Map.of("target", "rebooting"));
            node.awaitInstance(before + 1);
            node.isLetGo();
        } else {
            assertThat(end.path("provision_state").asText()).isEqualTo("deploy failed");
            assertThat(end.path("last_error").asText()).isNotEmpty();
        }
        node.tearDown();
        assertThat(published()).isEmpty();
        node.deploy(Map.of());
    }

    private List<Path> published() throws IOException {
        try (var files = Files.list(folder.resolve("state/published/objects"))) {
            return files.toList();
        }
    }

    private void killAt(Stage stage) {
        if (deadly.get().equals(Optional.of(stage))) {
            deadly.set(Optional.empty());
            service.kill();
        }
    }

    private static ConditionFactory often() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }
}
