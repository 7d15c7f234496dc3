package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.BmcRecord;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerTimes;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.store.StoreConfig;
import io.ferric.testkit.Balancer;
import io.ferric.testkit.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three conductors, processes of their own, on one PostgreSQL and behind a load balancer, deploy and tear down many servers
 * while one of them after the other is killed, frozen or stopped. How much of it is told by {@code -Dferric.fire.servers},
 * {@code deploys} and {@code interval} (seconds between two blows); {@code src/it/under-fire.sh} is the long one.
 */
class UnderFireIT {
    private static final int SERVERS = Integer.getInteger("ferric.fire.servers", 12);
    private static final int DEPLOYS = Integer.getInteger("ferric.fire.deploys", 30);
    private static final int INTERVAL = Integer.getInteger("ferric.fire.interval", 8);
    private static final int AT_ONCE = Integer.getInteger("ferric.fire.at_once", 6);
    private static final long SEED = Long.getLong("ferric.fire.seed", 20261124);
    private static final ServerTimes PERSISTENT = Service.stubborn(600, Duration.ofMinutes(5));
    private static final List<String> KERNELS = List.of("vmlinuz", "vmlinuz-b", "vmlinuz-c");

    @TempDir
    private Path folder;

    private final List<Service> conductors = new ArrayList<>();
    private final List<Operator> operators = new ArrayList<>();
    private Path published;
    private PretendRack rack;
    private Balancer balancer;
    private StoreConfig store;
    private Path configuration;

    @BeforeEach
    void start() throws Exception {
        Supplies supplies = Supplies.in(folder.resolve("files"));
        for (String kernel : KERNELS) {
            Files.writeString(supplies.file(kernel), kernel + " of the instance ".repeat(1000));
        }
        published = folder.resolve("published");
        store = PostgresServer.shared().newDatabase();
        List<Map<String, Object>> own = new ArrayList<>();
        List<URI> uris = new ArrayList<>();
        for (String host : List.of("one", "two", "three")) {
            List<Integer> ports = Service.freePorts();
            uris.add(URI.create("http://127.0.0.1:" + ports.get(0)));
            own.add(Map.of("conductor.host", host, "rest.port", ports.get(0), "publisher.local.port", ports.get(1)));
        }
        balancer = new Balancer(uris);
        for (int i = 0; i < own.size(); i++) {
            Map<String, Object> settings = new TreeMap<>(own.get(i));
            settings.put("conductor.orphan_sweep_interval", "2s");
            settings.putAll(Map.of(
                    "store.url", store.url().orElseThrow(),
                    "store.username", "postgres",
                    "api_url", balancer.uri().toString(),
                    "publisher.local.directory", published.toString(),
                    "publisher.local.shared", true,
                    "conductor.takeover_after", "5s",
                    "conductor.sync_power_state_interval", "5s",
                    "conductor.deploy_callback_timeout", "3m",
                    "ilo.client_timeout", "20s",
                    "deploy.ramdisk.notify_timeout", "5s"));
            Path place = Files.createDirectories(
                    folder.resolve(own.get(i).get("conductor.host").toString()));
            configuration = Datacenter.configuration(place, supplies, settings);
            conductors.add(new Service(place, configuration, uris.get(i)));
        }
        all(conductors, Service::start);
        rack = PretendRack.in(folder.resolve("rack"));
        for (int i = 0; i < SERVERS; i++) {
            operators.add(new Operator(
                    EnrolledNode.create(
                            conductors.get(0).rest(),
                            rack.add("node-" + i, 3L << 30, SimulatedIlo.builder(), server -> server.times(PERSISTENT)),
                            supplies),
                    new Rest(balancer.uri()),
                    supplies.instanceInfo(),
                    supplies.url(KERNELS.get(i % KERNELS.size()))));
        }
        all(operators, Operator::becomesAvailable);
    }

    @AfterEach
    void stop() throws Exception {
        conductors.forEach(Service::kill);
        balancer.close();
        rack.close();
    }

