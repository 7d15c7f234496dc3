package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Step;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.node.DeployTemplate;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.store.RecordStore;
import io.ferric.store.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which steps can be asked for on a node, and which are done by themselves. Asks no hardware. */
final class StepBook {
    /** A step of the conductor's own, of any interface: waits for an operator. Source: Ironic's reserved step names. */
    static final String HOLD = "hold";

    private final Context context;

    StepBook(Context context) {
        this.context = context;
    }

    /** What automatic cleaning does with this node, in order; empty when there is nothing to do, or it is not wanted. */
    List<StepCall> automatic(Node node) {
        boolean wanted = node.details().guard().automatedClean().orElseGet(() -> context.config()
                .automatedClean());
        if (!wanted) {
            return List.of();
        }
        return known(node).stream()
                .filter(step -> step.cleanPriority() > 0 && step.uses().contains(Use.CLEAN))
                .sorted(Comparator.comparingInt(Step::cleanPriority)
                        .reversed()
                        .thenComparing(Step::kind)
                        .thenComparing(Step::name))
                .map(step -> new StepCall(step.kind(), step.name(), Map.of()))
                .toList();
    }

    /**
     * What the templates of the traits in {@code instance_info/traits} do before a deploy, the highest priority first; a step with priority 0 is not done.
     */
    List<StepCall> beforeDeploy(Node node) {
        Object traits = node.instanceInfo().values().get("traits");
        if (!(traits instanceof List<?> names)) {
            return List.of();
        }
        RecordStore<DeployTemplate> templates = context.database().records(Tables.DEPLOY_TEMPLATE);
        return names.stream()
                .flatMap(name -> templates.first("name", String.valueOf(name)).stream())
                .flatMap(template -> template.steps().stream())
                .filter(step -> priority(step) > 0)
                .sorted(Comparator.<Map<String, Object>>comparingInt(StepBook::priority)
                        .reversed())
                .map(StepPlan::step)
                .toList();
    }

    private static int priority(Map<String, Object> step) {
        return step.get("priority") instanceof Number number ? number.intValue() : 0;
    }

    /** Whether the step may be left while it waits for its ramdisk. */
    boolean abortable(Node node, StepCall call) {
        return find(node, call).map(Step::abortable).orElse(true);
    }

    /**
     * Refuses what could not be done.
     *
     * @param withoutRamdisk whether the caller wants no step that needs one
     */
    void check(Node node, Use use, List<StepCall> calls, boolean withoutRamdisk) {
        for (StepCall call : calls) {
            if (!call.name().equals(HOLD)) {
                check(node, use, call, withoutRamdisk);
            } else if (!call.arguments().isEmpty()) {
                throw invalid("Step '" + call + "' takes no arguments", "Leave 'args' away.");
            }
        }
    }

    private void check(Node node, Use use, StepCall call, boolean withoutRamdisk) {
        Step step = find(node, call)
                .filter(found -> found.uses().contains(use))
                .orElseThrow(() -> invalid(
                        "Node " + node.uuid() + " has no step '" + call + "' to "
                                + use.name().toLowerCase(Locale.ROOT),
                        there(node, use)));
        boolean ramdiskIsNoHelp = withoutRamdisk || use == Use.DEPLOY;
        if (step.needsRamdisk() && ramdiskIsNoHelp) {
            throw invalid(
                    "Step '" + call + "' needs the deploy ramdisk",
                    use == Use.DEPLOY ? "A deploy boots it for itself only." : "Leave 'disable_ramdisk' away.");
        }
        checkArguments(step, call);
        context.driverOf(node).steps().ifPresent(steps -> steps.check(NodeTask.looking(context, node), call));
    }

    private static void checkArguments(Step step, StepCall call) {
        TreeSet<String> unknown = new TreeSet<>(call.arguments().keySet());
        unknown.removeAll(step.arguments().keySet());
        if (!unknown.isEmpty()) {
            throw invalid(
                    "Step '" + call + "' has no argument '" + unknown.first() + "'",
                    step.arguments().isEmpty()
                            ? "It takes none."
                            : "It takes " + String.join(", ", step.arguments().keySet()) + ".");
        }
        step.arguments().forEach((name, argument) -> {
            if (argument.required() && call.arguments().get(name) == null) {
                throw invalid("Step '" + call + "' misses its argument '" + name + "'", argument.description());
            }
        });
    }

    private String there(Node node, Use use) {
        String names = known(node).stream()
                .filter(step -> step.uses().contains(use))
                .map(step -> step.kind() + "." + step.name())
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "Its driver has none but 'hold'." : "There are " + names + ", and 'hold'.";
    }

    private Optional<Step> find(Node node, StepCall call) {
        return known(node).stream()
                .filter(step -> step.kind().equals(call.kind()) && step.name().equals(call.name()))
                .findFirst();
    }

    private List<Step> known(Node node) {
        Driver driver = context.driverOf(node);
        return driver.steps()
                .map(steps -> steps.steps(NodeTask.looking(context, node)))
                .orElse(List.of());
    }

    private static InvalidRequest invalid(String message, String hint) {
        return new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, message, hint);
    }
}
