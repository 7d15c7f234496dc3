package io.ferric.ilo.redfish;

import static io.ferric.ilo.redfish.Fixtures.CD;
import static io.ferric.ilo.redfish.Fixtures.FLOPPY;
import static io.ferric.ilo.redfish.Fixtures.MANAGER;
import static io.ferric.ilo.redfish.Fixtures.SYSTEM;
import static io.ferric.ilo.redfish.Fixtures.doing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.redfish.ScriptedRedfish.Reply;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedfishClientTest {
    static final String CD_ONCE =
            "{\"Boot\":{\"BootSourceOverrideEnabled\":\"Once\",\"BootSourceOverrideTarget\":\"Cd\"}}";
    static final URI ISO = URI.create("https://10.0.0.1:8089/i/boot.iso?sig=beef");

    private static final String RESET = "POST " + SYSTEM + "Actions/ComputerSystem.Reset/";
    private static final String INSERT = "POST " + CD + "Actions/VirtualMedia.InsertMedia/";
    private static final String EJECT = "POST " + CD + "Actions/VirtualMedia.EjectMedia/";
    private static final String CD_TYPES = "'CD','DVD'";

    private ScriptedRedfish bmc;

    @BeforeEach
    void start() throws Exception {
        bmc = new ScriptedRedfish();
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    private IloClient ilo4() throws Exception {
        return Fixtures.ilo4Gen9(bmc).client(Generation.ILO4, "2.50", "ProLiant DL380 Gen9");
    }

    private IloClient ilo5() throws Exception {
        return Fixtures.ilo5(bmc).client(Generation.ILO5, "2.70", "ProLiant DL380 Gen10");
    }

    private IloClient ilo6() throws Exception {
        return Fixtures.ilo6(bmc).client(Generation.ILO6, "1.57", "ProLiant DL380 Gen11");
    }

    private IloClient ilo7() throws Exception {
        return Fixtures.ilo7(bmc).client(Generation.ILO7, "1.12", "ProLiant DL380 Gen12");
    }

    private void power(String state) {
        bmc.has(SYSTEM, Fixtures.system("ProLiant DL380 Gen10", state));
    }

    private void inCd(String image) {
        bmc.has(CD, Fixtures.holding(CD, CD_TYPES, image, Fixtures.hpeActions(CD)));
    }

    private void cdEmpty() {
        bmc.has(CD, Fixtures.empty(CD, CD_TYPES, Fixtures.hpeActions(CD)));
    }

    private static OperationFailed failure(ThrowingCallable call) {
        OperationFailed failure = catchThrowableOfType(OperationFailed.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    // ---- power

    @Test
    void a_server_on_its_way_is_neither_on_nor_off() throws Exception {
        IloClient ilo = ilo5();
        power("PoweringOff");
        assertThat(ilo.power()).isEqualTo(PowerState.ERROR);
        power("PoweringOn");
        assertThat(ilo.power()).isEqualTo(PowerState.ERROR);
        power("Unknown");
        assertThat(ilo.power()).isEqualTo(PowerState.ERROR);
    }

    @Test
    void what_is_so_already_is_not_asked_for() throws Exception {
        IloClient ilo = ilo5();
        ilo.powerOn();
        power("Off");
        ilo.holdPowerButton();
        assertThat(bmc.changes()).isEmpty();
    }

    @Test
    void switches_on_and_off_and_resets_by_the_standard() throws Exception {
        IloClient ilo = ilo5();
        ilo.reset();
        ilo.holdPowerButton();
        ilo.pressPowerButton();
        ilo.injectNmi();
        power("Off");
        ilo.powerOn();
        assertThat(bmc.changes())
                .containsExactly(
                        RESET + " {\"ResetType\":\"ForceRestart\"}",
                        RESET + " {\"ResetType\":\"ForceOff\"}",
                        RESET + " {\"ResetType\":\"PushPowerButton\"}",
                        RESET + " {\"ResetType\":\"Nmi\"}",
                        RESET + " {\"ResetType\":\"On\"}");
    }

    @Test
    void a_server_that_is_off_is_not_reset() throws Exception {
        IloClient ilo = ilo5();
        power("Off");
        assertThat(failure(ilo::reset))
                .hasMessageEndingWith("(Redfish): resetting the server failed: the server is off");
        assertThat(failure(ilo::coldBoot)).hasMessageEndingWith("the server is off");
        assertThat(bmc.changes()).isEmpty();
    }

    @Test
    void a_refusal_does_not_matter_when_the_state_is_reached_meanwhile() throws Exception {
        IloClient ilo = ilo5();
        power("Off");
        bmc.when(RESET, request -> {
            power("On");
            return Optional.of(Reply.error(400, "iLO.2.8.InvalidOperationForSystemState"));
        });
        ilo.powerOn();
        assertThat(bmc.changes()).hasSize(1);
    }

    @Test
    void the_button_is_used_where_the_standard_does_not_do_it() throws Exception {
        IloClient ilo = ilo4();
        bmc.has(SYSTEM, bmc.resource(SYSTEM).replace("\"ForceOff\",", ""));
        ilo.holdPowerButton();
        assertThat(bmc.changes())
                .containsExactly("POST " + SYSTEM
                        + "Actions/Oem/Hp/ComputerSystemExt.PowerButton/ {\"PushType\":\"PressAndHold\"}");
    }

    @Test
    void boots_cold_by_the_makers_action_or_off_and_on() throws Exception {
        IloClient ilo = ilo5();
        ilo.coldBoot();
        assertThat(bmc.changes())
                .containsExactly("POST " + SYSTEM
                        + "Actions/Oem/Hpe/HpeComputerSystemExt.SystemReset/ {\"ResetType\":\"ColdBoot\"}");
        bmc.has(SYSTEM, bmc.resource(SYSTEM).replace("SystemReset", "Other"));
        String off = bmc.resource(SYSTEM).replace("\"On\",\"UUID", "\"Off\",\"UUID");
        bmc.when(
                RESET,
                request -> request.body().contains("ForceOff")
                        ? doing(() -> bmc.has(SYSTEM, off)).answer(request)
                        : Optional.empty());
        ilo.coldBoot();
        assertThat(bmc.changes().subList(1, 3))
                .containsExactly(RESET + " {\"ResetType\":\"ForceOff\"}", RESET + " {\"ResetType\":\"On\"}");
    }

    @Test
    void a_blade_may_refuse_to_be_switched_on_for_a_while() throws Exception {
        IloClient ilo = Fixtures.ilo5(bmc).client(Generation.ILO5, "2.70", "ProLiant BL460c Gen10");
        power("Off");
        bmc.next(RESET, Reply.error(400, "iLO.2.8.UnableToPowerOn"));
        bmc.next(RESET, Reply.error(400, "iLO.2.8.UnableToPowerOn"));
        ilo.powerOn();
        assertThat(bmc.pauses()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
        IloClient rack = bmc.client(Generation.ILO5, "2.70", "ProLiant DL360 Gen10");
        bmc.next(RESET, Reply.error(400, "iLO.2.8.UnableToPowerOn"));
        assertThat(failure(rack::powerOn))
                .hasMessageEndingWith("switching the power on failed: it refuses (it said: UnableToPowerOn)");
    }

    @Test
    void tells_how_far_the_self_test_is() throws Exception {
        assertThat(ilo5().postState()).contains(PostState.FINISHED);
        assertThat(ilo4().postState()).contains(PostState.RUNNING);
    }

    // ---- virtual media

    @Test
    void media_is_inserted_by_the_action_the_drive_offers() throws Exception {
        ilo5().insertMedia(MediaDrive.CDROM, ISO);
        assertThat(bmc.changes()).containsExactly(INSERT + " {\"Image\":\"" + ISO + "\"}");
    }

    @Test
    void an_ilo4_has_an_action_of_its_own() throws Exception {
        ilo4().insertMedia(MediaDrive.FLOPPY, ISO);
        assertThat(bmc.changes())
                .containsExactly("POST " + FLOPPY + "Actions/Oem/Hp/HpiLOVirtualMedia.InsertVirtualMedia/ {\"Image\":\""
                        + ISO + "\"}");
    }

    @Test
    void an_early_ilo5_has_only_the_makers_action() throws Exception {
        IloClient ilo = ilo5();
        bmc.has(CD, bmc.resource(CD).replace("#VirtualMedia.", "#Nothing."));
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        assertThat(bmc.changes()).first().asString().contains("Oem/Hpe/HpeiLOVirtualMedia.InsertVirtualMedia/");
    }

    @Test
    void a_drive_without_actions_is_changed() throws Exception {
        IloClient ilo = ilo4();
        bmc.has(CD, Fixtures.empty(CD, CD_TYPES, "'Oem':{}"));
        bmc.when("PATCH " + CD, doing(() -> bmc.has(CD, Fixtures.holding(CD, CD_TYPES, "x", "'Oem':{}"))));
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        bmc.when("PATCH " + CD, doing(() -> bmc.has(CD, Fixtures.empty(CD, CD_TYPES, "'Oem':{}"))));
        catchThrowableOfType(OperationFailed.class, () -> ilo.ejectMedia(MediaDrive.CDROM));
        assertThat(bmc.changes())
                .startsWith("PATCH " + CD + " {\"Image\":\"" + ISO + "\"}", "PATCH " + CD + " {\"Image\":null}");
    }

    @Test
    void what_is_in_is_ejected_and_waited_for_before_inserting() throws Exception {
        IloClient ilo = ilo5();
        inCd("http://old/x.iso");
        int[] looks = {0};
        bmc.when(EJECT, doing(() -> looks[0] = 3));
        bmc.when("GET " + CD, request -> {
            if (looks[0] > 0 && --looks[0] == 0) {
                cdEmpty();
            }
            return Optional.empty();
        });
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        assertThat(bmc.changes()).containsExactly(EJECT + " {}", INSERT + " {\"Image\":\"" + ISO + "\"}");
        assertThat(bmc.pauses()).isNotEmpty();
    }

    @Test
    void media_that_stays_in_is_told() throws Exception {
        IloClient ilo = ilo5();
        inCd("http://old/x.iso");
        assertThat(failure(() -> ilo.insertMedia(MediaDrive.CDROM, ISO)))
                .hasMessageEndingWith(
                        "ejecting virtual media CDROM failed: it takes the command but still says that media is inserted");
        assertThat(bmc.pauses()).hasSize(14);
    }

    @Test
    void a_refused_eject_of_an_empty_drive_is_fine() throws Exception {
        IloClient ilo = ilo5();
        ilo.ejectMedia(MediaDrive.CDROM);
        assertThat(bmc.changes()).isEmpty();
        inCd("http://old/x.iso");
        bmc.when(EJECT, request -> {
            cdEmpty();
            return Optional.of(Reply.error(400, "iLO.2.8.NoVirtualMediaConnectionAvailable"));
        });
        ilo.ejectMedia(MediaDrive.CDROM);
    }

    @Test
    void newer_firmware_gets_what_it_asks_for() throws Exception {
        IloClient ilo = ilo6();
        bmc.next(
                INSERT,
                Reply.error(
                        400, "Base.1.17.ActionParameterMissing", "VirtualMedia.InsertMedia", "TransferProtocolType"));
        bmc.next(
                INSERT,
                Reply.error(400, "Base.1.17.ActionParameterMissing", "VirtualMedia.InsertMedia", "TransferMethod"));
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        assertThat(bmc.changes())
                .last()
                .isEqualTo(INSERT + " {\"Image\":\"" + ISO
                        + "\",\"TransferMethod\":\"Stream\",\"TransferProtocolType\":\"HTTPS\"}");
    }

    @Test
    void an_ilo7_is_not_even_asked_to_insert_by_http() throws Exception {
        IloClient ilo = ilo7();
        assertThat(failure(() -> ilo.insertMedia(MediaDrive.CDROM, URI.create("http://10.0.0.1/boot.iso"))))
                .hasMessageEndingWith("an iLO 7 takes images by https only, and this one is published by http");
        assertThat(bmc.changes()).isEmpty();
        ilo.insertMedia(MediaDrive.CDROM, ISO);
    }

    @Test
    void a_missing_license_is_told_without_the_signature() throws Exception {
        IloClient ilo = ilo5();
        bmc.when(INSERT, request -> Optional.of(Reply.error(403, "iLO.2.8.LicenseKeyRequired", ISO.toString())));
        OperationFailed failure = failure(() -> ilo.insertMedia(MediaDrive.CDROM, ISO));
        assertThat(failure.inPlainWords())
                .contains(
                        "inserting virtual media CDROM failed: its license does not allow it (it said: LicenseKeyRequired")
                .contains("Virtual media by URL needs an iLO Advanced or Scale-Out license.")
                .doesNotContain("beef");
    }

    @Test
    void a_drive_held_by_a_console_is_left_alone() throws Exception {
        IloClient ilo = ilo5();
        bmc.has(CD, bmc.resource(CD).replace("NotConnected", "Applet"));
        assertThat(ilo.mediaStatus(MediaDrive.CDROM).heldByConsole()).isTrue();
        assertThat(failure(() -> ilo.insertMedia(MediaDrive.CDROM, ISO)))
                .hasMessageContaining("taken by someone's remote console");
        assertThat(bmc.changes()).isEmpty();
    }

    @Test
    void tells_what_is_in_and_boots_from_it_once() throws Exception {
        IloClient ilo = ilo5();
        inCd("http://a/b.iso");
        assertThat(ilo.mediaStatus(MediaDrive.CDROM))
                .isEqualTo(new MediaStatus(true, false, Optional.of("http://a/b.iso"), "BOOT_ALWAYS", true));
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.BOOT_ONCE);
        assertThat(bmc.changes())
                .containsExactly("PATCH " + CD + " {\"Oem\":{\"Hpe\":{\"BootOnNextServerReset\":true}}}");
        bmc.has(CD, bmc.resource(CD).replace("ServerReset\":false", "ServerReset\":true"));
        assertThat(ilo.mediaStatus(MediaDrive.CDROM).bootOption()).isEqualTo("BOOT_ONCE");
        assertThat(ilo.mediaStatus(MediaDrive.FLOPPY).inserted()).isFalse();
    }

    // ---- boot

    @Test
    void reads_and_sets_what_the_next_boot_comes_from() throws Exception {
        IloClient ilo = ilo5();
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(bmc.changes()).containsExactly("PATCH " + SYSTEM + " " + CD_ONCE);
        bmc.has(
                SYSTEM,
                bmc.resource(SYSTEM)
                        .replace("\"Disabled\"", "\"Once\"")
                        .replace("Target\":\"None\"", "Target\":\"Cd\""));
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.CDROM);
        ilo.clearOneTimeBoot();
        assertThat(bmc.changes())
                .last()
                .isEqualTo("PATCH " + SYSTEM + " {\"Boot\":{\"BootSourceOverrideEnabled\":\"Disabled\"}}");
    }

    @Test
    void the_self_test_is_waited_for() throws Exception {
        IloClient ilo = ilo5();
        Reply busy = Reply.error(400, "iLO.2.8.UnableToModifyDuringSystemPOST", "BootSourceOverrideTarget");
        bmc.next("PATCH " + SYSTEM, busy).next("PATCH " + SYSTEM, busy).next("PATCH " + SYSTEM, busy);
        ilo.setOneTimeBoot(BootDevice.PXE);
        assertThat(bmc.pauses()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    @Test
    void a_self_test_without_end_is_not() throws Exception {
        IloClient ilo = ilo5();
        bmc.when("PATCH " + SYSTEM, request -> Optional.of(Reply.error(400, "iLO.2.8.UnableToModifyDuringSystemPOST")));
        assertThat(failure(() -> ilo.setOneTimeBoot(BootDevice.PXE)))
                .hasMessageContaining("the server is in its power-on self-test, during which this cannot be set");
        assertThat(bmc.pauses().stream().mapToLong(Duration::toSeconds).sum()).isBetween(200L, 300L);
    }

    @Test
    void firmware_that_refuses_the_override_boots_from_a_cd_that_is_in() throws Exception {
        IloClient ilo = ilo6();
        bmc.when("PATCH " + SYSTEM, request -> Optional.of(Reply.error(400, "iLO.2.24.UnsupportedOperation")));
        assertThat(NotOffered.caused(failure(() -> ilo.setOneTimeBoot(BootDevice.CDROM))))
                .isTrue();
        inCd("http://a/b.iso");
        bmc.when(
                "PATCH " + CD,
                doing(() -> bmc.has(CD, bmc.resource(CD).replace("ServerReset\":false", "ServerReset\":true"))));
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(bmc.changes()).last().asString().contains("BootOnNextServerReset\":true");
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.CDROM);
        assertThat(NotOffered.caused(failure(() -> ilo.setOneTimeBoot(BootDevice.PXE))))
                .isTrue();
    }

    @Test
    void a_change_matches_what_was_read_and_is_made_once_more_when_it_does_not() throws Exception {
        IloClient ilo = ilo5();
        int[] reads = {0};
        bmc.when(
                "GET " + SYSTEM,
                request -> Optional.of(Reply.of(200, bmc.resource(SYSTEM)).with("ETag", "W/\"" + ++reads[0] + "\"")));
        bmc.when(
                "PATCH " + SYSTEM,
                request -> request.headers().get("if-match").equals("W/\"1\"")
                        ? Optional.of(Reply.error(412, "Base.1.4.PreconditionFailed"))
                        : Optional.empty());
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(bmc.requests())
                .last()
                .satisfies(each -> assertThat(each.headers().get("if-match")).isEqualTo("W/\"2\""));
        assertThat(bmc.changes()).hasSize(2);
    }

    @Test
    void an_etag_that_never_matches_is_left_away() throws Exception {
        IloClient ilo = ilo4();
        bmc.when(
                "GET " + SYSTEM,
                request -> Optional.of(Reply.of(200, bmc.resource(SYSTEM)).with("ETag", "W/\"same\"")));
        bmc.when(
                "PATCH " + SYSTEM,
                request ->
                        request.headers().containsKey("if-match") ? Optional.of(Reply.of(412, "")) : Optional.empty());
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(bmc.changes()).hasSize(2);
    }

    @Test
    void a_lasting_override_puts_a_device_first() throws Exception {
        IloClient ilo = ilo5();
        assertThat(ilo.persistentBoot()).containsExactly(BootTarget.DISK, BootTarget.PXE, BootTarget.CDROM);
        ilo.setPersistentBoot(BootDevice.DISK);
        assertThat(bmc.changes())
                .last()
                .asString()
                .contains("\"BootSourceOverrideEnabled\":\"Continuous\",\"BootSourceOverrideTarget\":\"Hdd\"");
        bmc.has(
                SYSTEM,
                bmc.resource(SYSTEM)
                        .replace("\"Disabled\"", "\"Continuous\"")
                        .replace("Target\":\"None\"", "Target\":\"Hdd\""));
        assertThat(ilo.persistentBoot()).containsExactly(BootTarget.DISK);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
    }

    @Test
    void where_no_override_lasts_the_boot_order_is_changed() throws Exception {
        IloClient ilo = ilo5();
        bmc.has(
                SYSTEM,
                bmc.resource(SYSTEM)
                        .replace(
                                "\"Boot\":{",
                                "\"Boot\":{\"BootSourceOverrideEnabled@Redfish.AllowableValues\":[\"Once\",\"Disabled\"],"));
        ilo.setPersistentBoot(BootDevice.PXE);
        assertThat(bmc.changes())
                .last()
                .isEqualTo("PATCH " + SYSTEM
                        + "Bios/Boot/Settings/ {\"PersistentBootConfigOrder\":[\"NIC.1\",\"HD.1\",\"CD.1\"]}");
        ilo.setPersistentBootLast(List.of(BootTarget.CDROM, BootTarget.PXE));
        assertThat(bmc.changes())
                .last()
                .isEqualTo("PATCH " + SYSTEM
                        + "Bios/Boot/Settings/ {\"PersistentBootConfigOrder\":[\"HD.1\",\"CD.1\",\"NIC.1\"]}");
    }

    @Test
    void an_ilo4_leaves_the_boot_order_to_ribcl() throws Exception {
        IloClient ilo = ilo4();
        assertThat(NotOffered.caused(failure(() -> ilo.setPersistentBoot(BootDevice.DISK))))
                .isTrue();
        assertThat(bmc.changes()).isEmpty();
        assertThat(ilo.persistentBoot()).isEmpty();
    }

    @Test
    void the_boot_mode_of_now_and_of_the_next_boot() throws Exception {
        IloClient ilo = ilo5();
        assertThat(ilo.currentBootMode()).contains(BootMode.UEFI);
        assertThat(ilo.pendingBootMode()).contains(BootMode.BIOS);
        assertThat(ilo.supportedBootModes()).isEqualTo(Set.of(BootMode.BIOS, BootMode.UEFI));
        ilo.setBootMode(BootMode.UEFI);
        assertThat(bmc.changes())
                .containsExactly("PATCH " + SYSTEM
                        + "Bios/Settings/ {\"Attributes\":{\"BootMode\":\"Uefi\",\"UefiOptimizedBoot\":\"Enabled\"}}");
        assertThat(ilo.secureBoot()).contains(true);
    }

    @Test
    void an_ilo4_has_its_bios_settings_at_the_top() throws Exception {
        IloClient ilo = ilo4();
        assertThat(ilo.currentBootMode()).contains(BootMode.BIOS);
        ilo.setBootMode(BootMode.UEFI);
        assertThat(bmc.changes())
                .containsExactly(
                        "PATCH " + SYSTEM + "Bios/Settings/ {\"BootMode\":\"Uefi\",\"UefiOptimizedBoot\":\"Enabled\"}");
        bmc.next(
                "GET " + SYSTEM + "Bios/Settings/",
                Reply.of(200, "{\"BootMode\":\"Uefi\"}").with("Allow", "GET, HEAD"));
        assertThat(NotOffered.caused(failure(() -> ilo.setBootMode(BootMode.BIOS))))
                .isTrue();
        assertThat(ilo.secureBoot()).isEmpty();
    }

    @Test
    void gen8_is_left_to_ribcl_or_known_to_boot_in_bios_mode() throws Exception {
        Fixtures.ilo4Gen9(bmc).has(SYSTEM, Fixtures.system4("On", ""));
        IloClient dl580 = bmc.client(Generation.ILO4, "2.50", "ProLiant DL580 Gen8");
        assertThat(NotOffered.caused(failure(dl580::currentBootMode))).isTrue();
        IloClient dl380 = bmc.client(Generation.ILO4, "2.50", "ProLiant DL380p Gen8");
        assertThat(dl380.currentBootMode()).contains(BootMode.BIOS);
        assertThat(dl380.supportedBootModes()).containsExactly(BootMode.BIOS);
    }

    // ---- the iLO itself

    @Test
    void tells_what_it_is() throws Exception {
        IloClient ilo = ilo5();
        assertThat(ilo.productName()).isEqualTo("ProLiant DL380 Gen10");
        assertThat(ilo.firmware()).isEqualTo(new Firmware("2.70", "iLO5"));
        assertThat(ilo.licenses()).containsExactly(new License("iLO Advanced"));
        ilo.resetIlo();
        assertThat(bmc.changes())
                .containsExactly("POST " + MANAGER + "Actions/Manager.Reset/ {\"ResetType\":\"GracefulRestart\"}");
    }

    @Test
    void a_license_that_has_expired_does_not_count() throws Exception {
        IloClient ilo = ilo4();
        assertThat(ilo.licenses()).containsExactly(new License("iLO 4 Advanced"));
        bmc.has(MANAGER, bmc.resource(MANAGER).replace("Perpetual", "Expired"));
        assertThat(ilo.licenses()).isEmpty();
    }

    @Test
    void an_answer_that_is_no_json_is_told() throws Exception {
        IloClient ilo = ilo5();
        bmc.when("GET " + SYSTEM, request -> Optional.of(Reply.of(200, "<html>busy")));
        assertThat(failure(ilo::power))
                .hasMessageContaining("it gave an answer that cannot be understood: no JSON but '<html>busy'");
    }
}