    @Test
    void every_server_is_deployed_and_nothing_is_left_whoever_dies() throws Exception {
        int rounds = (DEPLOYS + SERVERS - 1) / SERVERS;
        Fire fire = new Fire();
        try {
            all(operators, operator -> operator.deploys(rounds));
        } finally {
            fire.ceases();
        }
        List<String> failures =
                operators.stream().flatMap(each -> each.failures().stream()).toList();
        System.out.printf(
                "under fire: %d deploys of %d servers, conductors %s, %d asked for again %s%n",
                SERVERS * rounds, SERVERS, fire, failures.size(), failures);
        assertThat(fire.blows()).isGreaterThan(2);
        boot_isos_are_counted_right();
        all(operators, Operator::tearsDown);
        nothing_is_left();
        BmcRecord record = Ferric.verifyBmcActions(FerricConfig.read(configuration));
        assertThat(record.fault()).isEmpty();
        assertThat(record.entries()).isGreaterThan(10L * DEPLOYS);
    }

    private void boot_isos_are_counted_right() throws Exception {
        Map<String, Integer> used = new HashMap<>();
        operators.forEach(operator -> used.merge(operator.bootIso(), 1, Integer::sum));
        assertThat(counted()).isEqualTo(used).hasSize(Math.min(SERVERS, KERNELS.size()));
        assertThat(objects())
                .extracting(file -> file.substring(0, file.indexOf(';')))
                .containsExactlyInAnyOrderElementsOf(used.keySet());
    }

    private void nothing_is_left() throws Exception {
        assertThat(counted()).isEmpty();
        assertThat(objects()).isEmpty();
        for (Operator each : operators) {
            each.leavesNothing();
        }
        for (String host : List.of("one", "two", "three")) {
            Path state = folder.resolve(host).resolve("state");
            await("nothing left at conductor " + host)
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        assertThat(Datacenter.files(state.resolve("images"))).isEmpty();
                        assertThat(Datacenter.files(state.resolve("ilo"))).isEmpty();
                    });
        }
    }

    private List<String> objects() throws IOException {
        return Datacenter.files(published.resolve("objects")).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** What the database counts. */
    private Map<String, Integer> counted() throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        try (Connection database = DriverManager.getConnection(store.url().orElseThrow(), "postgres", "");
                ResultSet rows = database.createStatement()
                        .executeQuery("select name, (select count(*) from shared_object_user u where u.name = o.name)"
                                + " from shared_object o")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    /** One who may fail, for each of these. */
    private interface Work<T> {
        void on(T each) throws Exception;
    }

    private static <T> void all(List<T> them, Work<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (T each : them) {
                done.add(pool.submit(() -> {
                    work.on(each);
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** A blow every few seconds against one conductor, which is helped up again soon. */
    private final class Fire {
        private final Random random = new Random(SEED);
        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        private final Future<?> blows;
        private final Map<String, Integer> struck = new TreeMap<>();

        Fire() {
            blows = timer.scheduleAtFixedRate(this::strike, INTERVAL / 2, INTERVAL, TimeUnit.SECONDS);
        }

        private void strike() {
            Service target = conductors.get(random.nextInt(conductors.size()));
            int kind = random.nextInt(10);
            try {
                if (kind < 7) {
                    count("killed");
                    target.kill();
                    target.start();
                } else if (kind < 9) {
                    count("frozen");
                    target.freeze();
                    timer.schedule(() -> wake(target), INTERVAL * 3 / 4, TimeUnit.SECONDS)
                            .get();
                } else {
                    count("stopped");
                    target.stop();
                    target.start();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private Void wake(Service target) throws Exception {
            target.wakeUp();
            return null;
        }

        private void count(String how) {
            struck.merge(how, 1, Integer::sum);
        }

        int blows() {
            return struck.values().stream().mapToInt(Integer::intValue).sum();
        }

        void ceases() throws Exception {
            if (blows.isDone()) {
                blows.get();
            }
            blows.cancel(false);
            timer.shutdown();
            assertThat(timer.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
            for (Service each : conductors) {
                await().atMost(Duration.ofMinutes(1)).until(each::isReady);
            }
        }

        @Override
        public String toString() {
            return struck.toString();
        }
    }
}
