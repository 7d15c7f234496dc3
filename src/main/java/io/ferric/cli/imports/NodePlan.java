package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.client.Changes;
import io.ferric.client.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to happen to one node.
 *
 * @param source as Ironic shows it
 * @param next what follows when it is there
 * @param notes for people: what is left out, what is missing, what differs, and why
 */
record NodePlan(JsonNode source, Verdict verdict, Request request, Next next, List<String> notes) {
    /** What becomes of it. */
    enum Verdict {
        CREATE,
        ADOPT,
        SAME,
        DIFFERENT,
        REFUSED
    }

    /** Where it is brought after it was created. */
    enum Next {
        STAY,
        MANAGE,
        ADOPT
    }

    /**
     * All that is sent for it.
     *
     * @param body the node
     * @param late what a node cannot be created with
     * @param instance what it must know to be adopted
     * @param parts ports and the like, in the order of {@link Snapshot#PARTS}
     */
    record Request(
            ObjectNode body, Changes late, Changes instance, List<String> traits, Map<Kind, List<ObjectNode>> parts) {}

    String uuid() {
        return source.path("uuid").asText();
    }

    /** Its name, or its UUID when it has none. */
    String label() {
        return source.path("name").asText("").isEmpty()
                ? uuid()
                : source.path("name").asText();
    }

    /** What is sent, in numbers. */
    String amounts() {
        return request.body().size() + " fields"
                + Snapshot.PARTS.stream()
                        .filter(kind ->
                                !request.parts().getOrDefault(kind, List.of()).isEmpty())
                        .map(kind -> ", " + request.parts().get(kind).size() + " "
                                + kind.path().substring("/v1/".length()).replace('/', ' '))
                        .collect(Collectors.joining())
                + (request.traits().isEmpty() ? "" : ", " + request.traits().size() + " traits");
    }
}
