package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.driver.Drivers;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.OperationFailed;
import io.ferric.store.Database;
import io.ferric.store.ReservationStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.stubbing.Stubber;

class ReservationsTest {
    private final Rig rig = new Rig();
    private final ReservationStore real = rig.database.reservations();
    private final ReservationStore store = mock(ReservationStore.class, delegatesTo(real));
    private final Reservations reservations = new Reservations(context());
    private final Node node = rig.enrol(Map.of());

    private Context context() {
        Database database = mock(Database.class);
        when(database.reservations()).thenReturn(store);
        Drivers none = Drivers.of(List.of());
        return new Context(rig.config, database, none, mock(Journal.class), rig.clock, rig.pause);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void failToRelease(int times) {
        Stubber stubber = doThrow(new OperationFailed(FaultCode.INTERNAL_ERROR, "disk full", ""));
        for (int i = 1; i < times; i++) {
            stubber = stubber.doThrow(new OperationFailed(FaultCode.INTERNAL_ERROR, "disk full", ""));
        }
        stubber.doAnswer(delegatesTo(real)).when(store).release(any(), any());
    }

    @Test
    void work_that_is_done_stands_and_the_node_can_be_held_again_when_giving_it_back_failed() {
        failToRelease(1);
        assertThat(reservations.holding(node.uuid(), () -> "done")).isEqualTo("done");
        assertThat(real.holder(node.uuid())).contains(rig.config.host());

        assertThat(reservations.tryHold(node.uuid())).isPresent();
    }

    @Test
    void what_could_not_be_given_back_is_given_back_later() {
        failToRelease(2);
        reservations.holding(node.uuid(), () -> true);
        reservations.settle();
        assertThat(real.holder(node.uuid())).isPresent();
        reservations.settle();
        assertThat(real.holder(node.uuid())).isEmpty();
    }

    @Test
    void a_hold_that_goes_on_is_not_ended_by_what_was_owed() {
        doAnswer(call -> {
                    real.release(call.getArgument(0), call.getArgument(1));
                    throw new OperationFailed(FaultCode.INTERNAL_ERROR, "the line broke after it was done", "");
                })
                .doAnswer(delegatesTo(real))
                .when(store)
                .release(any(), any());
        reservations.holding(node.uuid(), () -> true);
        reservations.tryHold(node.uuid()).orElseThrow();
        reservations.settle();
        assertThat(real.holder(node.uuid())).contains(rig.config.host());
    }
}
