package io.ferric.ilo;

import io.ferric.driver.BmcAction;
import io.ferric.driver.Task;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A task that keeps everything in memory and writes down what it is told. */
final class FakeTask implements Task {
    final List<BmcAction> actions = new ArrayList<>();

    static final UUID NODE = UUID.fromString("1be26c0b-03f2-4d2e-ae87-c02d7f33c123");

    private Node node;
    private final List<Port> ports = new ArrayList<>();
    int attempt = 1;
    final List<String> events = new ArrayList<>();
    final List<PowerAction> power = new ArrayList<>();
    Consumer<PowerAction> onPower = action -> {};

    FakeTask(NodeSpec spec) {
        this(NODE, spec);
    }

    private FakeTask(UUID uuid, NodeSpec spec) {
        this.node = Node.enrolled(uuid, spec, Instant.EPOCH);
        ports.add(new Port(UUID.randomUUID(), uuid, "52:54:00:12:34:56", Map.of()));
    }

    /** A node that lacks nothing. */
    static FakeTask complete() {
        return complete(NODE);
    }

    static FakeTask complete(UUID uuid) {
        return new FakeTask(
                uuid,
                NodeSpec.ofDriver("ilo")
                        .withDriverInfo(driverInfo())
                        .withInstanceInfo(Map.of(
                                "image_source",
                                "test://image",
                                "root_gb",
                                10,
                                "kernel",
                                "test://kernel",
                                "ramdisk",
                                "test://ramdisk")));
    }

    static Map<String, Object> driverInfo() {
        return new HashMap<>(Map.of(
                "ilo_address", "127.0.0.1",
                "ilo_username", "Administrator",
                "ilo_password", "pretend-9",
                "ilo_deploy_iso", "http://127.0.0.1:8080/deploy.iso",
                "ilo_verify_ca", "false"));
    }

    FakeTask in(ProvisionState state) {
        var status = node.status();
        node = node.with(new io.ferric.node.NodeStatus(
                status.power(),
                status.targetPower(),
                state,
                status.targetProvision(),
                status.provisionUpdatedAt(),
                status.lastError(),
                status.internalInfo(),
                status.observed()));
        return this;
    }

    FakeTask with(java.util.function.UnaryOperator<NodeSpec> change) {
        node = node.with(change.apply(node.spec()));
        return this;
    }

    void setDriverInfo(String key, Object value) {
        with(spec -> {
            Map<String, Object> info = new HashMap<>(spec.driverInfo().values());
            info.put(key, value);
            return spec.withDriverInfo(info);
        });
    }

    FakeTask withoutPorts() {
        ports.clear();
        return this;
    }

    Object remembered(String key) {
        return node.status().internalInfo().get(key);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public List<Port> ports() {
        return ports;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void setPower(PowerAction action) {
        power.add(action);
        onPower.accept(action);
    }

    @Override
    public void remember(String key, Object value) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        info.put(key, value);
        node = node.with(node.status().withInternalInfo(info));
    }

    @Override
    public void forget(String key) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        info.remove(key);
        node = node.with(node.status().withInternalInfo(info));
    }

    @Override
    public void setInstanceInfo(String key, Object value) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.put(key, value);
        node = node.with(node.spec().withInstanceInfo(info));
    }

    @Override
    public void removeInstanceInfo(String key) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.remove(key);
        node = node.with(node.spec().withInstanceInfo(info));
    }

    @Override
    public void event(String step, String message) {
        events.add(step + ": " + message);
    }

    @Override
    public void progress(String step, long done, long total) {}

    @Override
    public void checkCancelled() {}

    @Override
    public void ensureHeld() {
        checkCancelled();
    }

    @Override
    public void acted(BmcAction action) {
        actions.add(action);
    }
}
