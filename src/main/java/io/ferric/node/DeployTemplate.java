package io.ferric.node;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Steps that a deploy does for every instance that asks for the trait of this name.
 *
 * @param name a trait: {@code CUSTOM_} and capital letters, digits and underscores
 * @param steps at least one; each has {@code interface}, {@code step}, {@code args} (a map) and {@code priority} (0 or
 *     more, highest first, 0 for what is not to be done)
 */
public record DeployTemplate(
        UUID uuid,
        String name,
        List<Map<String, Object>> steps,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {
    private static final Pattern TRAIT = Pattern.compile("CUSTOM_[A-Z0-9_]{1,248}");
    private static final Set<String> PARTS = Set.of("interface", "step", "args", "priority");
    private static final Set<String> INTERFACES =
            Set.of("bios", "deploy", "firmware", "management", "power", "raid", "vendor");

    /** Fails with {@link InvalidRequest} when the name is no trait of one's own, or a step is not as it must be. */
    public DeployTemplate {
        if (!TRAIT.matcher(name).matches()) {
            throw Texts.invalid(
                    "'name' of a deploy template must be a custom trait, but is '" + name + "'",
                    "Begin with CUSTOM_ and use capital letters, digits and underscores, up to 255 characters.");
        }
        steps = steps.stream().map(Texts::copy).toList();
        extra = Texts.copy(extra);
        if (steps.isEmpty()) {
            throw Texts.invalid("'steps' is empty", "Give at least one step.");
        }
        Set<Object> seen = new HashSet<>();
        steps.forEach(step -> check(step, seen));
    }

    private static void check(Map<String, Object> step, Set<Object> seen) {
        Set<String> wrong = new TreeSet<>(step.keySet());
        wrong.removeAll(PARTS);
        if (!wrong.isEmpty() || !step.keySet().containsAll(PARTS)) {
            throw Texts.invalid(
                    "A step in 'steps' has "
                            + (step.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(step.keySet()))),
                    "It takes interface, step, args and priority, and needs all of them.");
        }
        require(
                step.get("interface") instanceof String name && INTERFACES.contains(name),
                "interface",
                "one of " + String.join(", ", new TreeSet<>(INTERFACES)));
        require(step.get("step") instanceof String name && !name.isBlank(), "step", "a name");
        require(step.get("args") instanceof Map, "args", "an object");
        require(
                step.get("priority") instanceof Integer number && number >= 0,
                "priority",
                "a whole number of 0 or more");
        if (!seen.add(List.of(step.get("interface"), step.get("step")))) {
            throw new InvalidRequest(
                    FaultCode.INVALID_DEPLOY_TEMPLATE,
                    "'steps' has step " + step.get("step") + " of " + step.get("interface") + " twice",
                    "Name each step once.");
        }
    }

    private static void require(boolean right, String part, String rule) {
        if (!right) {
            throw Texts.invalid("'" + part + "' of a step in 'steps' must be " + rule, "");
        }
    }
}
