package io.ferric.conductor;

import io.ferric.conductor.Engine.Periodic;
import io.ferric.driver.BiosInterface;
import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.Findings;
import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.ManagementInterface.IndicatorLight;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.MediaInterface.Attached;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.SweepReport;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorMethod;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.Chassis;
import io.ferric.node.DeployTemplate;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
import io.ferric.node.Port;
import io.ferric.node.Portgroup;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.node.VolumeConnector;
import io.ferric.node.VolumeTarget;
import io.ferric.store.Database;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Everything one can ask of a bare-metal conductor. Methods that name a node take its UUID or its name. Every failure is
 * a {@link io.ferric.node.NodeFault}: a node that is not there is {@link NotFound}, a node that somebody works on a
 * {@link io.ferric.node.Conflict} after a few tries. Nodes come with their secrets; whoever shows them must mask them
 * ({@link io.ferric.node.Masking}). Safe for use by many threads.
 */
public final class Conductor implements AutoCloseable {
    private static final Duration DRAIN_LOOK = Duration.ofMillis(50);

    private final Context context;
    private final Listeners listeners = new Listeners();
    private final Workers workers;
    private final NodeRegistry nodes;
    private final Records records;
    private final Vifs vifs;
    private final Provisioning provisioning;
    private final PowerActions power;
    private final VendorCalls vendor;
    private final Validation validation;
    private final Management management;
    private final MediaActions media;
    private final Visits visits;
    private final PowerSync powerSync;
    private final Housekeeper housekeeper;
    private final Agenda agenda;
    private final Takeover takeover;
    private final Engine engine;
    private final Allocations allocations;
    private final Presence presence;
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
        records = new Records(context, reservations);
        vifs = new Vifs(context, nodes, reservations);
        provisioning = new Provisioning(context, nodes, reservations, settlement, workers);
        power = new PowerActions(context, nodes, reservations, workers);
        vendor = new VendorCalls(context, nodes, reservations, settlement, workers);
        HeldNode held = new HeldNode(context, nodes, reservations);
        validation = new Validation(context);
        management = new Management(context, nodes, held);
        media = new MediaActions(context, nodes, held);
        visits = new Visits(context, settlement, workers);
        powerSync = new PowerSync(context, reservations);
        housekeeper = new Housekeeper(context, reservations);
        takeover = new Takeover(context, settlement);
        allocations = new Allocations(
                context, nodes, reservations, workers, new Allocator(context, reservations, new SecureRandom()));
        presence = new Presence(
                context, () -> reservations.payBack(hold -> takeover.giveBack(hold, context.host())), takeover::of);
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
        presence.start();
        housekeeper.start();
        allocations.takeUp();
    }

    /**
     * Begins nothing new any more, and gives what runs the time that is configured to come to its end. What is asked for
     * meanwhile is refused with {@link io.ferric.node.Unavailable}; reading goes on.
     */
    public void drain() {
        workers.drain();
        engine.pause();
        Instant end = context.clock().instant().plus(context.config().drainTimeout());
        try {
            while ((visits.busy() || power.busy()) && context.clock().instant().isBefore(end)) {
                context.pause().pause(DRAIN_LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why this conductor should not be asked for anything now, in plain words; empty when it should. Asks nobody. */
    public Optional<String> notReady() {
        if (workers.draining()) {
            return Optional.of("this conductor is being stopped");
        }
        Instant told = presence.toldAt();
        if (told.equals(Instant.MIN)) {
            return Optional.of("this conductor is being started");
        }
        boolean silent = told.plus(context.config().silenceOfTheDead())
                .isBefore(context.clock().instant());
        return silent ? Optional.of("the database has not answered since " + told) : Optional.empty();
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
        housekeeper.close();
        presence.close();
        listeners.close();
    }

    /** Enrols a node. Its driver must exist; name, UUID and instance UUID must be new. */
    public Node createNode(UUID uuid, NodeSpec spec) {
        return createNode(uuid, spec, ProvisionState.ENROLL);
    }

    /** @param initial {@code available} for clients so old that they know no other, else {@code enroll} */
    public Node createNode(UUID uuid, NodeSpec spec, ProvisionState initial) {
        return nodes.create(uuid, spec, initial);
    }

    /** The name of this conductor, which serves every node: of several on a database each does. */
    public String host() {
        return context.host();
    }

    /** What the interfaces of the node's driver are called; no names when the driver is not there any more. */
    public InterfaceNames interfacesOf(Node node) {
        return nodes.interfacesOf(node);
    }

    public Node node(String uuidOrName) {
        return nodes.node(uuidOrName);
    }

    public List<Node> nodes(NodeQuery query) {
        return nodes.list(query);
    }

    /** As {@link #nodes}, one after another as they are read; the taker must not ask the conductor for more meanwhile. */
    public void eachNode(NodeQuery query, Consumer<Node> taker) {
        nodes.each(query, taker);
    }

    /**
     * Changes what is declared about a node; refused with 409 while it is on its way to another state, and where its state
     * does not allow this change.
     *
     * @param change gets what is stored, secrets included, and gives what is to be stored
     */
    public Node updateNode(String id, UnaryOperator<NodeSpec> change) {
        return nodes.update(id, change);
    }

    /** Changes what a node offers or is, in whatever state it is. */
    public void updateTraits(String id, UnaryOperator<Set<String>> change) {
        nodes.updateTraits(id, change);
    }

    /** The virtual interfaces on the node's ports; none where its network interface is {@code noop}. */
    public List<String> vifs(String id) {
        return vifs.list(id);
    }

    /**
     * Remembers a virtual interface at a port; no network is changed.
     *
     * @param port empty for the first that is free
     */
    public void attachVif(String id, String vif, Optional<UUID> port) {
        vifs.attach(id, vif, port);
    }

    public void detachVif(String id, String vif) {
        vifs.detach(id, vif);
    }

    /** Asks the hardware; none where the driver cannot. */
    public List<BiosInterface.Setting> biosSettings(String id) {
        return management.biosSettings(id);
    }

    /** Asks the hardware; none where the driver cannot. */
    public List<FirmwareInterface.Component> firmware(String id) {
        return management.firmware(id);
    }

    /** Forgets a node that carries nothing, or any node that is in maintenance. */
    public void deleteNode(String id) {
        nodes.delete(id);
    }

    /** What nodes are in together; deleted only once empty. */
    public Registry<Chassis> chassis() {
        return records.chassis();
    }

    public Registry<Port> ports() {
        return records.ports();
    }

    /** Ports that work together. */
    public Registry<Portgroup> portgroups() {
        return records.portgroups();
    }

    /** What nodes are known as in storage networks; changed only while the node is off. */
    public Registry<VolumeConnector> volumeConnectors() {
        return records.volumeConnectors();
    }

    /** The volumes of nodes in storage networks; changed only while the node is off. */
    public Registry<VolumeTarget> volumeTargets() {
        return records.volumeTargets();
    }

    public Registry<DeployTemplate> deployTemplates() {
        return records.deployTemplates();
    }

    /**
     * Begins a move of the lifecycle and returns once it is recorded; the work goes on, over a restart if need be.
     *
     * @param verb as in the REST API: {@code manage}, {@code inspect}, {@code provide}, {@code active}, {@code rebuild}, {@code deleted},
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
        power(id, action, Optional.empty(), Requester.NOBODY);
    }

    /**
     * As above; the history names who asked.
     *
     * @param timeout how long it may take; empty for {@code conductor.soft_power_off_timeout} where the operating system
     *     must do it, else for the driver's own limit
     */
    public void power(String id, PowerAction action, Optional<Duration> timeout, Requester who) {
        power.begin(id, action, timeout);
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

    /**
     * What would stop work on the node, and warnings that stop nothing, by interface: {@code power}, {@code management},
     * {@code deploy}, and {@code inspect} where the driver has it.
     */
    public Map<String, Findings> validate(String id) {
        return validation.validate(nodes.node(id));
    }

    public List<BootDevice> supportedBootDevices(String id) {
        return management.supportedBootDevices(id);
    }

    public BootChoice bootDevice(String id) {
        return management.bootDevice(id);
    }

    public void setBootDevice(String id, BootDevice device, boolean persistent) {
        management.setBootDevice(id, device, persistent);
    }

    /** From the next boot on; refused with 409 while a deploy is under way. */
    public void setBootMode(String id, BootMode mode, Requester who) {
        management.setBootMode(id, mode);
        credit(id, "The boot mode " + mode, who);
    }

    /** No driver does this: always refused, with 404 when there is no such node. */
    public void setSecureBoot(String id, boolean on) {
        management.setSecureBoot(id);
    }

    /** What can be measured now, by kind and name; asks the hardware. */
    public Map<String, Map<String, Object>> sensors(String id) {
        return management.sensors(id);
    }

    /** Sends the server a non-maskable interrupt. */
    public void injectNmi(String id, Requester who) {
        management.injectNmi(id);
        credit(id, "An NMI", who);
    }

    /** The lights of the server; empty when there is none one can name. */
    public List<IndicatorLight> indicators(String id) {
        return management.indicators(id);
    }

    /** Asks the hardware; fails with {@link NotFound} when there is no such light. */
    public IndicatorState indicator(String id, String component, String name) {
        return management.indicator(id, component, name);
    }

    public void setIndicator(String id, String component, String name, IndicatorState state) {
        management.setIndicator(id, component, name, state);
    }

    /**
     * Attaches an image to a virtual drive, in place of what was in, and returns once it is there; refused with 409 while
     * a deploy, which has its own media, is under way.
     *
     * @param image where the BMC fetches it; neither its query nor its user information is kept
     */
    public void attachMedia(String id, Device device, URI image, Requester who) {
        media.attach(id, device, image);
        credit(id, "Virtual media", who);
    }

    /** Takes out what is in these drives; refused as {@link #attachMedia} is. */
    public void detachMedia(String id, List<Device> devices, Requester who) {
        media.detach(id, devices);
        credit(id, "The end of virtual media", who);
    }

    /** What is in the virtual drives; asks the hardware. */
    public List<Attached> attachedMedia(String id) {
        return media.attached(id);
    }

    /** What the last inspection found; fails with {@link NotFound} when there was none. */
    public Map<String, Object> inventory(String id) {
        Node node = nodes.node(id);
        return context.database()
                .inventories()
                .find(node.uuid())
                .orElseThrow(() -> new NotFound(
                        FaultCode.NODE_INVENTORY_NOT_FOUND,
                        "Inventory record not found for node " + node.uuid(),
                        "Inspect the node first."));
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

    /** Nodes asked for by what they are. */
    public Allocations allocations() {
        return allocations;
    }

    /** The conductors that share the database, by name. */
    public List<ConductorInfo> conductors() {
        return presence.all();
    }

    /** How many nodes are in each shard, under an empty name those in none; the fullest first. */
    public Map<Optional<String>, Integer> shards() {
        return context.database().nodes().shards();
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
