package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Secret;
import io.ferric.testkit.ManualClock;
import java.io.EOFException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginGuardTest {
    private static final OperationFailed REJECTED =
            new OperationFailed("IloOperationError", "rejected", "", new LoginRejected("Login failed."));

    private final ManualClock clock = new ManualClock();
    private final IloClient ilo = mock(IloClient.class);
    private final LoginGuard guard = new LoginGuard(access -> ilo, clock);

    private static IloAccess access(String password) {
        return new IloAccess(
                "10.1.2.12", 443, "ferric", Secret.of(password), Duration.ofSeconds(1), new IloTrust.Off());
    }

    private void ask(String password) {
        guard.connect(access(password)).power();
    }

    private void isAskedAndRejects() {
        assertThatThrownBy(() -> ask("old")).isSameAs(REJECTED);
    }

    private void isNotAsked() {
        assertThatThrownBy(() -> ask("old")).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("IloOperationError");
            assertThat(LoginRejected.caused(fault)).isFalse();
        });
    }

    @Test
    void asks_again_after_five_minutes_then_ten_then_at_most_an_hour() {
        when(ilo.power()).thenThrow(REJECTED);
        for (int minutes : new int[] {5, 10, 20, 40, 60, 60}) {
            isAskedAndRejects();
            clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            isNotAsked();
            clock.advance(Duration.ofSeconds(1));
        }
        verify(ilo, times(6)).power();
    }

    @Test
    void says_who_rejected_whom_and_until_when_but_not_the_password() {
        when(ilo.power()).thenThrow(REJECTED);
        isAskedAndRejects();
        assertThatThrownBy(() -> ask("old"))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(fault.inPlainWords())
                        .startsWith("iLO 10.1.2.12:443 rejected the user name or the password of 'ferric' at"
                                + " 2026-11-22T12:00:00Z and is not asked with them again before"
                                + " 2026-11-22T12:05:00Z, for iLOs lock out. Correct driver_info/ilo_username and"
                                + " ilo_password: what is changed is tried at once.")
                        .doesNotContain("old"));
    }

    @Test
    void tries_changed_settings_at_once() {
        when(ilo.power()).thenThrow(REJECTED).thenReturn(PowerState.ON);
        isAskedAndRejects();
        ask("new");
        isNotAsked();
    }

    @Test
    void tries_once_for_an_operator_who_insists() {
        when(ilo.power()).thenThrow(REJECTED);
        isAskedAndRejects();
        guard.lift(access("old"));
        isAskedAndRejects();
        isNotAsked();
        clock.advance(Duration.ofMinutes(10).minusSeconds(1));
        isNotAsked();
    }

    @Test
    void forgets_after_a_long_time() {
        when(ilo.power()).thenThrow(REJECTED);
        isAskedAndRejects();
        clock.advance(Duration.ofMinutes(70));
        isAskedAndRejects();
        clock.advance(Duration.ofMinutes(5));
        isAskedAndRejects();
    }

    @Test
    void minds_nothing_but_rejected_logins() {
        when(ilo.power()).thenThrow(new OperationFailed("IloOperationError", "dropped", "", new EOFException()));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> ask("old")).hasMessage("dropped");
        }
        verify(ilo, times(3)).power();
    }

    @Test
    void refuses_questions_asked_through_ask_as_well() {
        when(ilo.power()).thenThrow(REJECTED);
        isAskedAndRejects();
        IloClient guarded = guard.connect(access("old"));
        assertThatThrownBy(() -> guarded.ask(IloClient::power)).hasMessageContaining("not asked with them again");
        assertThatThrownBy(guarded::inventory).hasMessageContaining("not asked with them again");
        assertThat(guarded.toString()).isEqualTo(ilo.toString());
    }
}
