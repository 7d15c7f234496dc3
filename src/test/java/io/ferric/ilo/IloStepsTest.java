package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.deploy.IscsiErase.Extent;
import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Step;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.PostState;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InOrder;

class IloStepsTest {
    private static final RamdiskCall CALL =
            new RamdiskCall("127.0.0.2", 3260, "iqn.2008-10.org.openstack:x", 1, Optional.empty());
    private static final VendorCall ACCEPTED = CALL.toVendorCall("pass_deploy_info");
    private static final StepCall METADATA = new StepCall("deploy", "erase_devices_metadata", Map.of());
    private static final StepCall DEVICES = new StepCall("deploy", "erase_devices", Map.of());
    private static final StepCall RESET_ILO = new StepCall("management", "reset_ilo", Map.of());
    private static final StepCall FACTORY = new StepCall("bios", "factory_reset", Map.of());
    private static final OperationFailed GONE = new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "no answer", "");

    private Bench bench;
    private final FakeTask task = FakeTask.complete();
    private final Map<String, String> bios = new HashMap<>(Map.of("Sriov", "Enabled", "Cores", "8"));
    private final Map<String, String> pending = new HashMap<>(bios);

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        bench.config = bench.config.withStepTimeout(Duration.ofSeconds(20));
        task.with(spec -> spec.withInstanceInfo(Map.of()));
        when(bench.ilo.power()).thenReturn(PowerState.OFF);
    }

    private StepsInterface steps() {
        return bench.driver().steps().orElseThrow();
    }

    // ---- what there is

    @Test
    void only_metadata_is_erased_unasked() {
        assertThat(steps().steps(task))
                .extracting(each -> each.kind() + "." + each.name() + " " + each.cleanPriority())
                .containsExactly(
                        "deploy.erase_devices_metadata 99",
                        "deploy.erase_devices 0",
                        "management.reset_ilo 0",
                        "bios.factory_reset 0",
                        "bios.apply_configuration 0");
        assertThat(steps().steps(task))
                .filteredOn(Step::needsRamdisk)
                .allMatch(Step::abortable)
                .hasSize(2);
    }

    @Test
    void priorities_are_those_of_the_configuration() {
        bench.config = bench.config.withCleanPriorities(new CleanPriorities(0, 10, 1, 20));
        assertThat(steps().steps(task)).extracting(Step::cleanPriority).containsExactly(0, 10, 1, 20, 0);
    }

    @Test
    void a_step_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> steps().run(task, new StepCall("raid", "create_configuration", Map.of())))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("raid.create_configuration");
        assertThatThrownBy(() -> steps().resume(task, RESET_ILO, ACCEPTED)).isInstanceOf(InvalidRequest.class);
    }

    // ---- erasing

    @Test
    void the_first_visit_boots_the_ramdisk_as_a_deploy_does() {
        assertThat(steps().run(task, METADATA)).isEqualTo(new DeployOutcome.AwaitingRamdisk());

        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON);
        assertThat(bench.urlOf(MediaDrive.CDROM).toString()).contains("deploy.iso");
        assertThat(new String(bench.published.get("image-" + FakeTask.NODE + ".img"), StandardCharsets.ISO_8859_1))
                .contains("deployment_id=4711")
                .contains("t0ken");
        verify(bench.iscsi, never()).cacheInstanceImage(any());
        verify(bench.iscsi, never()).getDeployInfo(any());
    }

    @ParameterizedTest
    @CsvSource({"erase_devices_metadata,METADATA", "erase_devices,EVERYTHING"})
    void the_second_visit_erases_and_leaves_the_server_off_and_its_drives_empty(String name, Extent extent) {
        StepCall step = new StepCall("deploy", name, Map.of());
        steps().run(task, step);
        doAnswer(call -> assertThat(bench.drives.get(MediaDrive.CDROM).inserted())
                        .isFalse())
                .when(bench.erase)
                .run(any(), any(), any());
        assertThat(steps().resume(task, step, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());

        InOrder order = inOrder(bench.erase, bench.notifier);
        order.verify(bench.erase).run(any(), eq(CALL), eq(extent));
        order.verify(bench.notifier).notifyDone("127.0.0.2");
        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON, PowerAction.OFF);
        assertThat(bench.published).isEmpty();
        assertThat(task.node().status().internalInfo().keySet()).containsOnly("ilo_seen", "boot_mode");
    }

    @Test
    void a_ramdisk_that_does_not_listen_is_switched_off_all_the_same() {
        steps().run(task, METADATA);
        doThrow(new OperationFailed("x", "nobody", "", new ConnectException()))
                .when(bench.notifier)
                .notifyDone(anyString());
        assertThat(steps().resume(task, METADATA, ACCEPTED)).isEqualTo(new DeployOutcome.Finished());
        assertThat(task.power).endsWith(PowerAction.OFF);
    }

    @Test
    void run_again_after_the_disk_was_erased_it_only_switches_off() {
        steps().run(task, METADATA);
        task.onPower = action -> {
            if (task.power.size() == 3) {
                throw GONE;
            }
        };
        assertThatThrownBy(() -> steps().resume(task, METADATA, ACCEPTED)).isSameAs(GONE);
        task.attempt = 2;
        steps().resume(task, METADATA, ACCEPTED);
        verify(bench.erase, times(1)).run(any(), any(), any());
        verify(bench.notifier, times(1)).notifyDone(anyString());
    }

    @Test
    void what_is_known_to_be_wrong_is_told_before_the_server_is_touched() {
        task.setDriverInfo("ilo_deploy_iso", "");
        doAnswer(call -> {
                    call.<Findings>getArgument(1).missing("api_url", "Say where.");
                    return null;
                })
                .when(bench.erase)
                .validate(any(Task.class), any());
        assertThatThrownBy(() -> steps().run(task, METADATA))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("driver_info/ilo_deploy_iso")
                .hasMessageContaining("api_url");
        when(bench.ilo.licenses()).thenReturn(List.of(new License("iLO 4 Standard")));
        assertThat(task.power).isEmpty();
        steps().cleanUp(task);
        assertThat(task.power).isEmpty();
    }

    @Test
    void clean_up_takes_key_media_and_ramdisk_away_and_does_nothing_when_there_is_none() {
        steps().run(task, METADATA);
        steps().cleanUp(task);
        verify(bench.erase).retireKey(any());
        assertThat(task.power).endsWith(PowerAction.OFF).hasSize(3);
        assertThat(bench.drives.values()).noneMatch(each -> each.inserted());
        steps().cleanUp(task);
        assertThat(task.power).hasSize(3);
    }

    @Test
    void the_call_of_such_a_ramdisk_is_judged_without_an_instance() {
        var vendor = bench.driver().vendor().orElseThrow();
        VendorCall call = new VendorCall("pass_deploy_info", Map.of("key", "x"));
        when(bench.erase.accept(any(), any())).thenReturn(CALL);
        when(bench.iscsi.acceptCall(any(), any())).thenThrow(new AssertionError("no deploy"));
        steps().run(task, METADATA);
        assertThat(vendor.accept(task, call)).isEqualTo(ACCEPTED);
        when(bench.erase.accept(any(), any())).thenThrow(new InvalidRequest("x", "Deploy key does not match", ""));
        assertThatThrownBy(() -> vendor.accept(task, call)).hasMessage("Deploy key does not match");
        assertThatThrownBy(() -> vendor.accept(
                        task,
                        new VendorCall("pass_bootloader_install_info", Map.of("key", "x", "status", "SUCCEEDED"))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("not what node");
    }

    @Test
    void a_deploy_that_follows_is_not_taken_for_it() {
        steps().run(task, METADATA);
        task.with(spec ->
                spec.withInstanceInfo(FakeTask.complete().node().instanceInfo().values()));
        bench.driver().deploy().prepare(task);
        assertThat(ErasingRamdisk.ordered(task.node())).isFalse();
    }

    // ---- the iLO

    @Test
    void an_ilo_that_is_reset_is_waited_for_until_it_answers() {
        when(bench.ilo.power())
                .thenReturn(PowerState.ON)
                .thenThrow(GONE)
                .thenThrow(GONE)
                .thenReturn(PowerState.ON);
        assertThat(steps().run(task, RESET_ILO)).isEqualTo(new DeployOutcome.Finished());
        verify(bench.ilo).resetIlo();
        assertThat(bench.pauses).hasSize(2);
        assertThat(task.events).last().isEqualTo("reset iLO: The iLO answers again");
        assertThat(task.power).isEmpty();
    }

    @Test
    void one_that_stays_away_is_told_with_the_time_it_got() {
        when(bench.ilo.power()).thenThrow(GONE);
        assertThatThrownBy(() -> steps().run(task, RESET_ILO))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("does not answer after 20 s");
    }

    @Test
    void one_that_offers_no_reset_is_a_bad_request() {
        doThrow(NotOffered.fault("resetting the iLO is not offered", "", null))
                .when(bench.ilo)
                .resetIlo();
        assertThatThrownBy(() -> steps().run(task, RESET_ILO)).isInstanceOf(InvalidRequest.class);
    }

    // ---- BIOS settings

    private void playBios() {
        when(bench.ilo.biosSettings())
                .thenAnswer(call -> List.of(
                        new BiosSetting(
                                "Sriov",
                                Optional.of(bios.get("Sriov")),
                                Optional.of(pending.get("Sriov")),
                                Optional.of("Enumeration"),
                                List.of("Enabled", "Disabled"),
                                Optional.of(false)),
                        new BiosSetting(
                                "Cores",
                                Optional.of(bios.get("Cores")),
                                Optional.of(pending.get("Cores")),
                                Optional.of("Integer"),
                                List.of(),
                                Optional.empty()),
                        new BiosSetting(
                                "Tpm",
                                Optional.of("Present"),
                                Optional.of("Present"),
                                Optional.empty(),
                                List.of(),
                                Optional.of(true))));
        lenient()
                .doAnswer(call -> {
                    pending.putAll(call.getArgument(0));
                    return null;
                })
                .when(bench.ilo)
                .changeBios(any());
        task.onPower = action -> {
            if (action == PowerAction.ON) {
                bios.putAll(pending);
            }
        };
    }

    private static StepCall settings(Object... namesAndValues) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            list.add(Map.of("name", namesAndValues[i], "value", namesAndValues[i + 1]));
        }
        return new StepCall("bios", "apply_configuration", Map.of("settings", list));
    }

    @Test
    void settings_are_changed_the_server_started_and_switched_off_again() {
        playBios();
        assertThat(steps().run(task, settings("Sriov", "Disabled", "Cores", 8)))
                .isEqualTo(new DeployOutcome.Finished());
        verify(bench.ilo).changeBios(Map.of("Sriov", "Disabled"));
        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON, PowerAction.OFF);
    }

    @Test
    void a_server_that_was_on_stays_on_and_one_that_has_them_is_left_alone() {
        playBios();
        when(bench.ilo.power()).thenReturn(PowerState.ON);
        steps().run(task, settings("Cores", 4));
        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON);
        steps().run(task, settings("Cores", "4"));
        assertThat(task.power).hasSize(2);
        verify(bench.ilo, times(1)).changeBios(any());
    }

    @Test
    void settings_that_the_server_does_not_take_are_named_with_what_it_has() {
        playBios();
        task.onPower = action -> {};
        assertThatThrownBy(() -> steps().run(task, settings("Sriov", "Disabled")))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("After 20 s")
                .hasMessageContaining("Sriov=Enabled");
        assertThat(task.power).endsWith(PowerAction.OFF);
    }

    @Test
    void all_that_cannot_be_set_is_named_at_once_and_nothing_is_changed() {
        playBios();
        assertThatThrownBy(() ->
                        steps().run(task, settings("Sriov", "Perhaps", "Cores", "many", "Tpm", "Absent", "Warp", "9")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'Sriov' cannot be 'Perhaps'; it can be Enabled, Disabled.")
                .hasMessageContaining("'Cores' is a whole number")
                .hasMessageContaining("'Tpm' is a BIOS setting that can only be read.")
                .hasMessageContaining("'Warp' is no BIOS setting of this server");
        verify(bench.ilo, never()).changeBios(any());
        assertThat(task.power).isEmpty();
    }

    @Test
    void an_argument_of_another_shape_is_refused_with_its_place() {
        for (Object wrong : List.of("Sriov", 7, List.of(), Map.of("Sriov", "Enabled"))) {
            assertThatThrownBy(() ->
                            steps().run(task, new StepCall("bios", "apply_configuration", Map.of("settings", wrong))))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("'settings' must be a list");
        }
        List<Object> items = List.of(
                Map.of("name", "Sriov"),
                Map.of("name", "Sriov", "value", List.of()),
                Map.of("name", " ", "value", "x"),
                Map.of("name", "Sriov", "value", "x", "more", 1),
                "Sriov",
                Map.of("name", "Sriov", "value", "Enabled"),
                Map.of("name", "Sriov", "value", "Disabled"));
        assertThatThrownBy(
                        () -> steps().run(task, new StepCall("bios", "apply_configuration", Map.of("settings", items))))
                .hasMessageContaining("'settings[0]'")
                .hasMessageContaining("'settings[1]'")
                .hasMessageContaining("'settings[2]'")
                .hasMessageContaining("'settings[3]'")
                .hasMessageContaining("'settings[4]'")
                .hasMessageContaining("'settings[6]' names Sriov a second time");
        assertThatThrownBy(() -> steps().run(task, new StepCall("bios", "apply_configuration", Map.of())))
                .hasMessageContaining("'settings' must be a list");
    }

    @Test
    void where_ribcl_is_all_there_is_bios_settings_are_refused_in_plain_words() {
        when(bench.ilo.biosSettings()).thenCallRealMethod();
        doAnswer(CALLS_REAL_METHODS).when(bench.ilo).resetBios();
        for (StepCall step : List.of(settings("Sriov", "Enabled"), FACTORY)) {
            assertThatThrownBy(() -> steps().run(task, step))
                    .isInstanceOfSatisfying(InvalidRequest.class, fault -> assertThat(fault.code())
                            .isEqualTo(FaultCode.UNSUPPORTED_DRIVER_EXTENSION))
                    .hasMessageContaining("BIOS settings is not offered by RIBCL");
        }
        assertThatThrownBy(() -> bench.driver().bios().orElseThrow().settings(task))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void the_factory_settings_take_one_self_test() {
        when(bench.ilo.postState())
                .thenReturn(Optional.of(PostState.OFF))
                .thenReturn(Optional.of(PostState.RUNNING))
                .thenReturn(Optional.of(PostState.FINISHED));
        steps().run(task, FACTORY);
        verify(bench.ilo).resetBios();
        assertThat(bench.pauses).hasSize(2);
        assertThat(task.power).containsExactly(PowerAction.OFF, PowerAction.ON, PowerAction.OFF);
        when(bench.ilo.postState()).thenReturn(Optional.of(PostState.RUNNING));
        assertThatThrownBy(() -> steps().run(task, FACTORY)).hasMessageContaining("self-test after 20 s");
    }
}
