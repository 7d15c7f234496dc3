package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.CallerToken;
import io.ferric.driver.Driver;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Guard;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Begins moves of the lifecycle that callers ask for. Source: Ironic's provision verbs. */
final class Provisioning {
    /** What nobody should begin on a server an operator works on. */
    private static final Set<Event> NOT_IN_MAINTENANCE = EnumSet.of(
            Event.DEPLOY,
            Event.REBUILD,
            Event.PROVIDE,
            Event.CLEAN,
            Event.RESCUE,
            Event.UNRESCUE,
            Event.SERVICE,
            Event.UNHOLD);

    /** What would end an instance that is protected. */
    private static final Set<Event> NOT_WHEN_PROTECTED = EnumSet.of(Event.REBUILD, Event.DELETE);

    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Settlement settlement;
    private final Workers workers;
    private final RebuildOptions rebuildOptions;
    private final CallerTokens callerTokens;
    private final Inspector inspector;
    private final StepBook steps;

    Provisioning(
            Context context, NodeRegistry nodes, Reservations reservations, Settlement settlement, Workers workers) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
        this.settlement = settlement;
        this.workers = workers;
        this.rebuildOptions = new RebuildOptions(context.database().nodes());
        this.inspector = new Inspector(context);
        this.steps = new StepBook(context);
        this.callerTokens = new CallerTokens(context.database().nodes());
    }

    /** @param token for the ramdisk of a deploy */
    void provision(String id, String verb, Map<String, Object> options, Optional<CallerToken> token) {
        Node seen = nodes.node(id);
        Event event = check(seen, verb);
        Extras extras = new Extras(VerbOptions.of(event, options), token);
        try (Reservations.Held held = reservations.hold(seen.uuid())) {
            Node node = nodes.node(seen.uuid());
            check(node, verb);
            begin(node, event, extras, held);
        }
    }

    /** What comes with a verb, and a token for the ramdisk. */
    private record Extras(VerbOptions options, Optional<CallerToken> token) {}

    private void begin(Node node, Event event, Extras extras, Reservations.Held held) {
        switch (event) {
            case DEPLOY, REBUILD -> deploy(node, event, extras, held);
            case DELETE -> start(node, event, Visit.of(node.uuid(), Visit.Kind.TEAR_DOWN), () -> {}, held);
            case ABORT -> abort(node, held);
            case UNHOLD -> unhold(node, held);
            case PROVIDE -> provide(node, held);
            case CLEAN -> steps(node, event, Visit.Kind.CLEAN, extras.options(), held);
            case SERVICE -> steps(node, event, Visit.Kind.SERVICE, extras.options(), held);
            case ADOPT -> adopt(node, held);
            case RESCUE -> rescue(node, extras.options(), held);
            case UNRESCUE -> unrescue(node, held);
            case INSPECT -> inspect(node, held);
            case MANAGE -> manage(node, held);
            default -> throw new IllegalStateException(event + " is no verb");
        }
    }

    private void provide(Node node, Reservations.Held held) {
        List<StepCall> automatic = steps.automatic(node);
        if (automatic.isEmpty()) {
            settlement.move(held.hold(), node, Event.PROVIDE, Event.DONE);
        } else {
            start(node, Event.PROVIDE, Visit.of(node.uuid(), Visit.Kind.CLEAN), keep(node, Use.CLEAN, automatic), held);
        }
    }

    private void steps(Node node, Event event, Visit.Kind kind, VerbOptions options, Reservations.Held held) {
        Use use = VerbOptions.use(event);
        validatePower(node);
        steps.check(node, use, options.steps(), options.withoutRamdisk());
        start(node, event, Visit.of(node.uuid(), kind), keep(node, use, options.steps()), held);
    }

    /** Stores what is to be done; an earlier plan is gone with it. */
    private Runnable keep(Node node, Use use, List<StepCall> calls) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        info.keySet().removeAll(StepPlan.keys(use));
        info.putAll(StepPlan.of(use, calls).kept());
        return () -> context.database().nodes().saveInternalInfo(node.uuid(), info);
    }

    private void adopt(Node node, Reservations.Held held) {
        validate(node);
        start(node, Event.ADOPT, Visit.of(node.uuid(), Visit.Kind.ADOPT), () -> {}, held);
    }

    private void rescue(Node node, VerbOptions options, Reservations.Held held) {
        requireRescue(node);
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.put(Visits.RESCUE_PASSWORD, options.password().orElseThrow().reveal());
        start(
                node,
                Event.RESCUE,
                Visit.of(node.uuid(), Visit.Kind.RESCUE),
                () -> context.database().nodes().saveInstanceInfo(node.uuid(), info),
                held);
    }

    private void unrescue(Node node, Reservations.Held held) {
        requireRescue(node);
        start(node, Event.UNRESCUE, Visit.of(node.uuid(), Visit.Kind.UNRESCUE), () -> {}, held);
    }

    private void requireRescue(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        Findings findings = new Findings();
        Rescues.of(task.driver()).validate(task, findings);
        task.driver().power().validate(task, findings);
        findings.throwIfAny();
    }

    private void validatePower(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        Findings findings = new Findings();
        task.driver().power().validate(task, findings);
        findings.throwIfAny();
    }

    /** The step after the one that held the node is next, or the deploy itself. */
    private void unhold(Node node, Reservations.Held held) {
        Visit.Kind kind =
                switch (node.provisionState()) {
                    case CLEAN_HOLD -> Visit.Kind.CLEAN;
                    case SERVICE_HOLD -> Visit.Kind.SERVICE;
                    default -> Visit.Kind.DEPLOY;
                };
        Visit visit = Visit.of(node.uuid(), kind);
        claim(
                visit,
                held,
                () -> settlement.begin(
                        held.hold(), node, List.of(Event.UNHOLD, Event.RESUME), visit, () -> pass(node)));
    }

    /** The plan goes on behind the hold. */
    private void pass(Node node) {
        StepPlan.of(node).map(StepPlan::next).ifPresent(next -> {
            Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
            info.putAll(next.kept());
            context.database().nodes().saveInternalInfo(node.uuid(), info);
        });
    }

    private void manage(Node node, Reservations.Held held) {
        boolean verified = node.provisionState() != ProvisionState.ENROLL;
        if (verified) {
            settlement.move(held.hold(), node, Event.MANAGE);
            context.database().nodes().bringBackFrom(node.uuid(), Settlement.CLEAN_FAILURE);
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
        info.putAll(extras.options().instanceInfo());
        List<Finding> warnings = validate(node.with(node.spec().withInstanceInfo(info)));
        List<StepCall> before = new ArrayList<>(steps.beforeDeploy(node));
        before.addAll(extras.options().steps());
        steps.check(node, Use.DEPLOY, before, false);
        start(node, event, Visit.of(node.uuid(), Visit.Kind.DEPLOY), () -> store(node, before, extras), held);
        warnings.forEach(each -> context.journal().noteOnce(node.uuid(), "validate", each.message(), Level.WARNING));
    }

    private void store(Node node, List<StepCall> before, Extras extras) {
        Node planned = node;
        if (!before.isEmpty()) {
            keep(node, Use.DEPLOY, before).run();
            planned = context.database().nodes().find(node.uuid()).orElse(node);
        }
        rebuildOptions.apply(planned, extras.options().instanceInfo());
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
        NodeRules.checkTraits(node, findings);
        findings.throwIfAny();
        return findings.warnings();
    }

    private void abort(Node node, Reservations.Held held) {
        Optional<StepPlan> plan = StepPlan.of(node);
        boolean halfway = node.provisionState().awaitsRamdisk()
                && plan.flatMap(StepPlan::current)
                        .filter(step -> !steps.abortable(node, step))
                        .isPresent();
        if (halfway) {
            // the step cannot be left where it is: nothing follows it
            NodeTask.working(context, held.hold(), node)
                    .remember(plan.orElseThrow().abort(), true);
        } else if (node.provisionState() == ProvisionState.SERVICE_FAILED) {
            settlement.move(held.hold(), node, Event.ABORT);
        } else {
            Visit visit = Visit.of(node.uuid(), Visit.Kind.ABORT);
            claim(visit, held, () -> settlement.begin(held.hold(), visit));
        }
    }

    private void start(Node node, Event event, Visit visit, Runnable alongside, Reservations.Held held) {
        claim(visit, held, () -> settlement.begin(held.hold(), node, List.of(event), visit, alongside));
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
        Guard guard = node.details().guard();
        if (NOT_WHEN_PROTECTED.contains(event)) {
            NodeRules.refuseWhenProtected(node);
        }
        if (guard.retired() && event == Event.PROVIDE) {
            throw new InvalidRequest(
                    FaultCode.NODE_IS_RETIRED,
                    "The " + verb + " operation can't be performed on node " + node.uuid() + " because it is retired",
                    "Set 'retired' to false first.");
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
}
