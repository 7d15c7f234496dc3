package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsistenceTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final Insistence insistence = new Insistence(IloConfig.defaults(), pauses::add);
    private int attempts;

    @Test
    void tries_again_after_a_dropped_connection() {
        assertThatCode(() -> insistence.on(() -> failing(2, new EOFException())))
                .doesNotThrowAnyException();
        assertThat(attempts).isEqualTo(3);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void gives_up_after_the_third_attempt() {
        assertThatThrownBy(() -> insistence.on(() -> failing(9, new EOFException())))
                .isInstanceOf(OperationFailed.class);
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void takes_no_for_an_answer_and_does_not_wait_for_the_silent() {
        for (IOException earnest : List.of(new SocketTimeoutException(), new IOException("login failed"))) {
            attempts = 0;
            assertThatThrownBy(() -> insistence.on(() -> failing(9, earnest))).isInstanceOf(OperationFailed.class);
            assertThat(attempts).isEqualTo(1);
        }
    }

    private void failing(int times, IOException why) {
        if (++attempts <= times) {
            throw new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "it failed", "", why);
        }
    }
}
