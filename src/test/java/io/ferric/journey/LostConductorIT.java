package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.BmcRecord;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.IloEvent;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.testkit.FaultProxy;
import io.ferric.testkit.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A conductor that is first, or loses its database, in the middle of a deploy: a second one on the same PostgreSQL ends
 * the deploy, and the first, when it goes on, touches nothing any more.
 */
class LostConductorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Map<String, Object> settings;
    private Supplies supplies;
    private PretendRack rack;
    private PretendNode hardware;
    private URI store;
    private FaultProxy network;
    private Service first;
    private EnrolledNode node;

    @BeforeEach
    void start() throws Exception {
        supplies = Supplies.in(folder.resolve("files"));
        rack = PretendRack.in(folder.resolve("rack"));
        hardware = rack.add("lost", 3L << 30, SimulatedIlo.builder(), server -> server.times(Service.STUBBORN));
        List<Integer> ports = Service.freePorts();
        store = URI.create(
                PostgresServer.shared().newDatabase().url().orElseThrow().substring("jdbc:".length()));
        network = new FaultProxy(new InetSocketAddress("127.0.0.1", store.getPort()));
        settings = new TreeMap<>(Map.of(
                "store.url",
                "jdbc:" + network.through(store),
                "store.connection_timeout",
                "1s",
                "store.username",
                "postgres",
                "rest.port",
                ports.get(0),
                "publisher.local.port",
                ports.get(1),
                "conductor.takeover_after",
                "4s",
                "conductor.deploy_callback_timeout",
                "30s",
                "ilo.client_timeout",
                "20s"));
        first = new Service(folder, configuration("one"), URI.create("http://127.0.0.1:" + ports.get(0)));
        first.start();
        node = EnrolledNode.create(first.rest(), hardware, supplies);
        node.becomesAvailable();
    }

    private Path configuration(String host) throws IOException {
        settings.put("conductor.host", host);
        return Datacenter.configuration(Files.createDirectories(folder.resolve(host)), supplies, settings);
    }

    @AfterEach
    void stop() throws Exception {
        first.kill();
        network.close();
        rack.close();
    }

    @Test
    void while_it_writes_the_disk() throws Exception {
        node.beginDeploy(Map.of("swap_mb", 16));
        freezeOnce(() -> hardware.server().console().last(Stage.TARGET_UP).isPresent()
                && !node.disk().parts().isEmpty());
        anotherEndsItAndTheFirstLetsGo(first::wakeUp);
    }

    @Test
    void when_the_media_are_inserted() throws Exception {
        node.beginDeploy(Map.of("swap_mb", 16));
        freezeOnce(() -> !hardware.ilo().events(Kind.INSERTED).isEmpty());
        anotherEndsItAndTheFirstLetsGo(first::wakeUp);
    }

    @Test
    void without_its_database_while_it_writes_the_disk() throws Exception {
        node.beginDeploy(Map.of("swap_mb", 16));
        often().until(() -> hardware.server().console().last(Stage.TARGET_UP).isPresent()
                && !node.disk().parts().isEmpty());
        network.refuse();
        anotherEndsItAndTheFirstLetsGo(network::accept);
    }

    @Test
    void without_its_database_when_the_media_are_inserted() throws Exception {
        node.beginDeploy(Map.of("swap_mb", 16));
        often().until(() -> !hardware.ilo().events(Kind.INSERTED).isEmpty());
        network.refuse();
        anotherEndsItAndTheFirstLetsGo(network::accept);
    }

    private void freezeOnce(Callable<Boolean> reached) throws Exception {
        often().until(reached);
        first.freeze();
    }

    /** What brings the first conductor back. */
    private interface Cure {
        void take() throws Exception;
    }

    private void anotherEndsItAndTheFirstLetsGo(Cure cure) throws Exception {
        // the ramdisk calls the address it was given, as through a load balancer that knows who lives
        settings.put("rest.port", 0);
        settings.put("publisher.local.port", 0);
        settings.put("store.url", "jdbc:" + store);
        try (Ferric second =
                Ferric.builder().config(FerricConfig.read(configuration("two"))).start()) {
            EnrolledNode seenBySecond = node.by(new Rest(second.restUri()));
            seenBySecond.reaches("active");
            seenBySecond.isLetGo();
            seenBySecond.holdsTheImage();
            List<IloEvent> before = doneToTheServer();

            cure.take();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(first.said()).contains("let go of"));

            assertThat(doneToTheServer()).isEqualTo(before);
            seenBySecond.holdsTheImage();
            assertThat(seenBySecond.show().path("provision_state").asText()).isEqualTo("active");
            assertThat(first.said()).doesNotContain("ERROR Failures");
            seenBySecond.tearDown();
            BmcRecord record = Ferric.verifyBmcActions(FerricConfig.read(configuration("two")));
            assertThat(record.fault()).isEmpty();
            assertThat(record.entries()).isGreaterThan(10);
        }
    }

    /** What happened at the iLO, without questions. */
    private List<IloEvent> doneToTheServer() {
        return hardware.ilo().events().stream()
                .filter(event -> event.kind() != Kind.COMMAND)
                .toList();
    }

    private static ConditionFactory often() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }
}
