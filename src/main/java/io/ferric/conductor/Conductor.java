package io.ferric.conductor;

import io.ferric.conductor.Engine.Periodic;
import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.SweepReport;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorMethod;
import io.ferric.node.BootDevice;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
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
 * a {@link io.ferric.node.NodeFault}: a node that is not there is {@link NotFound}, a node that somebody works on a
 * {@link io.ferric.node.Conflict} after a few tries. Nodes come with their secrets; whoever shows them must mask them
 * ({@link io.ferric.node.Masking}). Safe for use by many threads.
 */
public final class Conductor implements AutoCloseable {
    private final Context context;
    private final Listeners listeners = new Listeners();
    private final Workers workers;
    private final NodeRegistry nodes;
    private final PortRegistry ports;
    private final Provisioning provisioning;
    private final PowerActions power;
    private final VendorCalls vendor;
    private final Inspection inspection;
    private final Visits visits;
    private final PowerSync powerSync;
    private final Housekeeper housekeeper;
    private final Agenda agenda;
    private final Takeover takeover;
    private final Engine engine;
    private boolean started;
    private boolean closed;

    /** @param database stays open when the conductor is closed */
    public Conductor(ConductorConfig config, Database database, Drivers drivers, Clock clock) {
        this(config, database, drivers, clock, Pause.sleeping());
    }

    /** @param pause how the time between two tries to hold a node is spent */
    public Conductor(ConductorConfig config, Database database, Drivers drivers, Clock clock, Pause pause) {
        Journal journal = new Journal(database.history(), listeners, clock, config);
        context = new Context(config, database, drivers, journal, clock, pause);
        workers = new Workers(config.workersPoolSize());
        agenda = new Agenda(database);
        Reservations reservations = new Reservations(context);
        Settlement settlement = new Settlement(context, agenda);
        nodes = new NodeRegistry(context, reservations);
        ports = new PortRegistry(context, nodes, reservations);
        provisioning = new Provisioning(context, nodes, reservations, settlement, workers);
        power = new PowerActions(context, nodes, reservations, workers);
        vendor = new VendorCalls(context, nodes, reservations, settlement, workers);
        inspection = new Inspection(context, nodes, reservations);
        visits = new Visits(context, settlement, workers);
        powerSync = new PowerSync(context, reservations);
        housekeeper = new Housekeeper(context);
        takeover = new Takeover(context, settlement);
        CallbackWatch watch = new CallbackWatch(context, reservations, settlement, workers);
        engine = new Engine(
                context,
                visits::run,
                watch::timeIsUp,
                List.of(
                        new Periodic("power-sync", config.syncPowerStateInterval(), powerSync::run),
                        new Periodic("orphan-sweep", config.orphanSweepInterval(), housekeeper::sweep)));
    }

    /** Takes up what an earlier run left, then begins to work. To be called once, before all else. */
    public synchronized void start() {
        if (started) {
            throw new IllegalStateException("this conductor was started already");
        }
        started = true;
        takeover.run();
        agenda.alarm(engine::wakeUp);
        engine.start();
    }

    /** Stops working: visits that run are interrupted, and run again at the next start. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        engine.pause();
        visits.close();
        power.close();
        engine.stop();
        workers.close(context.config().shutdownWait());
        listeners.close();
    }

    /** Enrols a node. Its driver must exist; name, UUID and instance UUID must be new. */
    public Node createNode(UUID uuid, NodeSpec spec) {
        return nodes.create(uuid, spec);
    }

    public Node node(String uuidOrName) {
        return nodes.node(uuidOrName);
    }

    public List<Node> nodes(NodeQuery query) {
        return nodes.list(query);
    }

    /**
     * Changes what is declared about a node; refused with 409 while it is on its way to another state.
     *
     * @param change gets what is stored, secrets included, and gives what is to be stored
     */
    public Node updateNode(String id, UnaryOperator<NodeSpec> change) {
        return nodes.update(id, change);
    }

    /** Forgets a node that carries nothing, or any node that is in maintenance. */
    public void deleteNode(String id) {
        nodes.delete(id);
    }

    public Port createPort(UUID uuid, String nodeId, String address, Map<String, Object> extra) {
        return ports.create(uuid, nodeId, address, extra);
    }

    public Port port(String uuidOrAddress) {
        return ports.port(uuidOrAddress);
    }

