package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorMethod;
import io.ferric.node.BootDevice;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.store.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Everything one can ask of a bare-metal conductor. Methods that name a node take its UUID or its name. Every failure is
 * a {@link io.ferric.node.NodeFault}. Safe for use by many threads.
 */
public final class Conductor implements AutoCloseable {
    public Conductor(ConductorConfig config, Database database, Drivers drivers, Clock clock) {}

    /** Takes up what an earlier run left, then begins to work. */
    public void start() {}

    /** Stops working: visits that run are interrupted and run again at the next start. */
    @Override
    public void close() {}

    /** Enrols a node. Its driver must exist; name, UUID and instance UUID must be new. */
    public Node createNode(UUID uuid, NodeSpec spec) {
        throw new UnsupportedOperationException();
    }

    public Node node(String uuidOrName) {
        throw new UnsupportedOperationException();
    }

    public List<Node> nodes(NodeQuery query) {
        throw new UnsupportedOperationException();
    }

    /**
     * Changes what is declared about a node.
     *
     * @param change gets what is stored, secrets included; a value {@code ******} under a secret key keeps what is stored
     */
    public Node updateNode(String id, UnaryOperator<NodeSpec> change) {
        throw new UnsupportedOperationException();
    }

    public void deleteNode(String id) {
        throw new UnsupportedOperationException();
    }

    public Port createPort(UUID uuid, String nodeId, String address, Map<String, Object> extra) {
        throw new UnsupportedOperationException();
    }

    public Port port(String uuidOrAddress) {
        throw new UnsupportedOperationException();
    }

    public List<Port> ports(PortQuery query) {
        throw new UnsupportedOperationException();
    }

    /** Changes a port's address or extra values; its node and UUID stay. */
    public Port updatePort(String id, UnaryOperator<Port> change) {
        throw new UnsupportedOperationException();
    }

    public void deletePort(String id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins a move of the lifecycle and returns once it is recorded; the work goes on.
     *
     * @param verb as in the REST API: {@code manage}, {@code provide}, {@code active}, {@code rebuild}, {@code deleted},
     *     {@code abort} ...
     * @param options {@code preserve_ephemeral} with {@code rebuild}
     */
    public void provision(String id, String verb, Map<String, Object> options) {
        throw new UnsupportedOperationException();
    }

    /** Begins a power action and returns; its end is seen in the node's power and target power. */
    public void power(String id, PowerAction action) {
        throw new UnsupportedOperationException();
    }

    public void maintenance(String id, Maintenance maintenance) {
        throw new UnsupportedOperationException();
    }

    /** What would stop work on the node, by interface: {@code power}, {@code management}, {@code deploy}. */
    public Map<String, Findings> validate(String id) {
        throw new UnsupportedOperationException();
    }

    public List<BootDevice> supportedBootDevices(String id) {
        throw new UnsupportedOperationException();
    }

    public BootChoice bootDevice(String id) {
        throw new UnsupportedOperationException();
    }

    public void setBootDevice(String id, BootDevice device, boolean persistent) {
        throw new UnsupportedOperationException();
    }

    public List<VendorMethod> vendorMethods(String id) {
        throw new UnsupportedOperationException();
    }

    /** Calls a method of the driver's own; {@code httpMethod} in any case must be one the method allows. */
    public VendorReply vendorCall(String id, String httpMethod, VendorCall call) {
        throw new UnsupportedOperationException();
    }

    public List<Driver> drivers() {
        throw new UnsupportedOperationException();
    }

    /** Fails with {@link io.ferric.node.NotFound} when there is none. */
    public Driver driver(String name) {
        throw new UnsupportedOperationException();
    }

    /** What happened to the node, oldest first. */
    public List<HistoryEntry> history(String id) {
        throw new UnsupportedOperationException();
    }

    /** Hears events from now on, until the returned handle is closed. */
    public AutoCloseable listen(ConductorListener listener) {
        throw new UnsupportedOperationException();
    }
}
