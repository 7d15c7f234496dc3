package io.ferric.conductor;

import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.node.Booleans;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Secret;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What comes with a verb, checked against what the verb takes. Immutable.
 *
 * @param instanceInfo values of {@code instance_info} that hold for this deploy
 * @param steps what is to be done, in order
 * @param withoutRamdisk whether steps that need the ramdisk are not wanted
 */
record VerbOptions(
        Map<String, Object> instanceInfo, List<StepCall> steps, boolean withoutRamdisk, Optional<Secret> password) {
    private static final Set<Event> DEPLOYS = EnumSet.of(Event.DEPLOY, Event.REBUILD);
    private static final String CLEAN_STEPS = "clean_steps";
    private static final String SERVICE_STEPS = "service_steps";
    private static final String RESCUE_PASSWORD = "rescue_password";

    /** The options, with the verbs that take them. */
    private static final Map<String, Set<Event>> TABLE = Map.of(
            "preserve_ephemeral",
            Set.of(Event.REBUILD),
            "configdrive",
            DEPLOYS,
            "deploy_steps",
            DEPLOYS,
            CLEAN_STEPS,
            Set.of(Event.CLEAN),
            SERVICE_STEPS,
            Set.of(Event.SERVICE),
            "disable_ramdisk",
            Set.of(Event.CLEAN, Event.SERVICE),
            RESCUE_PASSWORD,
            Set.of(Event.RESCUE));

    /** The verbs that are nothing without one. */
    private static final Map<Event, String> REQUIRED =
            Map.of(Event.CLEAN, CLEAN_STEPS, Event.SERVICE, SERVICE_STEPS, Event.RESCUE, RESCUE_PASSWORD);

    static VerbOptions of(Event event, Map<String, Object> options) {
        options.keySet().forEach(key -> requireTaken(event, key));
        String required = REQUIRED.get(event);
        if (required != null && options.get(required) == null) {
            throw new InvalidRequest(
                    FaultCode.MISSING_PARAMETER_VALUE,
                    "'" + required + "' is missing",
                    "'" + verb(event) + "' needs it.");
        }
        Map<String, Object> info = new LinkedHashMap<>();
        Optional.ofNullable(options.get("configdrive")).ifPresent(drive -> info.put("configdrive", drive));
        Optional.ofNullable(options.get("preserve_ephemeral"))
                .ifPresent(keep -> info.put("preserve_ephemeral", strictBoolean("preserve_ephemeral", keep)));
        return new VerbOptions(
                info,
                steps(options),
                Optional.ofNullable(options.get("disable_ramdisk"))
                        .map(off -> strictBoolean("disable_ramdisk", off))
                        .orElse(false),
                Optional.ofNullable(options.get(RESCUE_PASSWORD)).map(VerbOptions::password));
    }

    /** What the steps that come with a verb are for. */
    static Use use(Event event) {
        return switch (event) {
            case CLEAN -> Use.CLEAN;
            case SERVICE -> Use.SERVICE;
            default -> Use.DEPLOY;
        };
    }

    private static void requireTaken(Event event, String key) {
        Set<Event> verbs = TABLE.get(key);
        if (verbs == null || !verbs.contains(event)) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "Option '" + key + "' can not be given with '" + verb(event) + "'",
                    verbs == null
                            ? "It is not known here."
                            : "It goes with "
                                    + verbs.stream()
                                            .map(VerbOptions::verb)
                                            .sorted()
                                            .collect(Collectors.joining(", "))
                                    + ".");
        }
    }

    private static String verb(Event event) {
        return event.verbs().get(0);
    }

    private static List<StepCall> steps(Map<String, Object> options) {
        for (String key : List.of(CLEAN_STEPS, SERVICE_STEPS, "deploy_steps")) {
            if (options.get(key) instanceof List<?> given) {
                List<StepCall> steps = new ArrayList<>();
                given.forEach(each -> steps.add((StepCall) each));
                return requireSome(key, steps);
            }
        }
        return List.of();
    }

    private static List<StepCall> requireSome(String key, List<StepCall> steps) {
        if (steps.isEmpty() && !key.equals("deploy_steps")) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE, "'" + key + "' is empty", "Name at least one step.");
        }
        return steps;
    }

    private static Secret password(Object given) {
        String text = String.valueOf(given);
        if (text.isBlank()) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE, "'" + RESCUE_PASSWORD + "' is empty", "Choose a password.");
        }
        return Secret.of(text);
    }

    private static boolean strictBoolean(String key, Object value) {
        return Booleans.parse(String.valueOf(value))
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "'" + key + "' is neither true nor false but '" + value + "'",
                        "Write true or false."));
    }
}