    public List<Port> ports(PortQuery query) {
        return ports.list(query);
    }

    /** Changes a port's address or extra values; its node and UUID stay. */
    public Port updatePort(String id, UnaryOperator<Port> change) {
        return ports.update(id, change);
    }

    public void deletePort(String id) {
        ports.delete(id);
    }

    /**
     * Begins a move of the lifecycle and returns once it is recorded; the work goes on, over a restart if need be.
     *
     * @param verb as in the REST API: {@code manage}, {@code provide}, {@code active}, {@code rebuild}, {@code deleted},
     *     {@code abort}
     * @param options {@code preserve_ephemeral} with {@code rebuild}; else empty
     */
    public void provision(String id, String verb, Map<String, Object> options) {
        provision(id, verb, options, Requester.NOBODY);
    }

    /** As above; the history names who asked, and the token that came along is there for the deploy's first visit. */
    public void provision(String id, String verb, Map<String, Object> options, Requester who) {
        provisioning.provision(id, verb, options, who.token());
        credit(id, "'" + verb + "'", who);
    }

    /** Begins a power action and returns; its end is seen in the node's power, target power and last error. */
    public void power(String id, PowerAction action) {
        power(id, action, Requester.NOBODY);
    }

    /** As above; the history names who asked. */
    public void power(String id, PowerAction action, Requester who) {
        power.begin(id, action);
        credit(id, "'" + action.wireName() + "'", who);
    }

    public void maintenance(String id, Maintenance maintenance) {
        maintenance(id, maintenance, Requester.NOBODY);
    }

    /** As above; the history names who asked. */
    public void maintenance(String id, Maintenance maintenance, Requester who) {
        nodes.maintenance(id, maintenance);
        credit(id, maintenance.on() ? "Maintenance" : "The end of maintenance", who);
    }

    private void credit(String id, String what, Requester who) {
        if (!who.name().isEmpty()) {
            context.journal().noteRequest(nodes.node(id).uuid(), what, who);
        }
    }

    /** What would stop work on the node, by interface: {@code power}, {@code management}, {@code deploy}. */
    public Map<String, Findings> validate(String id) {
        return inspection.validate(id);
    }

    public List<BootDevice> supportedBootDevices(String id) {
        return inspection.supportedBootDevices(id);
    }

    public BootChoice bootDevice(String id) {
        return inspection.bootDevice(id);
    }

    public void setBootDevice(String id, BootDevice device, boolean persistent) {
        inspection.setBootDevice(id, device, persistent);
    }

    public List<VendorMethod> vendorMethods(String id) {
        return vendor.methods(id);
    }

    /** Calls a method of the driver's own; {@code httpMethod}, in any case, must be one the method allows. */
    public VendorReply vendorCall(String id, String httpMethod, VendorCall call) {
        return vendor.call(id, httpMethod, call);
    }

    /**
     * Keeps in the node's history that a call of its ramdisk was refused before it came here, for want of a token; else the
     * operator would see nothing but a ramdisk that never calls back.
     */
    public void noteRefusal(String id, String method, NodeFault refusal) {
        context.journal().noteRefusal(nodes.node(id).uuid(), method, refusal);
    }

    public List<Driver> drivers() {
        return context.drivers().all();
    }

    /** The driver of this name or alias; fails with {@link NotFound} when there is none. */
    public Driver driver(String name) {
        try {
            return context.drivers().require(name);
        } catch (InvalidRequest e) {
            throw new NotFound(
                    FaultCode.DRIVER_NOT_FOUND, e.getMessage(), e.hint().orElse(""), e);
        }
    }

    /** What happened to the node, oldest first; as much of it as is kept. */
    public List<HistoryEntry> history(String id) {
        return context.journal().of(nodes.node(id).uuid());
    }

    /**
     * Looks now, and not only when it is due, for what crashes, faults and operators left behind: deletes what nobody
     * needs and this installation made, tells the rest. Harmless at any time.
     */
    public SweepReport sweep() {
        return housekeeper.sweep();
    }

    /** Hears events from now on, until the returned handle or the conductor is closed. */
    public AutoCloseable listen(ConductorListener listener) {
        return listeners.add(listener);
    }

    /** For tests with a clock of their own: does what is due now. */
    void wakeUp() {
        agenda.wakeUp();
    }

    /** For tests: looks at the power of every node now. */
    void syncPower() {
        powerSync.run();
    }
}
