package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.deploy.InstanceBoot;
import io.ferric.deploy.RamdiskOptions;
import io.ferric.driver.DeployInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.publish.FetchLog;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;
import org.mockito.Mockito;

/**
 * Which test stands for which of Ironic's (ilo/test_deploy.py, ilo/test_common.py and ilo/test_power.py at juno-eol):
 *
 * <pre>
 * get_boot_iso_object_name, _glance_image, _create     BootIsoLibraryTest, the blueprint's order
 * get_boot_iso_uefi_no_glance_image                     a_uefi_server_without_a_boot_iso_fails_before_...
 * clean_up_boot_iso_for_instance                        BootIsoLibraryTest.the_last_user_removes_it_...
 * parse_driver_info (8 tests)                           IloDriverInfoTest
 * reboot_into                                           everything_happens_in_order
 * Iscsi validate, deploy, tear_down, clean_up           here
 * Vendor continue_deploy good, bad, no_boot_media       VendorPassthruTest (the bad state is the conductor's to refuse)
 * get_single_nic_with_vif_port_id                       room deploy
 * Management set_boot_device, set_boot_mode             IloManagementTest
 * update_boot_mode_capability                           prepare_*; RibclClientTest.takes_an_unknown_boot_mode_...
 * get_ilo_object, license                               IloDriverInfoTest, VirtualMediaBootTest
 * prepare_floppy_image, noauth, floppy name             VirtualMediaBootTest
 * attach_vmedia, setup_, cleanup_vmedia_boot            VirtualMediaBootTest
 * power: all                                            IloPowerTest
 * </pre>
 */
