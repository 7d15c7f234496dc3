package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.CallerToken;
import io.ferric.driver.Driver;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.node.Booleans;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Begins moves of the lifecycle that callers ask for. Source: Ironic's provision verbs. */
final class Provisioning {
    private static final String PRESERVE_EPHEMERAL = "preserve_ephemeral";
    private static final String CONFIG_DRIVE = "configdrive";
    /** What nobody should begin on a server an operator works on. */
    private static final Set<Event> NOT_IN_MAINTENANCE = EnumSet.of(Event.DEPLOY, Event.REBUILD, Event.PROVIDE);

    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Settlement settlement;
    private final Workers workers;
    private final RebuildOptions rebuildOptions;
    private final CallerTokens callerTokens;
    private final Inspector inspector;

    Provisioning(
            Context context, NodeRegistry nodes, Reservations reservations, Settlement settlement, Workers workers) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
        this.settlement = settlement;
        this.workers = workers;
        this.rebuildOptions = new RebuildOptions(context.database().nodes());
        this.inspector = new Inspector(context);
        this.callerTokens = new CallerTokens(context.database().nodes());
    }

    /** @param token for the ramdisk of a deploy */
    void provision(String id, String verb, Map<String, Object> options, Optional<CallerToken> token) {
        Node seen = nodes.node(id);
        Event event = check(seen, verb);
        Map<String, Object> changes = instanceInfoChanges(event, options);
        try (Reservations.Held held = reservations.hold(seen.uuid())) {
            Node node = nodes.node(seen.uuid());
            check(node, verb);
            begin(node, event, new Extras(changes, token), held);
        }
    }

    /** What comes with a verb: changes of {@code instance_info}, and a token for the ramdisk. */
    private record Extras(Map<String, Object> changes, Optional<CallerToken> token) {}

    private void begin(Node node, Event event, Extras extras, Reservations.Held held) {
        switch (event) {
            case DEPLOY, REBUILD -> deploy(node, event, extras, held);
            case DELETE -> start(node, event, Visit.of(node.uuid(), Visit.Kind.TEAR_DOWN), () -> {}, held);
            case ABORT -> abort(node.uuid(), held);
            case PROVIDE -> settlement.move(node, Event.PROVIDE, Event.DONE);
            case INSPECT -> inspect(node, held);
            case MANAGE -> manage(node, held);
            default -> throw new IllegalStateException(event + " is no verb");
        }
    }

    private void manage(Node node, Reservations.Held held) {
        boolean verified = node.provisionState() != ProvisionState.ENROLL;
        if (verified) {
            settlement.move(node, Event.MANAGE);
        } else {
            context.driverOf(node);
            start(node, Event.MANAGE, Visit.of(node.uuid(), Visit.Kind.VERIFY), () -> {}, held);
        }
    }

    private void inspect(Node node, Reservations.Held held) {
        inspector.require(node);
        Runnable begun = () -> context.database()
                .nodes()
                .saveObserved(node.uuid(), node.status().observed().inspecting(context.now()));
        start(node, Event.INSPECT, Visit.of(node.uuid(), Visit.Kind.INSPECT), begun, held);
    }

    private void deploy(Node node, Event event, Extras extras, Reservations.Held held) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.putAll(extras.changes());
        List<Finding> warnings = validate(node.with(node.spec().withInstanceInfo(info)));
        start(node, event, Visit.of(node.uuid(), Visit.Kind.DEPLOY), () -> store(node, extras), held);
        warnings.forEach(each -> context.journal().noteOnce(node.uuid(), "validate", each.message(), Level.WARNING));
    }

    private void store(Node node, Extras extras) {
        rebuildOptions.apply(node, extras.changes());
        callerTokens.keep(node.uuid(), extras.token());
    }

    /** Returns what the operator should know although it stops nothing. */
    private List<Finding> validate(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        Driver driver = task.driver();
        Findings findings = new Findings();
        driver.power().validate(task, findings);
        Findings further = new Findings();
        driver.management().validate(task, further);
        driver.deploy().validate(task, further);
        // most drivers check driver_info in each of them: nobody wants to read the same thing three times
        further.all().stream()
                .distinct()
                .filter(finding -> !findings.all().contains(finding))
                .forEach(findings::add);
        findings.throwIfAny();
        return findings.warnings();
    }

    private void abort(UUID node, Reservations.Held held) {
        Visit visit = Visit.of(node, Visit.Kind.ABORT);
        claim(visit, held, () -> settlement.begin(visit));
    }

    private void start(Node node, Event event, Visit visit, Runnable alongside, Reservations.Held held) {
        claim(visit, held, () -> settlement.begin(node, event, visit, alongside));
    }

    /** A worker is found before anything changes; with the change the visit takes over worker and node. */
    private void claim(Visit visit, Reservations.Held held, Runnable begin) {
        workers.claim(visit.id());
        try {
            begin.run();
        } catch (RuntimeException | Error e) {
            workers.done(visit.id());
            throw e;
        }
        held.handOver();
    }

    /** The event a verb asks for, if the node can make such a move now. */
    private static Event check(Node node, String verb) {
        Event event = Event.ofVerb(verb)
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.INVALID_STATE_REQUESTED,
                        "There is no provision state or verb '" + verb + "'",
                        possible(node)));
        if (Lifecycle.move(node.provisionState(), event).isEmpty()) {
            throw impossible(node, verb);
        }
        if (node.maintenance().on() && NOT_IN_MAINTENANCE.contains(event)) {
            throw new InvalidRequest(
                    FaultCode.NODE_IN_MAINTENANCE,
                    "The " + verb + " operation can't be performed on node " + node.uuid()
                            + " because it is in maintenance",
                    "Take it out of maintenance first.");
        }
        return event;
    }

    private static RuntimeException impossible(Node node, String verb) {
        String message =
                "'" + verb + "' can not be done with node " + node.uuid() + " while it is " + node.provisionState();
        if (node.provisionState().transitional()
                || node.status().targetProvision().isPresent()) {
            return new Conflict(FaultCode.INVALID_STATE, message, "Wait until it has arrived, then try again.");
        }
        return new InvalidRequest(FaultCode.INVALID_STATE_REQUESTED, message, possible(node));
    }

    private static String possible(Node node) {
        List<String> verbs = Lifecycle.verbsIn(node.provisionState());
        return verbs.isEmpty() ? "Wait until it has arrived." : "Possible now: " + String.join(", ", verbs) + ".";
    }

    private static Map<String, Object> instanceInfoChanges(Event event, Map<String, Object> options) {
        Map<String, Object> changes = new LinkedHashMap<>();
        options.forEach((key, value) -> {
            if (key.equals(PRESERVE_EPHEMERAL) && event == Event.REBUILD) {
                changes.put(key, strictBoolean(key, value));
            } else if (key.equals(CONFIG_DRIVE) && (event == Event.DEPLOY || event == Event.REBUILD)) {
                changes.put(key, value);
            } else {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Option '" + key + "' is not known here",
                        "'" + PRESERVE_EPHEMERAL + "' can be given with rebuild, '" + CONFIG_DRIVE
                                + "' with active and rebuild.");
            }
        });
        return changes;
    }

    private static boolean strictBoolean(String key, Object value) {
        return Booleans.parse(String.valueOf(value))
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "'" + key + "' is neither true nor false but '" + value + "'",
                        "Write true or false."));
    }
}
