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

import io.ferric.deploy.BootLoaderReport;
import io.ferric.deploy.InstanceBoot;
import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.node.BootDevice;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
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
    void offers_the_two_calls_of_the_ramdisk() {
        assertThat(vendor().methods())
                .extracting(VendorMethod::name)
                .containsExactly("pass_deploy_info", "pass_bootloader_install_info");
        assertThat(vendor().methods()).allSatisfy(method -> {
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
        bench.driver().deploy().prepare(task);
        bench.driver().deploy().deploy(task);
        assertThat(task.remembered(IloVirtualMediaIscsiDeploy.NOTIFIED)).isNull();
    }

    @Test
    void the_error_of_a_ramdisk_without_an_address_reaches_the_deploy() {
        RamdiskCall failed = new RamdiskCall("", 3260, CALL.iqn(), 1, Optional.of("no disk"));
        vendor().resume(task, failed.toVendorCall("pass_deploy_info"));
        verify(bench.iscsi).continueDeploy(task, failed);
        assertThat(task.events).anyMatch(event -> event.contains("The ramdisk called back; ejecting"));
    }

    // ---- instances that boot from their disk

    private static final VendorCall REPORTED =
            new BootLoaderReport("127.0.0.2", Optional.empty()).toVendorCall("pass_bootloader_install_info");

    private static void bootsFromCd(Bench bench) {
        when(bench.ilo.persistentBoot())
                .thenReturn(List.of(BootTarget.CDROM, BootTarget.DISK))
                .thenReturn(List.of(BootTarget.DISK, BootTarget.CDROM));
    }

    @Test
    void a_whole_disk_boots_from_the_disk_and_needs_no_boot_iso() {
        InstanceBoot.WHOLE_DISK.remember(task);
        bootsFromCd(bench);
        bench.drives.put(MediaDrive.CDROM, MediaStatus.holding("http://h/deploy.iso"));
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        InOrder order = inOrder(bench.ilo, bench.iscsi, bench.notifier);
        order.verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        order.verify(bench.iscsi).continueDeploy(task, CALL);
        order.verify(bench.ilo).setPersistentBoot(BootDevice.DISK);
        order.verify(bench.notifier).notifyDone("127.0.0.2");
        verify(bench.ilo, never()).insertMedia(any(), any());
        verify(bench.ilo, never()).setOneTimeBoot(any());
        assertThat(task.node().instanceInfo().has("ilo_boot_iso")).isFalse();
        assertThat(bench.shared.users).isEmpty();
    }

    @Test
    void a_rebuild_from_a_boot_iso_to_the_disk_gives_the_boot_iso_back() {
        vendor().resume(task, ACCEPTED);
        assertThat(bench.shared.users).isNotEmpty();
        task.forget(IloVirtualMediaIscsiDeploy.NOTIFIED);
        InstanceBoot.WHOLE_DISK.remember(task);
        vendor().resume(task, ACCEPTED);
        assertThat(bench.shared.users).isEmpty();
        assertThat(task.node().instanceInfo().has("ilo_boot_iso")).isFalse();
        assertThat(bench.drives.get(MediaDrive.CDROM).inserted()).isFalse();
    }

    @Test
    void run_again_after_the_ramdisk_of_a_whole_disk_was_told_it_resets_through_the_ilo() {
        InstanceBoot.WHOLE_DISK.remember(task);
        vendor().resume(task, ACCEPTED);
        nobodyListens();
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        assertThat(task.power).containsExactly(PowerAction.REBOOT);
        verify(bench.iscsi).continueDeploy(any(), any());
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    private void nobodyListens() {
        fails("nobody listens", new ConnectException("Connection refused"));
    }

    private void fails(String message, Exception cause) {
        doThrow(new OperationFailed("InstanceDeployFailure", message, "", cause))
                .when(bench.notifier)
                .notifyDone(anyString());
    }

    @Test
    void a_local_boot_waits_for_the_boot_loader_and_then_sends_the_ramdisk_off() {
        InstanceBoot.LOCAL.remember(task);
        bootsFromCd(bench);
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        InOrder order = inOrder(bench.ilo, bench.iscsi, bench.notifier);
        order.verify(bench.iscsi).continueDeploy(task, CALL);
        order.verify(bench.ilo).setPersistentBoot(BootDevice.DISK);
        order.verify(bench.notifier).notifyDone("127.0.0.2");
        verify(bench.iscsi, never()).retireKey(any());

        bench.drives.put(MediaDrive.CDROM, MediaStatus.holding("http://h/left.iso"));
        assertThat(vendor().resume(task, REPORTED)).isEqualTo(new DeployOutcome.Finished());
        order.verify(bench.iscsi).retireKey(task);
        order.verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        order.verify(bench.notifier).notifyDone("127.0.0.2");
        verify(bench.ilo, never()).insertMedia(any(), any());
        assertThat(task.node().instanceInfo().has("ilo_boot_iso")).isFalse();
        assertThat(task.power).isEmpty();
        assertThat(bench.drives.get(MediaDrive.CDROM).inserted()).isFalse();
    }

    @Test
    void each_call_is_refused_in_the_wait_of_the_other() {
        InstanceBoot.LOCAL.remember(task);
        when(bench.iscsi.acceptCall(any(), any())).thenReturn(CALL);
        when(bench.iscsi.acceptReport(any(), any())).thenReturn(BootLoaderReport.of(REPORTED));
        refused("pass_bootloader_install_info", "or not yet");
        assertThat(vendor().accept(task, new VendorCall("pass_deploy_info", Map.of())))
                .isEqualTo(ACCEPTED);
        vendor().resume(task, ACCEPTED);
        refused("pass_deploy_info", "a boot loader is what is waited for");
        assertThat(vendor().accept(task, new VendorCall("pass_bootloader_install_info", Map.of())))
                .isEqualTo(REPORTED);
    }

    private void refused(String method, String words) {
        assertThatThrownBy(() -> vendor().accept(task, new VendorCall(method, Map.of())))
                .isInstanceOfSatisfying(InvalidRequest.class, fault -> {
                    assertThat(fault.code()).isEqualTo("InvalidStateRequested");
                    assertThat(fault).hasMessageContaining(words);
                });
    }

    @Test
    void a_stranger_is_not_told_which_call_is_waited_for() {
        doThrow(new InvalidRequest("InvalidParameterValue", "Deploy key does not match", ""))
                .when(bench.iscsi)
                .checkKey(any(), any());
        assertThatThrownBy(() -> vendor().accept(task, new VendorCall("pass_bootloader_install_info", Map.of())))
                .hasMessage("Deploy key does not match");
    }

    @Test
    void a_boot_loader_that_could_not_be_installed_fails_the_deploy_in_the_ramdisks_words() {
        VendorCall failed = new BootLoaderReport("", Optional.of("grub-install: no space"))
                .toVendorCall("pass_bootloader_install_info");
        assertThatThrownBy(() -> vendor().resume(task, failed))
                .isInstanceOf(OperationFailed.class)
                .hasMessage("The ramdisk could not install a boot loader: grub-install: no space");
        verify(bench.iscsi).retireKey(task);
        verify(bench.notifier, never()).notifyDone(anyString());
    }

    @Test
    void run_again_after_the_boot_loader_was_ordered_it_writes_nothing_and_goes_on_waiting() {
        InstanceBoot.LOCAL.remember(task);
        vendor().resume(task, ACCEPTED);
        nobodyListens();
        task.attempt = 2;
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        verify(bench.iscsi).continueDeploy(any(), any());
        assertThat(task.power).isEmpty();
    }

    @Test
    void run_again_it_does_not_wait_for_a_server_that_is_gone() {
        InstanceBoot.LOCAL.remember(task);
        vendor().resume(task, ACCEPTED);
        task.attempt = 2;
        for (Exception gone : List.of(new NoRouteToHostException(), new SocketTimeoutException())) {
            fails("the server is gone", gone);
            assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("the server is gone");
        }
    }

    @Test
    void run_again_before_the_boot_loader_was_ordered_it_starts_over() {
        InstanceBoot.LOCAL.remember(task);
        when(bench.ilo.persistentBoot()).thenThrow(new OperationFailed("IloOperationError", "conductor died here", ""));
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("conductor died here");
        verify(bench.notifier, never()).notifyDone(anyString());
        org.mockito.Mockito.doReturn(List.of()).when(bench.ilo).persistentBoot();
        task.attempt = 2;
        assertThat(vendor().resume(task, ACCEPTED)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        verify(bench.notifier).notifyDone("127.0.0.2");
    }

    @Test
    void a_ramdisk_that_cannot_be_told_to_install_is_a_failure_the_first_time() {
        InstanceBoot.LOCAL.remember(task);
        nobodyListens();
        assertThatThrownBy(() -> vendor().resume(task, ACCEPTED)).hasMessage("nobody listens");
    }

    @Test
    void run_again_after_the_ramdisk_was_sent_off_it_resets_through_the_ilo() {
        InstanceBoot.LOCAL.remember(task);
        vendor().resume(task, ACCEPTED);
        vendor().resume(task, REPORTED);
        nobodyListens();
        task.attempt = 2;
        assertThat(vendor().resume(task, REPORTED)).isEqualTo(new DeployOutcome.Finished());
        assertThat(task.power).containsExactly(PowerAction.REBOOT);
    }

    @Test
    void a_new_deploy_waits_for_a_disk_again() {
        InstanceBoot.LOCAL.remember(task);
        vendor().resume(task, ACCEPTED);
        lenient()
                .when(bench.iscsi.getDeployInfo(any()))
                .thenReturn(new io.ferric.deploy.RamdiskOptions(Map.of("a", "b")));
        bench.driver().deploy().prepare(task);
        bench.driver().deploy().deploy(task);
        when(bench.iscsi.acceptCall(any(), any())).thenReturn(CALL);
        assertThat(vendor().accept(task, new VendorCall("pass_deploy_info", Map.of())))
                .isEqualTo(ACCEPTED);
    }
}
