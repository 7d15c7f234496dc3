package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.node.BootDevice;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

class VendorPassthruTest {
    private static final RamdiskCall CALL =
            new RamdiskCall("127.0.0.2", 3260, "iqn.2008-10.org.openstack:x", 1, Optional.empty());
    private static final VendorCall ACCEPTED = CALL.toVendorCall("pass_deploy_info");

    private Bench bench;
    private final FakeTask task = FakeTask.complete().in(ProvisionState.DEPLOYING);

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        lenient().when(bench.iscsi.continueDeploy(any(), any())).thenReturn(Bench.DISK);
    }

    private VendorInterface vendor() {
        return bench.driver().vendor().orElseThrow();
    }

    @Test
    void offers_one_method() {
        assertThat(vendor().methods()).singleElement().satisfies(method -> {
            assertThat(method.name()).isEqualTo("pass_deploy_info");
            assertThat(method.httpMethods()).containsExactly("POST");
            assertThat(method.mode()).isEqualTo(VendorMethod.Mode.CONTINUES_DEPLOY);
        });
    }

    @Test
    void refuses_another_method_in_ironics_words() {
        assertThatThrownBy(() -> vendor().accept(task, new VendorCall("fly", Map.of("key", "x"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Unsupported method (fly) passed to iLO driver.");
        verify(bench.iscsi, never()).acceptCall(any(), any());
    }

    @Test
    void remembers_an_accepted_call_without_its_key() {
        when(bench.iscsi.acceptCall(any(), any())).thenReturn(CALL);
        VendorCall accepted = vendor().accept(task, new VendorCall("pass_deploy_info", Map.of("key", "K")));
        assertThat(accepted).isEqualTo(ACCEPTED);
        assertThat(accepted.parameters()).doesNotContainKey("key");
    }

    @Test
    void a_call_that_is_not_accepted_changes_nothing() {
        when(bench.iscsi.acceptCall(any(), any()))
                .thenThrow(new InvalidRequest("InvalidParameterValue", "Deploy key does not match", ""));
        assertThatThrownBy(() -> vendor().accept(task, new VendorCall("pass_deploy_info", Map.of())))
                .hasMessage("Deploy key does not match");
        assertThat(task.events).isEmpty();
    }

    @Test
    void ejects_writes_inserts_the_boot_iso_and_tells_the_ramdisk() {
        bench.drives.put(MediaDrive.FLOPPY, MediaStatus.holding("http://h/f.img"));
        bench.drives.put(MediaDrive.CDROM, MediaStatus.holding("http://h/deploy.iso"));
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        InOrder order = inOrder(bench.ilo, bench.iscsi, bench.notifier);
        order.verify(bench.ilo).ejectMedia(MediaDrive.FLOPPY);
        order.verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        order.verify(bench.iscsi).continueDeploy(task, CALL);
        order.verify(bench.ilo).insertMedia(any(), any());
        order.verify(bench.ilo).setOneTimeBoot(BootDevice.CDROM);
        order.verify(bench.notifier).notifyDone("127.0.0.2");
        String recorded = task.node().instanceInfo().text("ilo_boot_iso").orElseThrow();
        assertThat(recorded).matches("boot-[0-9a-f]{32}\\.iso");
        assertThat(bench.urlOf(MediaDrive.CDROM).getPath()).endsWith(recorded);
        assertThat(bench.drives.get(MediaDrive.FLOPPY).inserted()).isFalse();
        assertThat(task.power).isEmpty();
    }

    @Test
    void a_failing_write_climbs_and_nothing_is_inserted() {
        when(bench.iscsi.continueDeploy(any(), any()))
                .thenThrow(new OperationFailed("InstanceDeployFailure", "target went away", ""));
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("target went away");
        verify(bench.ilo, never()).insertMedia(any(), any());
        verify(bench.notifier, never()).notifyDone(anyString());
    }

    @Test
    void without_any_boot_iso_the_deploy_fails_instead_of_staying_in_deploying() {
        task.removeInstanceInfo("kernel");
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessageContaining("no boot ISO");
        verify(bench.notifier, never()).notifyDone(anyString());
    }

    @Test
    void a_boot_iso_that_does_not_go_in_fails_before_the_ramdisk_is_told() {
        when(bench.ilo.mediaStatus(MediaDrive.CDROM)).thenReturn(MediaStatus.EMPTY);
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessageContaining("has nothing inserted");
        verify(bench.notifier, never()).notifyDone(anyString());
    }

    @Test
    void a_ramdisk_that_cannot_be_told_is_a_failure_the_first_time() {
        doThrow(new OperationFailed("InstanceDeployFailure", "nobody listens", ""))
                .when(bench.notifier)
                .notifyDone(anyString());
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("nobody listens");
        assertThat(task.power).isEmpty();
    }

    @Test
    void run_again_after_the_ramdisk_may_have_been_told_it_resets_through_the_ilo() {
        vendor().resume(task, ACCEPTED);
        task.attempt = 2;
        doThrow(new OperationFailed("InstanceDeployFailure", "nobody listens", ""))
                .when(bench.notifier)
                .notifyDone(anyString());
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        assertThat(task.power).containsExactly(PowerAction.REBOOT);
        verify(bench.iscsi).continueDeploy(any(), any());
        assertThat(bench.drives.get(MediaDrive.CDROM).inserted()).isTrue();
    }

    @Test
    void run_again_before_the_ramdisk_was_told_it_starts_over() {
        doThrow(new OperationFailed("InstanceDeployFailure", "conductor died here", ""))
                .when(bench.ilo)
                .setOneTimeBoot(any());
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("conductor died here");
        org.mockito.Mockito.doNothing().when(bench.ilo).setOneTimeBoot(any());
        task.attempt = 2;
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        assertThat(bench.shared.users.values()).singleElement().satisfies(users -> assertThat(users)
                .hasSize(1));
        verify(bench.notifier).notifyDone("127.0.0.2");
    }

    @Test
    void a_new_deploy_forgets_that_the_ramdisk_of_the_last_was_told() {
        vendor().resume(task, ACCEPTED);
        lenient()
                .when(bench.iscsi.getDeployInfo(any()))
                .thenReturn(new io.ferric.deploy.RamdiskOptions(Map.of("a", "b")));
        bench.driver().deploy().deploy(task);
        assertThat(task.remembered(IloVirtualMediaIscsiDeploy.NOTIFIED)).isNull();
    }
}
