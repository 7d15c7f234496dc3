package io.ferric.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Lifecycle.Move;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
    static List<Move> rows() {
        return Lifecycle.table();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_row_is_found_by_its_state_and_event(Move row) {
        assertThat(Lifecycle.move(row.from(), row.event())).contains(row);
    }

    @Test
    void no_state_has_two_moves_on_one_event() {
        Set<String> seen = new HashSet<>();
        assertThat(Lifecycle.table()).allMatch(row -> seen.add(row.from() + "/" + row.event()));
    }

    @ParameterizedTest
    @EnumSource(ProvisionState.class)
    void every_state_can_be_reached_and_left(ProvisionState state) {
        assertThat(Lifecycle.table()).anyMatch(row -> row.from() == state);
        assertThat(state == ProvisionState.ENROLL || Lifecycle.table().stream().anyMatch(row -> row.to() == state))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(ProvisionState.class)
    void work_that_can_fail_has_somewhere_to_fail_to(ProvisionState state) {
        assertThat(Lifecycle.move(state, Event.FAIL).isPresent()).isEqualTo(state.underWay());
    }

    @Test
    void verbs_are_those_of_ironic() {
        assertThat(Event.ofVerb("active")).contains(Event.DEPLOY);
        assertThat(Event.ofVerb("deleted")).contains(Event.DELETE);
        assertThat(Event.ofVerb("sudo")).isEmpty();
        assertThat(Lifecycle.verbsIn(ProvisionState.ACTIVE)).containsExactly("rebuild", "deleted", "rescue", "service");
    }

    @Test
    void a_new_errand_clears_the_last_error_and_a_failure_keeps_it() {
        NodeStatus failed = NodeStatus.enrolled().withLastError(Optional.of("no answer"));
        Move manage = Lifecycle.move(ProvisionState.ENROLL, Event.MANAGE).orElseThrow();
        Move fail = Lifecycle.move(ProvisionState.VERIFYING, Event.FAIL).orElseThrow();

        assertThat(failed.after(manage, Instant.EPOCH).lastError()).isEmpty();
        assertThat(failed.after(fail, Instant.EPOCH).lastError()).contains("no answer");
    }
}
