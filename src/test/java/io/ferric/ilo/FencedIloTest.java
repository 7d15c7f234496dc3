package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.driver.BmcAction;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Unavailable;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FencedIloTest {
    private final IloClient ilo = mock(IloClient.class);
    private final Task task = mock(Task.class);
    private final IloClient fenced = FencedIlo.of(ilo, "10.0.0.1", task);

    @BeforeEach
    void speak() {
        when(ilo.protocol()).thenReturn(IloProtocol.REDFISH);
        when(ilo.ask(any())).thenCallRealMethod();
    }

    @Test
    void asks_without_further_ado() {
        when(ilo.power()).thenReturn(PowerState.ON);
        assertThat(fenced.power()).isEqualTo(PowerState.ON);
        verify(task, never()).ensureHeld();
        verify(task, never()).acted(any());
    }

    @Test
    void changes_nothing_for_who_has_lost_the_node() {
        doThrow(new Unavailable(FaultCode.TEMPORARY_FAILURE, "lost", ""))
                .when(task)
                .ensureHeld();
        assertThatThrownBy(fenced::reset).hasMessageContaining("lost");
        verify(ilo, never()).reset();
        verify(task, never()).acted(any());
    }

    @Test
    void records_what_it_did_without_what_could_be_misused() {
        fenced.insertMedia(MediaDrive.CDROM, URI.create("http://u:p@10.0.0.9:80/v1/secret/boot.iso?temp_url_sig=abc"));
        fenced.changeBios(Map.of("AdminPassword", "hunter2"));
        verify(ilo).insertMedia(any(), any());
        verify(task)
                .acted(new BmcAction(
                        "insert media CDROM http://10.0.0.9:80/.../boot.iso", "10.0.0.1", "REDFISH", "done"));
        verify(task).acted(new BmcAction("change bios [AdminPassword]", "10.0.0.1", "REDFISH", "done"));
    }

    @Test
    void records_what_failed_and_fails_as_the_ilo_did() {
        doThrow(new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "no media", ""))
                .when(ilo)
                .ejectMedia(any());
        assertThatThrownBy(() -> fenced.ejectMedia(MediaDrive.FLOPPY)).hasMessageContaining("no media");
        verify(task).acted(new BmcAction("eject media FLOPPY", "10.0.0.1", "REDFISH", "no media"));
    }
}
