package io.ferric.conductor;

import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.node.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The steps somebody asked for, and how far they have come. Kept in {@code driver_internal_info}, in Ironic's words, so that
 * it survives a crash and is seen in the API. Immutable.
 *
 * @param at the step that is under way, or to be done next
 */
record StepPlan(Use use, List<StepCall> steps, int at) {
    StepPlan {
        steps = List.copyOf(steps);
    }

    static StepPlan of(Use use, List<StepCall> steps) {
        return new StepPlan(use, steps, 0);
    }

    /** The plan the node has; empty when there is none. */
    static Optional<StepPlan> of(Node node, Use use) {
        Map<String, Object> info = node.status().internalInfo();
        if (!(info.get(key(use, "_steps")) instanceof List<?> kept)) {
            return Optional.empty();
        }
        List<StepCall> steps = new ArrayList<>();
        kept.forEach(each -> steps.add(step((Map<?, ?>) each)));
        int at = info.get(key(use, "_step_index")) instanceof Number index ? index.intValue() : 0;
        return Optional.of(new StepPlan(use, steps, at));
    }

    /** The use of a node's plan, whichever it has. */
    static Optional<StepPlan> of(Node node) {
        return List.of(Use.values()).stream()
                .flatMap(use -> of(node, use).stream())
                .findFirst();
    }

    /** What a plan, and the work on it, leaves in {@code driver_internal_info}. */
    static Set<String> keys(Use use) {
        return Set.of(
                key(use, "_steps"), key(use, "_step_index"), key(use, "_step_resumed_by"), key(use, "_step_abort"));
    }

    Optional<StepCall> current() {
        return at < steps.size() ? Optional.of(steps.get(at)) : Optional.empty();
    }

    /** The key under which it is kept which visit went on with a step that had waited for its ramdisk. */
    String resumedBy() {
        return key(use, "_step_resumed_by");
    }

    /** The key under which it is kept that nothing shall follow the step under way. */
    String abort() {
        return key(use, "_step_abort");
    }

    /** As it is kept. */
    Map<String, Object> kept() {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put(key(use, "_steps"), steps.stream().map(StepPlan::kept).toList());
        kept.put(key(use, "_step_index"), at);
        return kept;
    }

    StepPlan next() {
        return new StepPlan(use, steps, at + 1);
    }

    private static Map<String, Object> kept(StepCall step) {
        return Map.of("interface", step.kind(), "step", step.name(), "args", step.arguments());
    }

    /** A step as it is kept, here or in a template. */
    static StepCall step(Map<?, ?> kept) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (kept.get("args") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> arguments.put(String.valueOf(name), value));
        }
        return new StepCall(String.valueOf(kept.get("interface")), String.valueOf(kept.get("step")), arguments);
    }

    private static String key(Use use, String suffix) {
        return use.name().toLowerCase(Locale.ROOT) + suffix;
    }
}
