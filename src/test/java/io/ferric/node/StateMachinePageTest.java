package io.ferric.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Lifecycle.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/state-machine.md}, its picture and its table, as {@link Lifecycle} is. */
class StateMachinePageTest {
    private static final Path PAGE = Path.of("docs/state-machine.md");

    @BeforeAll
    static void regenerates_when_told_to() throws IOException {
        if (Boolean.getBoolean("ferric.regenerate")) {
            Files.writeString(PAGE, page());
        }
    }

    @Test
    void the_page_shows_every_move() {
        assertThat(PAGE).hasContent(page());
    }

    private static String page() {
        return """
                # The provision states of a node

                Where a node stands between being enrolled and carrying an instance, and what makes it move. States and verbs are
                Ironic's. The table is [Lifecycle](../src/main/java/io/ferric/node/Lifecycle.java); what is not in it cannot
                happen. This page is generated; `mvn test -Dtest=StateMachinePageTest -Dferric.regenerate=true` writes it anew.

                A caller asks for a verb with `PUT /v1/nodes/<node>/states/provision {"target": "<verb>"}`, or with
                `ferric node <verb>`; what is written in parentheses happens from within. A state is **at rest** when nothing is
                under way, **busy** when a worker of the conductor is at it, **waiting** when a ramdisk is to call back (a time-out
                ends that), and **held** when a step waits for an operator.

                ## Picture

                ```mermaid
                stateDiagram-v2
                    [*] --> enroll
                """
                + Arrays.stream(ProvisionState.values())
                        .map(state -> "    state \"" + state + "\" as " + id(state) + "\n")
                        .collect(Collectors.joining())
                + Lifecycle.table().stream().map(StateMachinePageTest::arrow).collect(Collectors.joining())
                + """
                ```

                ## States

                | state | is | verbs |
                |---|---|---|
                """
                + Arrays.stream(ProvisionState.values())
                        .map(StateMachinePageTest::state)
                        .collect(Collectors.joining())
                + """

                ## Moves

                | from | verb or (event) | to | on its way to |
                |---|---|---|---|
                """
                + Lifecycle.table().stream().map(StateMachinePageTest::row).collect(Collectors.joining());
    }

    private static String arrow(Move move) {
        return "    " + id(move.from()) + " --> " + id(move.to()) + ": " + event(move.event()) + "\n";
    }

    private static String state(ProvisionState state) {
        String is = "at rest";
        if (state.transitional()) {
            is = "busy";
        } else if (state.awaitsRamdisk()) {
            is = "waiting";
        } else if (state.underWay()) {
            is = "held";
        }
        List<String> verbs = Lifecycle.verbsIn(state);
        return "| " + state + " | " + is + " | " + String.join(", ", verbs) + " |\n";
    }

    private static String row(Move move) {
        String target = move.keepsTarget()
                ? "(as before)"
                : move.target().map(ProvisionState::wireName).orElse("");
        return "| " + move.from() + " | " + event(move.event()) + " | " + move.to() + " | " + target + " |\n";
    }

    private static String event(Event event) {
        return event.verbs().isEmpty()
                ? "(" + event.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")"
                : String.join(" / ", event.verbs());
    }

    private static String id(ProvisionState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
