package io.ferric.conductor;

import static org.awaitility.Awaitility.await;

import io.ferric.driver.Drivers;
import io.ferric.driver.VendorCall;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.store.ReservationStore.Hold;
import io.ferric.store.StoreConfig;
import io.ferric.testkit.TestStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A conductor with the fake driver on a database in memory, a clock that can be put forward, and no pauses. */
final class Rig implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);

    final FakeHardware hardware = new FakeHardware();
    final ForwardClock clock = new ForwardClock();
    final Database database;
    final ConductorConfig config;
    private final Drivers drivers = Drivers.of(List.of(new FakeDriver(hardware, duration -> {})));
    /** How the time between two tries to hold a node is spent. */
    volatile Pause pause = duration -> Thread.onSpinWait();

    Conductor conductor;

    Rig() {
        this(config());
    }

    Rig(ConductorConfig config) {
        this(config, TestStore.config());
    }

    /** On a database that others may use, too. */
    Rig(ConductorConfig config, StoreConfig store) {
        this.config = config;
        this.database = Database.open(store, clock);
        this.conductor = newConductor(config);
        conductor.start();
    }

    /** Defaults, but looking every 20 ms, with no periodic power sync and hardly any waiting at the end. */
    static ConductorConfig config() {
        return config(4, Duration.ofMinutes(30), true);
    }

    static ConductorConfig config(int workers, Duration callbackTimeout, boolean forcePower) {
        return config("rig", workers, callbackTimeout, forcePower, Duration.ZERO);
    }

    /** One of several on a database, that takes over quickly. */
    static ConductorConfig config(String host, Duration drainTimeout) {
        return config(host, 4, Duration.ofMinutes(30), true, drainTimeout);
    }

    private static ConductorConfig config(
            String host, int workers, Duration callbackTimeout, boolean forcePower, Duration drainTimeout) {
        return new ConductorConfig(
                host,
                workers,
                4,
                3,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                callbackTimeout,
                true,
                callbackTimeout,
                callbackTimeout,
                callbackTimeout,
                Duration.ofMinutes(10),
                Duration.ZERO,
                forcePower,
                3,
                Duration.ZERO,
                true,
                3,
                50,
                Duration.ofMillis(250),
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                drainTimeout,
                Duration.ofSeconds(2));
    }

    /** The node as held by the conductor of this name. */
    Hold hold(Node node, String host) {
        Hold hold = Hold.of(node.uuid());
        if (!database.reservations().reserve(hold, host)) {
            throw new IllegalStateException("another holds node " + node.uuid());
        }
        return hold;
    }

    Conductor newConductor(ConductorConfig configured) {
        return newConductor(configured, drivers);
    }

    private Conductor newConductor(ConductorConfig configured, Drivers known) {
        return new Conductor(configured, database, known, clock, duration -> pause.pause(duration));
    }

    /** Closes the conductor and starts another on the same database. */
    void restart(ConductorConfig configured) {
        conductor.close();
        conductor = newConductor(configured);
        conductor.start();
    }

    /** Closes the conductor and starts another that has no driver. */
    void restartWithoutDrivers() {
        restartWith(Drivers.of(List.of()));
    }

    void restartWith(Drivers known) {
        conductor.close();
        conductor = newConductor(config, known);
        conductor.start();
    }

    Node enrol(Map<String, Object> driverInfo) {
        return conductor.createNode(
                UUID.randomUUID(), NodeSpec.ofDriver(FakeDriver.NAME).withDriverInfo(driverInfo));
    }

    Node available(Map<String, Object> driverInfo) {
        Node node = enrol(driverInfo);
        provision(node, "manage");
        reaches(node, ProvisionState.MANAGEABLE);
        provision(node, "provide");
        return reaches(node, ProvisionState.AVAILABLE);
    }

    Node active(Map<String, Object> driverInfo) {
        Node node = available(driverInfo);
        provision(node, "active");
        return reaches(node, ProvisionState.ACTIVE);
    }

    /** A node whose fake deploy waits for its ramdisk. */
    Node waiting() {
        Node node = available(Map.of("fake_callback", true));
        provision(node, "active");
        return reaches(node, ProvisionState.WAIT_CALL_BACK);
    }

    /** The call by which a fake ramdisk continues a fake deploy. */
    void callBack(Node node, String method) {
        Map<String, Object> values =
                Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "iqn.x", "status", "SUCCEEDED");
        conductor.vendorCall(node.uuid().toString(), "POST", new VendorCall(method, values));
    }

    void provision(Node node, String verb) {
        conductor.provision(node.uuid().toString(), verb, Map.of());
    }

    Node now(Node node) {
        return conductor.node(node.uuid().toString());
    }

    /** Waits until the node is in the state and nobody holds it. */
    Node reaches(Node node, ProvisionState state) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(SOON)
                .until(() -> now(node).provisionState() == state
                        && now(node).reservation().isEmpty());
        return now(node);
    }

    /** Waits until nobody holds the node. */
    Node settles(Node node) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(SOON)
                .until(() -> now(node).reservation().isEmpty());
        return now(node);
    }

    List<String> steps(Node node) {
        return conductor.history(node.uuid().toString()).stream()
                .map(entry -> entry.step() + ": " + entry.message())
                .toList();
    }

    @Override
    public void close() {
        conductor.close();
        database.close();
    }

    /** The time of the system and then some. */
    static final class ForwardClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration more) {
            ahead = ahead.plus(more);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
