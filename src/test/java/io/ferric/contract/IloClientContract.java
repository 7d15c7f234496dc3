package io.ferric.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.ferric.ilo.client.BiosSetting;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every client promises, whatever protocol it speaks, with every simulated iLO that speaks it. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IloClientContract {
    private static final URI ISO = URI.create("https://127.0.0.1:8089/images/boot.iso");
    private static final URI OTHER = URI.create("https://127.0.0.1:8089/images/other.iso");

    private ScheduledThreadPoolExecutor watchdog;
    private HttpsExchange https;
    private SimulatedIlo bmc;

    /** Those that speak the protocol. */
    abstract List<IloProfile> profiles();

    abstract IloClient connect(HttpsExchange https, IloProfile profile, IloAccess access);

    @BeforeEach
    void start() {
        watchdog = new ScheduledThreadPoolExecutor(1);
        https = new HttpsExchange(watchdog);
    }

    @AfterEach
    void stop() {
        bmc.close();
        watchdog.shutdownNow();
    }

    private IloClient ilo(IloProfile profile) throws IOException {
        bmc = SimulatedIlo.builder()
                .profile(profile)
                .bootMode(profile.generation() > 6 ? FirmwareMode.UEFI : FirmwareMode.LEGACY)
                .start();
        return connect(https, profile, access(SimulatedIlo.DEFAULT_PASSWORD));
    }

    private IloAccess access(String password) {
        return new IloAccess(
                bmc.address().getHostString(),
                bmc.address().getPort(),
                SimulatedIlo.DEFAULT_USER,
                Secret.of(password),
                Duration.ofSeconds(20),
                new IloTrust.Pinned(bmc.fingerprint()));
    }

    private static void reaches(IloClient ilo, PowerState state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> ilo.power() == state);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void switches_on_off_and_resets(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        ilo.holdPowerButton();
        reaches(ilo, PowerState.OFF);
        ilo.holdPowerButton();
        assertThat(ilo.power()).isEqualTo(PowerState.OFF);
        assertThat(catchThrowableOfType(OperationFailed.class, ilo::reset)).hasMessageContaining("the server is off");
        ilo.powerOn();
        reaches(ilo, PowerState.ON);
        ilo.powerOn();
        ilo.reset();
        reaches(ilo, PowerState.ON);
        ilo.pressPowerButton();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void media_goes_in_replaces_what_was_in_and_comes_out(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        ilo.ejectMedia(MediaDrive.CDROM);
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        ilo.insertMedia(MediaDrive.CDROM, OTHER);
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        MediaStatus status = ilo.mediaStatus(MediaDrive.CDROM);
        assertThat(status.inserted()).isTrue();
        assertThat(status.image()).contains(OTHER.toString());
        assertThat(status.bootOption()).isEqualTo("BOOT_ALWAYS");
        assertThat(status.heldByConsole()).isFalse();
        assertThat(ilo.mediaStatus(MediaDrive.FLOPPY).inserted()).isFalse();
        ilo.ejectMedia(MediaDrive.CDROM);
        assertThat(ilo.mediaStatus(MediaDrive.CDROM).inserted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void media_is_booted_from_once(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        ilo.insertMedia(MediaDrive.CDROM, ISO);
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.BOOT_ONCE);
        assertThat(ilo.mediaStatus(MediaDrive.CDROM).bootOption()).isEqualTo("BOOT_ONCE");
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void the_next_boot_comes_from_where_it_is_told(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        ilo.holdPowerButton();
        reaches(ilo, PowerState.OFF);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.CDROM);
        ilo.setOneTimeBoot(BootDevice.PXE);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.PXE);
        ilo.clearOneTimeBoot();
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void the_first_boot_device_is_kept_or_not_offered(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        try {
            ilo.setPersistentBoot(BootDevice.DISK);
            assertThat(ilo.persistentBoot()).startsWith(BootTarget.DISK);
        } catch (OperationFailed e) {
            assertThat(NotOffered.caused(e)).as(e.getMessage()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void the_boot_mode_is_told_and_set_or_not_offered(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        try {
            assertThat(ilo.currentBootMode()).isPresent();
            assertThat(ilo.supportedBootModes()).contains(ilo.currentBootMode().orElseThrow());
            BootMode last = ilo.supportedBootModes().contains(BootMode.UEFI) ? BootMode.UEFI : BootMode.BIOS;
            if (last == BootMode.UEFI) {
                ilo.setBootMode(last);
            }
            assertThat(ilo.pendingBootMode()).contains(last);
        } catch (OperationFailed e) {
            assertThat(NotOffered.caused(e)).as(e.getMessage()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void tells_what_it_is(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        assertThat(ilo.productName()).isEqualTo(profile.model());
        assertThat(ilo.firmware().version()).startsWith(profile.firmware().substring(0, 4));
        assertThat(ilo.firmware().processor()).isEqualTo("iLO" + profile.generation());
        assertThat(ilo.licenses()).isNotEmpty().allMatch(each -> each.allowsVirtualMedia());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void a_rejected_login_is_marked_and_words_tell_what_to_do(IloProfile profile) throws IOException {
        ilo(profile);
        IloClient stranger = connect(https, profile, access("guessed-1"));
        OperationFailed failure = catchThrowableOfType(OperationFailed.class, stranger::power);
        assertThat(LoginRejected.caused(failure)).isTrue();
        assertThat(failure.inPlainWords())
                .startsWith("iLO " + access("x").authority() + " (" + stranger.protocol()
                        + "): reading the power state failed: it rejects the user name or the password")
                .doesNotContain("guessed-1");
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void inventory_sensors_and_indicator_are_told_or_not_offered(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        for (Runnable question : List.<Runnable>of(ilo::inventory, ilo::sensors, ilo::indicator)) {
            try {
                question.run();
            } catch (OperationFailed e) {
                assertThat(NotOffered.caused(e)).as(e.getMessage()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void bios_settings_are_pending_until_the_next_boot_or_not_offered(IloProfile profile) throws IOException {
        IloClient ilo = ilo(profile);
        try {
            assertThat(ilo.biosSettings()).extracting(BiosSetting::name).contains("BootMode", "Sriov", "AdminName");
            BiosSetting before = setting(ilo, "Sriov");
            assertThat(before.allowed()).containsExactly("Enabled", "Disabled");
            assertThat(before.type()).contains("Enumeration");
            assertThat(before.readOnly()).contains(false);
            assertThat(setting(ilo, "AdminName").value()).contains("");
            ilo.changeBios(Map.of("Sriov", "Disabled", "AdminName", "Ada"));
            assertThat(setting(ilo, "Sriov").value()).contains("Enabled");
            assertThat(setting(ilo, "Sriov").pending()).contains("Disabled");
            ilo.powerOn();
            reaches(ilo, PowerState.ON);
            assertThat(setting(ilo, "Sriov").value()).contains("Disabled");
            assertThat(setting(ilo, "AdminName").value()).contains("Ada");
            ilo.resetBios();
            assertThat(setting(ilo, "Sriov").pending()).contains("Enabled");
            assertThat(setting(ilo, "AdminName").pending()).contains("");
        } catch (OperationFailed e) {
            assertThat(NotOffered.caused(e)).as(e.getMessage()).isTrue();
            assertThat(profile.generation()).as(e.getMessage()).isLessThan(6);
        }
    }

    private static BiosSetting setting(IloClient ilo, String name) {
        return ilo.biosSettings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
