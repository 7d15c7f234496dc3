package io.ferric.deploy;

import io.ferric.driver.BmcAction;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** A task that keeps in memory what it is told. */
final class FakeTask implements Task {
    static final UUID NODE = UUID.fromString("11111111-2222-4333-8444-555555555555");

    final List<String> events = new ArrayList<>();
    final List<String> progress = new ArrayList<>();
    final List<Port> ports = new ArrayList<>();
    private Node node = Node.enrolled(NODE, NodeSpec.ofDriver("ilo"), Instant.EPOCH);
    private int checksUntilCancelled = Integer.MAX_VALUE;

    FakeTask() {
        ports.add(port("52:54:00:00:00:01", Map.of()));
    }

    static Port port(String address, Map<String, Object> extra) {
        return new Port(UUID.randomUUID(), NODE, address, extra);
    }

    FakeTask withInstanceInfo(Map<String, Object> values) {
        node = node.with(node.spec().withInstanceInfo(values));
        return this;
    }

    FakeTask withDriverInfo(Map<String, Object> values) {
        node = node.with(node.spec().withDriverInfo(values));
        return this;
    }

    FakeTask withProperties(Map<String, Object> values) {
        node = node.with(node.spec().withProperties(values));
        return this;
    }

    FakeTask cancelledAfter(int checks) {
        checksUntilCancelled = checks;
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
        return List.copyOf(ports);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public void setPower(PowerAction action) {
        throw new AssertionError("the deploy module does not touch the power");
    }

    @Override
    public void remember(String key, Object value) {
        changeInternal(info -> info.put(key, value));
    }

    @Override
    public void forget(String key) {
        changeInternal(info -> info.remove(key));
    }

    @Override
    public void setInstanceInfo(String key, Object value) {
        changeInstance(info -> info.put(key, value));
    }

    @Override
    public void removeInstanceInfo(String key) {
        changeInstance(info -> info.remove(key));
    }

    @Override
    public void event(String step, String message) {
        events.add(step);
    }

    @Override
    public void progress(String step, long done, long total) {
        progress.add(step + " " + done + "/" + total);
    }

    @Override
    public void checkCancelled() {
        if (checksUntilCancelled-- <= 0) {
            throw new Unavailable(FaultCode.TEMPORARY_FAILURE, "this conductor stops", "");
        }
    }

    private void changeInternal(Consumer<Map<String, Object>> change) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        change.accept(info);
        node = node.with(node.status().withInternalInfo(info));
    }

    private void changeInstance(Consumer<Map<String, Object>> change) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        change.accept(info);
        withInstanceInfo(info);
    }

    @Override
    public void ensureHeld() {
        checkCancelled();
    }

    @Override
    public void acted(BmcAction action) {
        throw new UnsupportedOperationException("a deploy does nothing to a BMC itself");
    }
}
