package io.ferric.conductor;

import io.ferric.driver.Drivers;
import io.ferric.driver.VendorCall;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeHardware;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.store.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A process that works until it is killed. Arguments: the database file, a marker file, and a step of the fake driver at
 * which it writes the marker and hangs; or {@code busy}, and it writes the marker and works on.
 */
final class DoomedConductor {
    private final FakeHardware hardware = new FakeHardware();
    private final Conductor conductor;
    private final Path marker;

    private DoomedConductor(Path file, Path marker) {
        this.marker = marker;
        this.conductor = conductor(Database.open(StoreConfig.inFile(file)), hardware);
    }

    static Conductor conductor(Database database, FakeHardware hardware) {
        Drivers drivers = Drivers.of(List.of(new FakeDriver(hardware, duration -> Thread.sleep(duration.toMillis()))));
        return new Conductor(Rig.config(), database, drivers, Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        DoomedConductor doomed = new DoomedConductor(Path.of(arguments[0]), Path.of(arguments[1]));
        doomed.conductor.start();
        if (arguments[2].equals("busy")) {
            doomed.workForEver();
        } else {
            doomed.workUntil(FakeStep.valueOf(arguments[2]));
        }
    }

    private void workUntil(FakeStep step) throws InterruptedException {
        Node node = available("doomed");
        hardware.on(step, task -> {
            mark();
            hang();
        });
        boolean fails = step == FakeStep.CLEAN_UP;
        if (fails) {
            hardware.on(FakeStep.DEPLOY, task -> {
                throw new IllegalStateException("fails, to be cleaned up");
            });
        }
        go(node, "active");
        if (!fails) {
            reach(node, ProvisionState.WAIT_CALL_BACK);
            callBack(node);
            reach(node, ProvisionState.ACTIVE);
            leave(node, step);
        }
        hang();
    }

    /** What is done with an instance: it is rescued, or torn down and the server cleaned. */
    private void leave(Node node, FakeStep step) throws InterruptedException {
        if (step == FakeStep.RESCUE) {
            conductor.provision(node.uuid().toString(), "rescue", Map.of("rescue_password", "secret"));
        } else {
            Map<String, Object> cleaned = Map.of("fake_callback", true, "fake_automatic_steps", "check_fans");
            conductor.updateNode(node.uuid().toString(), spec -> spec.withDriverInfo(cleaned));
            go(node, "deleted");
        }
    }

    /** Deploys and tears down several nodes, again and again. */
    private void workForEver() throws InterruptedException {
        Map<String, Object> slow =
                Map.of("fake_callback", true, "fake_deploy_delay", 0.02, "fake_tear_down_delay", 0.02);
        List<Node> nodes = List.of(available("one"), available("two"), available("three"));
        nodes.forEach(node -> conductor.updateNode(node.uuid().toString(), spec -> spec.withDriverInfo(slow)));
        mark();
        while (true) {
            nodes.forEach(this::push);
            Thread.sleep(5);
        }
    }

    /** Has the node do what it can do next. */
    private void push(Node node) {
        try {
            switch (conductor.node(node.uuid().toString()).provisionState()) {
                case AVAILABLE -> go(node, "active");
                case WAIT_CALL_BACK -> callBack(node);
                case ACTIVE -> go(node, "deleted");
                default -> Thread.onSpinWait();
            }
        } catch (NodeFault busy) {
            Thread.onSpinWait();
        }
    }

    private Node available(String name) throws InterruptedException {
        Node node = conductor.createNode(
                UUID.randomUUID(),
                NodeSpec.ofDriver(FakeDriver.NAME).withName(name).withDriverInfo(Map.of("fake_callback", true)));
        go(node, "manage");
        reach(node, ProvisionState.MANAGEABLE);
        go(node, "provide");
        return node;
    }

    private void go(Node node, String verb) {
        conductor.provision(node.uuid().toString(), verb, Map.of());
    }

    private void callBack(Node node) {
        conductor.vendorCall(
                node.uuid().toString(),
                "POST",
                new VendorCall(
                        "pass_deploy_info",
                        Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "iqn.x")));
    }

    private void reach(Node node, ProvisionState state) throws InterruptedException {
        while (conductor.node(node.uuid().toString()).provisionState() != state) {
            Thread.sleep(5);
        }
    }

    private void mark() {
        try {
            Files.writeString(marker, "now");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
