package io.ferric.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds out which names the query and the body of a request may hold by sending one that they may not: every refusal
 * names those it knows. So the document says what the server does, and no list is kept twice.
 */
final class Probe {
    private static final String STRANGER = "no_such_name_for_ferric";
    private static final Pattern KNOWN = Pattern.compile(STRANGER + "[.]? .*?may hold (.+?)\\.(?:$| )");

    private final LiveApi api;

    Probe(LiveApi api) {
        this.api = api;
    }

    List<String> query(Operation operation) {
        boolean harmless = operation.verb().equals("GET");
        if (!harmless && !operation.verb().equals("DELETE")) {
            return operation.declaredQuery();
        }
        UnaryOperator<String> values = harmless ? api::sample : parameter -> LiveApi.NOBODY;
        List<String> asked =
                known(api.ask(operation.verb(), operation.filled(values) + "?" + STRANGER + "=1", Optional.empty()));
        return Stream.concat(asked.stream(), operation.declaredQuery().stream())
                .sorted()
                .distinct()
                .toList();
    }

    List<String> body(Operation operation) {
        return operation.hasJsonBody() && !operation.verb().equals("PATCH")
                ? known(api.ask(
                        operation.verb(), operation.filled(api::sample), Optional.of("{\"" + STRANGER + "\": 1}")))
                : List.of();
    }

    private static List<String> known(Served.Answer answer) {
        if (answer.status() != 400) {
            return List.of();
        }
        Matcher names = KNOWN.matcher(answer.sentence());
        return names.find() ? List.of(names.group(1).split(", ")) : List.of();
    }
}
