package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Light;
import io.ferric.lab.ilo.RawJson.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedfishFaultsTest {
    private static final String SYSTEM = "/redfish/v1/Systems/1/";
    private static final String SETTINGS = SYSTEM + "Bios/Settings/";
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions/";
    private static final String GOOD_LOGIN = "{\"UserName\":\"Administrator\",\"Password\":\"pretend-9\"}";
    private static final String CD = "/redfish/v1/Managers/1/VirtualMedia/2/";
    private static final String INSERT = CD + "Actions/VirtualMedia.InsertMedia/";
    private static final String EJECT = CD + "Actions/VirtualMedia.EjectMedia/";
    private static final String IMAGE = "{\"Image\":\"https://10.0.0.1/a.iso\"}";
    private static final String ONCE =
            "{\"Boot\":{\"BootSourceOverrideTarget\":\"Cd\",\"BootSourceOverrideEnabled\":\"Once\"}}";

    private SimulatedIlo ilo;
    private RawJson anybody;
    private RawJson admin;

    @AfterEach
    void stop() {
        ilo.close();
    }

    private void start(IloProfile profile) throws Exception {
        ilo = SimulatedIlo.builder()
                .profile(profile)
                .powerDelays(Duration.ZERO, Duration.ZERO)
                .start();
        anybody = new RawJson(ilo);
        admin = anybody.admin("OData-Version", "4.0");
    }

    @Test
    void session_slots_are_full() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.SESSION_SLOTS_FULL, 1);
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).message()).isEqualTo("CreateLimitReachedForResource");
        assertThat(ilo.sessions()).isEmpty();
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).status()).isEqualTo(201);
    }

    @Test
    void session_is_lost() throws Exception {
        start(IloProfile.ILO5);
        RawJson session =
                anybody.with("X-Auth-Token", anybody.post(SESSIONS, GOOD_LOGIN).header("X-Auth-Token"));
        ilo.faults().inject(IloFault.SESSION_LOST, 1);
        assertThat(session.get(SYSTEM).message()).isEqualTo("NoValidSession");
        assertThat(ilo.sessions()).isEmpty();
    }

    @Test
    void busy_in_post_by_fault_and_by_time() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.POST_BUSY, 2);
        Reply busy = admin.patch(SYSTEM, ONCE);
        assertThat(busy.message()).isEqualTo("UnableToModifyDuringSystemPOST");
        assertThat(busy.body()
                        .at("/error/@Message.ExtendedInfo/0/MessageArgs/0")
                        .asText())
                .isEqualTo("Boot");
        assertThat(admin.patch(SETTINGS, "{\"Attributes\":{\"BootMode\":\"Uefi\"}}")
                        .status())
                .isEqualTo(400);
        ilo.state().postDuration(Duration.ofMinutes(1));
        ilo.state().powerOn();
        await().until(() -> !ilo.events(Kind.POST_STARTED).isEmpty());
        assertThat(admin.get(SYSTEM).body().at("/Oem/Hpe/PostState").asText()).isEqualTo("InPost");
        assertThat(admin.patch(SYSTEM, ONCE).message()).isEqualTo("UnableToModifyDuringSystemPOST");
        assertThat(admin.patch(SYSTEM, "{\"IndicatorLED\":\"Lit\"}").status()).isEqualTo(200);
        assertThat(ilo.state().light()).isEqualTo(Light.LIT);
    }

    @Test
    void boot_override_is_refused() throws Exception {
        start(IloProfile.ILO6);
        ilo.faults().always(IloFault.BOOT_OVERRIDE_REFUSED);
        assertThat(admin.patch(SYSTEM, ONCE).message()).isEqualTo("UnsupportedOperation");
        assertThat(ilo.state().oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
    }

    @Test
    void standard_insert_is_missing() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.NO_STANDARD_INSERT, 1);
        assertThat(admin.get(CD).body().has("Actions")).isFalse();
        assertThat(admin.get(CD).body().has("Actions")).isTrue();
    }

    @Test
    void media_troubles() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.MEDIA_HELD_BY_CONSOLE, 1);
        assertThat(admin.post(INSERT, IMAGE).message()).isEqualTo("MaxVirtualMediaConnectionEstablished");
        ilo.faults().inject(IloFault.NO_LICENSE, 1);
        assertThat(admin.post(INSERT, IMAGE).message()).isEqualTo("LicenseKeyRequired");
        ilo.faults().inject(IloFault.INSERT_FAILS, 1);
        assertThat(admin.post(INSERT, IMAGE).status()).isEqualTo(400);
        ilo.faults().inject(IloFault.INSERT_WITHOUT_INSERTING, 1);
        assertThat(admin.post(INSERT, IMAGE).status()).isEqualTo(200);
        assertThat(admin.get(CD).body().path("Inserted").asBoolean()).isFalse();
        assertThat(admin.post(INSERT, IMAGE).status()).isEqualTo(200);
        ilo.faults().inject(IloFault.EJECT_FAILS, 1);
        assertThat(admin.post(EJECT, "{}").status()).isEqualTo(400);
        assertThat(admin.get(CD).body().path("Inserted").asBoolean()).isTrue();
    }

    @Test
    void drive_in_the_hands_of_a_console() throws Exception {
        start(IloProfile.ILO5);
        ilo.state().holdByConsole(MediaDevice.CDROM, true);
        assertThat(admin.get(CD).body().path("ConnectedVia").asText()).isEqualTo("Applet");
        assertThat(admin.post(INSERT, IMAGE).message()).isEqualTo("MaxVirtualMediaConnectionEstablished");
    }

    @Test
    void etag_never_matches() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.ETAG_MISMATCH, 1);
        assertThat(admin.patch(SYSTEM, ONCE).status()).isEqualTo(412);
        assertThat(admin.patch(SYSTEM, ONCE).status()).isEqualTo(200);
    }

    @Test
    void answers_are_packed_though_nobody_asked() throws Exception {
        start(IloProfile.ILO4_GEN9);
        ilo.faults().inject(IloFault.GZIP_REGARDLESS, 1);
        Reply packed = admin.get(SYSTEM);
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body().path("PowerState").asText()).isEqualTo("Off");
        assertThat(admin.get(SYSTEM).header("Content-Encoding")).isEmpty();
        assertThat(admin.get("/redfish/v1/Registries/").header("Content-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void answers_are_damaged() throws Exception {
        start(IloProfile.ILO6);
        ilo.faults().inject(IloFault.GARBAGE_ANSWER, 1);
        assertThatThrownBy(() -> admin.get(SYSTEM)).isInstanceOf(JsonProcessingException.class);
        ilo.faults().inject(IloFault.TRUNCATED_DOCUMENT, 1);
        assertThatThrownBy(() -> admin.get(SYSTEM)).isInstanceOf(JsonProcessingException.class);
        ilo.faults().inject(IloFault.WRONG_DOCUMENT, 1);
        assertThat(admin.get(SYSTEM).body().isArray()).isTrue();
        ilo.faults().inject(IloFault.DROP_IN_CHUNK, 1);
        assertThatThrownBy(() -> admin.get(SYSTEM)).isInstanceOf(IOException.class);
        assertThat(admin.get(SYSTEM).status()).isEqualTo(200);
    }

    @Test
    void redfish_is_switched_off() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().always(IloFault.REDFISH_DISABLED);
        assertThat(anybody.get("/redfish/v1/").status()).isEqualTo(404);
    }

    @Test
    void login_fails_whatever_the_password() throws Exception {
        start(IloProfile.ILO5);
        ilo.faults().inject(IloFault.LOGIN_FAILED, 1);
        Reply refused = anybody.post(SESSIONS, GOOD_LOGIN);
        assertThat(refused.message()).isEqualTo("UnauthorizedLoginAttempt");
        assertThat(ilo.events(Kind.LOGIN_REJECTED)).hasSize(1);
    }

    @Test
    void secure_boot_waits_for_uefi_and_for_the_next_start() throws Exception {
        start(IloProfile.ILO5);
        String secure = SYSTEM + "SecureBoot/";
        assertThat(admin.patch(secure, "{\"SecureBootEnable\":true}").message())
                .isEqualTo("UnsupportedOperationInLegacyBootMode");
        ilo.state().pendingMode(FirmwareMode.UEFI);
        ilo.state().powerOn();
        await().until(() -> ilo.state().boots() == 1);
        assertThat(admin.patch(secure, "{\"SecureBootEnable\":true}").status()).isEqualTo(200);
        assertThat(admin.get(secure).body().path("SecureBootCurrentBoot").asText())
                .isEqualTo("Disabled");
        assertThat(admin.patch(SETTINGS, "{\"Attributes\":{\"BootMode\":\"LegacyBios\"}}")
                        .status())
                .isEqualTo(400);
        ilo.state().reset("test");
        await().until(() -> ilo.state().boots() == 2);
        assertThat(admin.get(secure).body().path("SecureBootCurrentBoot").asText())
                .isEqualTo("Enabled");
    }

    @Test
    void installs_a_licence() throws Exception {
        start(IloProfile.ILO5);
        ilo.state().license("iLO Standard");
        String service = "/redfish/v1/Managers/1/LicenseService/";
        assertThat(admin.post(service, "{\"LicenseKey\":\"wrong\"}").message()).isEqualTo("InvalidLicenseKey");
        assertThat(admin.post(service, "{\"LicenseKey\":\"AAAAABBBBBCCCCCDDDDDEEEEE\"}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.get(service + "1/").body().path("License").asText()).isEqualTo("iLO 5 Advanced");
    }

    @Test
    void changes_a_password_for_all_protocols() throws Exception {
        start(IloProfile.ILO4_GEN9);
        String account = "/redfish/v1/AccountService/Accounts/1/";
        assertThat(admin.patch(account, "{\"Password\":\"short\"}").message()).isEqualTo("PasswordTooShort");
        assertThat(admin.patch(account, "{\"Password\":\"longer-one\"}").status())
                .isEqualTo(200);
        assertThat(admin.get(SYSTEM).status()).isEqualTo(401);
        assertThat(anybody.as("Administrator", "longer-one").get(SYSTEM).status())
                .isEqualTo(200);
    }
}
