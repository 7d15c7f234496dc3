package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.Driver;
import io.ferric.driver.Findings;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.InspectInterface.Inspected;
import io.ferric.driver.Unsupported;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.Port;
import io.ferric.store.RecordStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Has a driver find out what a server is made of, and records it on the node. All of it can be done again: what is there
 * already is left, or written over with the same.
 */
final class Inspector {
    private static final String STEP = "inspect";

    private final Context context;

    Inspector(Context context) {
        this.context = context;
    }

    /** Refuses, before anything changes, what could not be inspected; asks no hardware. */
    void require(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        InspectInterface inspect = inspectOf(task.driver());
        Findings findings = new Findings();
        task.driver().power().validate(task, findings);
        inspect.validate(task, findings);
        findings.throwIfAny();
    }

    private static InspectInterface inspectOf(Driver driver) {
        return driver.inspect().orElseThrow(() -> Unsupported.because("inspect (disabled or not implemented)"));
    }

    void inspect(NodeTask task) {
        InspectInterface inspect = inspectOf(task.driver());
        Findings findings = new Findings();
        inspect.validate(task, findings);
        findings.throwIfAny();
        Inspected found = inspect.inspect(task);
        context.database().inventories().save(task.node().uuid(), found.inventory());
        task.saveProperties(task.node().spec().withFound(known(found.properties()), found.capabilities()));
        int made = makePorts(task, found);
        task.note(
                STEP,
                "Found " + found.properties().size() + " properties and "
                        + found.macs().size() + " network interfaces; made " + made + " ports",
                Level.INFO);
    }

    /** What the hardware does not tell must not wipe out what an operator has written. */
    private static Map<String, Object> known(Map<String, Object> properties) {
        Map<String, Object> known = new LinkedHashMap<>(properties);
        known.values().removeIf(Objects::isNull);
        return known;
    }

    private int makePorts(NodeTask task, Inspected found) {
        int made = 0;
        for (String mac : Set.copyOf(found.macs()).stream().sorted().toList()) {
            task.checkCancelled();
            made += makePort(task, mac) ? 1 : 0;
        }
        return made;
    }

    private boolean makePort(NodeTask task, String mac) {
        UUID node = task.node().uuid();
        RecordStore<Port> ports = context.database().ports();
        try {
            Port port = new Port(UUID.randomUUID(), node, mac, Map.of());
            Optional<Port> there = ports.first("address", port.address());
            if (there.isEmpty()) {
                ports.insert(port, context.now());
                return true;
            }
            if (!there.get().nodeUuid().equals(node)) {
                task.note(STEP, belongsElsewhere(port.address(), there.get().nodeUuid()), Level.WARNING);
            }
        } catch (NodeFault e) {
            if (e instanceof InvalidRequest || e.code().equals(FaultCode.MAC_ALREADY_EXISTS)) {
                task.note(STEP, "No port was made for " + mac + ": " + e.inPlainWords(), Level.WARNING);
                return false;
            }
            throw e;
        }
        return false;
    }

    private static String belongsElsewhere(String mac, UUID other) {
        return "The server has the MAC address " + mac + ", but the port of that address belongs to node " + other
                + " and stays there. Are both nodes the same server?";
    }
}