class IloVirtualMediaIscsiDeployTest {
    private Bench bench;
    private FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        Mockito.lenient()
                .when(bench.iscsi.getDeployInfo(any()))
                .thenReturn(new RamdiskOptions(Map.of("deployment_id", "4711", "deployment_key", "KEY")));
    }

    private DeployInterface deploy() {
        return bench.driver().deploy();
    }

    private List<Finding> findings() {
        Findings findings = new Findings();
        deploy().validate(task, findings);
        return findings.all();
    }

    // ---- validate

    @Test
    void a_complete_node_has_no_findings_and_no_hardware_is_asked() {
        assertThat(findings()).isEmpty();
        verify(bench.iscsi).validate(any(), any());
        Mockito.verifyNoInteractions(bench.ilo);
    }

    @Test
    void everything_missing_is_named_at_once() {
        everythingMissingIsNamed(Map.of("image_source", "test://image"));
        everythingMissingIsNamed(Map.of());
    }

    private void everythingMissingIsNamed(Map<String, Object> instanceInfo) {
        task = new FakeTask(NodeSpec.ofDriver("ilo").withInstanceInfo(instanceInfo));
        assertThat(findings())
                .extracting(Finding::field)
                .containsExactly(
                        "driver_info/ilo_address",
                        "driver_info/ilo_username",
                        "driver_info/ilo_password",
                        "driver_info/ilo_deploy_iso",
                        "instance_info/kernel",
                        "instance_info/ramdisk");
    }

    @Test
    void the_blueprints_name_of_the_deploy_iso_will_do() {
        Map<String, Object> info = new HashMap<>(FakeTask.driverInfo());
        info.put("deploy_iso", info.remove("ilo_deploy_iso"));
        task.with(spec -> spec.withDriverInfo(info));
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_deploy_iso_that_must_not_be_used_is_a_finding() {
        Map<String, Object> info = FakeTask.driverInfo();
        info.put("ilo_deploy_iso", "file:///etc/passwd");
        task.with(spec -> spec.withDriverInfo(info));
        assertThat(findings()).extracting(Finding::field).containsExactly("driver_info/ilo_deploy_iso");
    }

    @Test
    void a_local_deploy_iso_that_is_none_is_a_finding() throws Exception {
        Path text = Files.writeString(bench.work.resolve("deploy.iso"), "not found");
        Map<String, Object> info = FakeTask.driverInfo();
        info.put("ilo_deploy_iso", text.toUri().toString());
        task.with(spec -> spec.withDriverInfo(info));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("ilo_deploy_iso", "no ISO image");
        Files.write(text, Bench.iso("boots"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void what_an_image_that_cannot_be_asked_may_bring_is_not_missed() {
        task.setInstanceInfo("image_source", "test://absent");
        task.removeInstanceInfo("kernel");
        task.setInstanceInfo("ramdisk", "ftp://x");
        assertThat(findings()).extracting(Finding::field).containsExactly("instance_info/ramdisk");
    }

    @Test
    void an_image_server_that_no_ilo_can_reach_is_a_finding() {
        URI here = URI.create("http://127.0.0.1:6386/");
        when(bench.publisher.servedAt()).thenReturn(Optional.of(here));
        when(bench.iscsi.unreachable(here)).thenReturn(Optional.of("leads nowhere."));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("'publisher.local.host' leads nowhere.")
                .contains("publisher.local.external_url");
    }

    @Test
    void an_unknown_boot_mode_is_a_finding() {
        task.with(spec -> spec.withProperties(Map.of("capabilities", "nonsense,boot_mode:coreboot")));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("coreboot", "bios or uefi");
    }

    @Test
    void a_uefi_node_without_a_boot_iso_of_its_own_needs_a_loader_to_make_one() {
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:uefi")));
        assertThat(findings()).isEmpty();
        bench.config = bench.config.withGrubEfi(bench.work.resolve("absent.efi"));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("absent.efi");
        bench.imageProperties.put("boot_iso", "http://h/uefi.iso");
        assertThat(findings()).isEmpty();
    }

    @Test
    void an_instance_that_boots_from_its_disk_needs_nothing_for_a_boot_iso() {
        task.removeInstanceInfo("kernel");
        task.removeInstanceInfo("ramdisk");
        task.setInstanceInfo("ilo_boot_iso", "ftp://not.looked/at");
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:uefi")));
        for (InstanceBoot boot : List.of(InstanceBoot.LOCAL, InstanceBoot.WHOLE_DISK)) {
            when(bench.iscsi.instanceBoot(any())).thenReturn(boot);
            assertThat(findings()).isEmpty();
            deploy().prepare(task);
            assertThat(deploy().deploy(task)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        }
    }

    @Test
    void what_the_instance_asks_for_goes_before_what_the_server_says() {
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:bios")));
        task.setInstanceInfo("capabilities", Map.of("boot_mode", "coreboot"));
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.field()).isEqualTo("instance_info/capabilities");
            assertThat(finding.message()).contains("coreboot");
        });
        task.setInstanceInfo("capabilities", "{\"boot_mode\": \"uefi\"}");
        when(bench.iscsi.instanceBoot(any())).thenReturn(InstanceBoot.LOCAL);
        deploy().prepare(task);
        deploy().deploy(task);
        verify(bench.ilo).setBootMode(BootMode.UEFI);
    }

    // ---- boot mode

    @Test
    void the_boot_mode_of_the_capability_is_set_once_the_image_is_checked_and_the_server_off() {
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:bios")));
        when(bench.ilo.pendingBootMode()).thenReturn(Optional.of(BootMode.UEFI));
        deploy().prepare(task);
        verify(bench.ilo, never()).setBootMode(any());
        deploy().deploy(task);
        InOrder order = inOrder(bench.iscsi, bench.ilo);
        order.verify(bench.iscsi).checkImageSize(any());
        order.verify(bench.ilo).setBootMode(BootMode.BIOS);
        order.verify(bench.ilo).insertMedia(MediaDrive.CDROM, URI.create("http://127.0.0.1:8080/deploy.iso"));
    }

    @Test
    void a_mode_that_is_set_is_left_alone() {
        deploy().prepare(task);
        deploy().deploy(task);
        verify(bench.ilo, never()).setBootMode(any());
    }

    @Test
    void bios_is_chosen_when_nobody_chose() {
        when(bench.ilo.pendingBootMode()).thenReturn(Optional.empty());
        deploy().prepare(task);
        deploy().deploy(task);
        verify(bench.ilo).setBootMode(BootMode.BIOS);
    }

    @Test
    void the_mode_the_server_is_going_to_have_is_remembered_for_the_layout_of_the_disk() {
        when(bench.ilo.pendingBootMode()).thenReturn(Optional.of(BootMode.UEFI));
        deploy().prepare(task);
        assertThat(task.remembered("boot_mode")).isEqualTo("uefi");
        deploy().cleanUp(task);
        assertThat(task.remembered("boot_mode")).isNull();
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:bios")));
        deploy().prepare(task);
        assertThat(task.remembered("boot_mode")).isEqualTo("bios");
    }

    @Test
    void a_uefi_server_without_a_boot_iso_or_loader_fails_before_anything_is_touched() {
        when(bench.ilo.pendingBootMode()).thenReturn(Optional.of(BootMode.UEFI));
        deploy().prepare(task);
        bench.config = bench.config.withGrubEfi(bench.work.resolve("absent.efi"));
        assertThatThrownBy(() -> deploy().prepare(task))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(fault.inPlainWords())
                        .contains("UEFI", "absent.efi", "boot_mode", "ilo_boot_iso"));
        assertThat(deploy().touched(task.in(ProvisionState.DEPLOYING))).isFalse();
        task.setInstanceInfo("ilo_boot_iso", "http://h/uefi.iso");
        deploy().prepare(task);
        verify(bench.ilo, never()).setBootMode(any());
    }

    @Test
    void an_iso_that_does_not_boot_in_the_mode_of_the_server_fails_before_anything_is_touched() throws Exception {
        Path iso = bench.work.resolve("bios-only.iso");
        Images.createBootIso(BootIso.of(Content.of("k"), Content.of("r"), "", Content.of(new byte[100])), iso);
        Map<String, Object> info = FakeTask.driverInfo();
        info.put("ilo_deploy_iso", iso.toUri().toString());
        task.with(spec -> spec.withDriverInfo(info));
        deploy().prepare(task);
        when(bench.ilo.pendingBootMode()).thenReturn(Optional.of(BootMode.UEFI));
        assertThatThrownBy(() -> deploy().prepare(task))
                .isInstanceOfSatisfying(InvalidRequest.class, fault -> assertThat(fault.inPlainWords())
                        .contains("driver_info/ilo_deploy_iso", "only an entry for BIOS", "UEFI mode"));
        task.with(spec -> spec.withProperties(Map.of("capabilities", "boot_mode:uefi")));
        assertThat(findings())
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("ilo_deploy_iso", "only an entry for BIOS");
        verify(bench.ilo, never()).setBootMode(any());
        assertThat(task.power).isEmpty();
    }

    // ---- deploy

    @Test
    void everything_happens_in_order() {
        InOrder order = inOrder(bench.iscsi, bench.ilo);
        task.onPower = action -> bench.iscsi.config();
        assertThat(deploy().deploy(task)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        order.verify(bench.iscsi).cacheInstanceImage(task);
        order.verify(bench.iscsi).checkImageSize(task);
        order.verify(bench.ilo).licenses();
        order.verify(bench.iscsi).config();
        order.verify(bench.iscsi).getDeployInfo(task);
        order.verify(bench.ilo).insertMedia(any(), any());
        order.verify(bench.ilo).insertMedia(MediaDrive.CDROM, URI.create("http://127.0.0.1:8080/deploy.iso"));
        order.verify(bench.ilo).setOneTimeBoot(any());
        order.verify(bench.iscsi).config();
        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON);
        String floppy = new String(bench.published.get("image-" + FakeTask.NODE + ".img"), StandardCharsets.ISO_8859_1);
        assertThat(floppy).contains("deployment_id=4711", "deployment_key=KEY", "t0ken");
        assertThat(String.join("", task.events)).doesNotContain("KEY", "t0ken");
    }

    @Test
    void an_image_that_does_not_fit_fails_before_the_power_is_touched() {
        doThrow(new OperationFailed("InstanceDeployFailure", "too large", ""))
                .when(bench.iscsi)
                .checkImageSize(any());
        assertThatThrownBy(() -> deploy().deploy(task)).hasMessage("too large");
        assertThat(task.power).isEmpty();
        Mockito.verifyNoInteractions(bench.ilo);
    }

    @Test
    void a_deploy_iso_that_is_none_fails_before_the_power_is_touched() {
        Map<String, Object> info = FakeTask.driverInfo();
        info.put("ilo_deploy_iso", "test://deploy.txt");
        task.with(spec -> spec.withDriverInfo(info));
        assertThatThrownBy(() -> deploy().prepare(task)).isInstanceOfSatisfying(InvalidRequest.class, fault -> {
            assertThat(fault.code()).isEqualTo("ImageUnacceptable");
            assertThat(fault.getMessage()).startsWith("'driver_info/ilo_deploy_iso' cannot be used: The ISO test://");
        });
        assertThat(task.power).isEmpty();
        verify(bench.ilo, never()).setBootMode(any());
    }

    @Test
    void a_given_boot_iso_that_is_none_fails_before_the_power_is_touched() {
        task.setInstanceInfo("ilo_boot_iso", "test://boot.txt");
        assertThatThrownBy(() -> deploy().prepare(task))
                .hasMessageStartingWith("'instance_info/ilo_boot_iso' cannot be used: ");
        assertThat(task.power).isEmpty();
        task.setInstanceInfo("ilo_boot_iso", "test://boot.iso");
        assertThatCode(() -> deploy().prepare(task)).doesNotThrowAnyException();
    }

    @Test
    void a_missing_license_fails_before_the_power_is_touched() {
        when(bench.ilo.licenses()).thenReturn(List.of(new License("iLO 4 Standard")));
        assertThatThrownBy(() -> deploy().deploy(task)).hasMessageContaining("no license");
        assertThat(task.power).isEmpty();
    }

    @Test
    void firmware_with_a_known_hole_is_told_once() {
        when(bench.ilo.firmware()).thenReturn(new Firmware("2.50", "iLO4"));
        deploy().deploy(task);
        assertThat(task.events)
                .filteredOn(event -> event.contains("CVE-2017-12542"))
                .hasSize(1);
    }

    @Test
    void an_ilo_that_does_not_tell_its_firmware_is_deployed_all_the_same() {
        when(bench.ilo.firmware()).thenThrow(new OperationFailed("IloOperationError", "no version", ""));
        assertThat(deploy().deploy(task)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
    }

    @Test
    void a_rebuild_that_fails_before_the_power_leaves_the_instance_and_its_media_alone() throws Exception {
        task.in(ProvisionState.DEPLOYING);
        doThrow(new OperationFailed("InstanceDeployFailure", "too large", ""))
                .when(bench.iscsi)
                .checkImageSize(any());
        deploy().prepare(task);
        assertThatThrownBy(() -> deploy().deploy(task)).hasMessage("too large");
        assertThat(deploy().touched(task)).isFalse();
        deploy().cleanUp(task);
        verify(bench.iscsi).destroyImages(any());
        verify(bench.ilo, never()).ejectMedia(any());
        assertThat(deploy().touched(task))
                .as("when settled again after a crash")
                .isFalse();
        task.in(ProvisionState.DELETING);
        deploy().cleanUp(task);
        verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        assertThat(task.node().status().internalInfo()).isEmpty();
    }

    @Test
    void a_deploy_that_fails_at_the_power_has_touched_the_server_also_when_taken_up_again() {
        task.in(ProvisionState.DEPLOYING);
        deploy().prepare(task);
        task.onPower = action -> {
            throw new OperationFailed("PowerStateFailure", "stuck", "");
        };
        assertThatThrownBy(() -> deploy().deploy(task)).hasMessage("stuck");
        task.attempt = 2;
        deploy().prepare(task);
        assertThat(deploy().touched(task)).isTrue();
    }

    // ---- tear down, clean up

    @Test
    void tear_down_switches_off() {
        deploy().tearDown(task);
        assertThat(task.power).containsExactly(PowerAction.OFF);
    }

    @Test
    void clean_up_removes_all_that_a_deploy_left() {
        deploy().deploy(task);
        IloDriverProvider.parts(bench.services(), bench.config, bench.pauses::add)
                .bootIsos()
                .choose(task, Bench.DISK);
        deploy().cleanUp(task);
        assertThat(bench.published).isEmpty();
        assertThat(bench.drives.values()).noneMatch(MediaStatus::inserted);
        assertThat(bench.shared.users).isEmpty();
        verify(bench.iscsi).retireKey(task);
        verify(bench.iscsi).destroyImages(any());
        assertThat(task.node().status().internalInfo()).containsOnlyKeys(Sightings.REMEMBERED);
        assertThat(task.node().instanceInfo().has("ilo_boot_iso")).isFalse();
    }

    @Test
    void clean_up_is_content_with_nothing_to_remove() {
        deploy().cleanUp(task);
        deploy().cleanUp(task);
    }

    // ---- silence

    @Test
    void in_the_second_wait_it_is_the_boot_loader_that_was_not_reported() {
        deploy().deploy(task);
        task.remember(IloVirtualMediaIscsiDeploy.BOOT_LOADER_ORDERED, true);
        assertThat(deploy().explainSilence(task).orElseThrow())
                .contains("the ramdisk was told to install a boot loader and has not reported");
        deploy().cleanUp(task);
        assertThat(task.remembered(IloVirtualMediaIscsiDeploy.BOOT_LOADER_ORDERED))
                .isNull();
    }

    private static FetchLog log(Instant since, Optional<FetchLog.Fetched> fetched, Optional<FetchLog.Refusal> refusal) {
        FetchLog log = Mockito.mock(FetchLog.class);
        Mockito.lenient().when(log.since()).thenReturn(since);
        Mockito.lenient().when(log.of(any(String.class))).thenReturn(fetched);
        Mockito.lenient().when(log.refusal(any(String.class))).thenReturn(refusal);
        return log;
    }

    private String explained(FetchLog log) {
        deploy().deploy(task);
        when(bench.publisher.fetchLog()).thenReturn(Optional.of(log));
        return deploy().explainSilence(task).orElseThrow();
    }

    @Test
    void says_that_nothing_was_ever_fetched() {
        assertThat(explained(log(Bench.NOW.minusSeconds(60), Optional.empty(), Optional.empty())))
                .contains("never fetched", "image-" + FakeTask.NODE + ".img");
    }

    @Test
    void says_that_the_request_was_refused_and_why() {
        var refusal = new FetchLog.Refusal(Bench.NOW.plusSeconds(5), 403, "the URL expired at 12:00", "10.0.0.5");
        assertThat(explained(log(Bench.NOW.minusSeconds(60), Optional.empty(), Optional.of(refusal))))
                .contains("10.0.0.5", "was refused", "the URL expired at 12:00");
    }

    @Test
    void says_how_much_was_fetched_without_a_call_back() {
        var fetched = new FetchLog.Fetched(Bench.NOW, Bench.NOW.plusSeconds(9), 17, 123_456, "10.0.0.5");
        assertThat(explained(log(Bench.NOW.minusSeconds(60), Optional.of(fetched), Optional.empty())))
                .contains("10.0.0.5 fetched 123456 bytes", "17 requests", "did not call back");
    }

    @Test
    void fetches_of_an_earlier_deploy_do_not_count() {
        var earlier = new FetchLog.Fetched(Bench.NOW.minusSeconds(50), Bench.NOW.minusSeconds(40), 1, 1, "10.0.0.5");
        assertThat(explained(log(Bench.NOW.minusSeconds(60), Optional.of(earlier), Optional.empty())))
                .contains("never fetched");
    }

    @Test
    void a_restarted_conductor_does_not_claim_to_know() {
        assertThat(explained(log(Bench.NOW.plusSeconds(1), Optional.empty(), Optional.empty())))
                .contains("restarted", "cannot tell");
    }

    @Test
    void swift_cannot_know() {
        deploy().deploy(task);
        assertThat(deploy().explainSilence(task)).isEmpty();
    }
}
