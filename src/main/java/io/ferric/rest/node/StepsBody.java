package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.StepCall;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.RequestRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads lists of steps out of a body. Source: Ironic's clean and deploy steps. */
final class StepsBody {
    /** More than anybody asks for, and few enough to be kept with a node. */
    private static final int MOST = 100;

    private static final int HIGHEST_PRIORITY = 1_000_000;

    private StepsBody() {}

    private record Asked(StepCall call, long priority) {}

    /**
     * The steps under this name, in the order in which they are to be done.
     *
     * @param prioritised whether each step says its place, the highest first
     */
    static Optional<List<StepCall>> of(ObjectNode body, String name, boolean prioritised) {
        JsonNode list = body.path(name);
        if (list.isMissingNode() || list.isNull()) {
            return Optional.empty();
        }
        if (!list.isArray() || list.size() > MOST) {
            throw RequestRefused.invalid("'" + name + "' must be a list of at most " + MOST + " steps.", "");
        }
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            asked.add(step(list.get(i), name + "/" + i, prioritised));
        }
        asked.sort(Comparator.comparingLong(Asked::priority).reversed());
        return Optional.of(asked.stream().map(Asked::call).toList());
    }

    private static Asked step(JsonNode json, String where, boolean prioritised) {
        if (!(json instanceof ObjectNode object)) {
            throw RequestRefused.invalid("'" + where + "' must be an object.", "Name its interface and its step.");
        }
        Body body = Body.required(object)
                .only(
                        prioritised
                                ? Set.of("interface", "step", "args", "priority")
                                : Set.of("interface", "step", "args"));
        String kind = body.requiredText("interface");
        if (!InterfaceNames.KINDS.contains(kind)) {
            throw RequestRefused.invalid(
                    "'" + where + "/interface' is '" + kind + "', no interface of a driver.",
                    "There are " + String.join(", ", InterfaceNames.KINDS) + ".");
        }
        return new Asked(
                new StepCall(kind, body.requiredText("step"), body.map("args")),
                prioritised ? priority(object, where) : 0);
    }

    private static long priority(ObjectNode step, String where) {
        JsonNode priority = step.path("priority");
        if (!priority.canConvertToInt()
                || !priority.isIntegralNumber()
                || priority.intValue() < 0
                || priority.intValue() > HIGHEST_PRIORITY) {
            throw RequestRefused.invalid(
                    "'" + where + "/priority' must be a whole number from 0 to " + HIGHEST_PRIORITY + ".", "");
        }
        return priority.intValue();
    }
}
