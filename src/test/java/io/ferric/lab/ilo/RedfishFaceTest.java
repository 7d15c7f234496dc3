package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.RawJson.Reply;
import io.ferric.testkit.ManualClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RedfishFaceTest {
    private static final String SYSTEM = "/redfish/v1/Systems/1/";
    private static final String RESET = SYSTEM + "Actions/ComputerSystem.Reset/";
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions/";
    private static final String GOOD_LOGIN = "{\"UserName\":\"Administrator\",\"Password\":\"pretend-9\"}";
    private static final String CD = "/redfish/v1/Managers/1/VirtualMedia/2/";
    private static final String IMAGE = "{\"Image\":\"https://10.0.0.1:8080/a.iso?sig=s\"}";

    private SimulatedIlo ilo;
    private RawJson anybody;
    private RawJson admin;

    @AfterEach
    void stop() {
        ilo.close();
    }

    private void start(IloProfile profile) throws Exception {
        start(SimulatedIlo.builder().profile(profile));
    }

    private void start(SimulatedIlo.Builder builder) throws Exception {
        ilo = builder.powerDelays(Duration.ZERO, Duration.ZERO).start();
        anybody = new RawJson(ilo);
        admin = anybody.admin("OData-Version", "4.0");
    }

    @ParameterizedTest
    @CsvSource({"ILO4_GEN9,Hp,iLO 4", "ILO5,Hpe,iLO 5", "ILO6,Hpe,iLO 6", "ILO7,Hpe,iLO 7"})
    void says_without_login_which_ilo_it_is(IloProfile profile, String maker, String type) throws Exception {
        start(profile);
        Reply root = anybody.get("/redfish/v1/");
        assertThat(root.status()).isEqualTo(200);
        assertThat(root.body().at("/Oem/" + maker + "/Manager/0/ManagerType").asText())
                .isEqualTo(type);
        assertThat(root.body()
                        .at("/Oem/" + maker + "/Manager/0/ManagerFirmwareVersion")
                        .asText())
                .isEqualTo(profile.firmware());
        assertThat(anybody.get(SYSTEM).status()).isEqualTo(401);
        assertThat(anybody.get(SYSTEM).message()).isEqualTo("NoValidSession");
    }

    @Test
    void has_no_json_face_before_ilo_4() throws Exception {
        start(IloProfile.ILO3_G7);
        assertThat(anybody.get("/redfish/v1/").status()).isEqualTo(404);
        assertThat(anybody.get("/rest/v1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = IloProfile.class,
            names = {"ILO3_G7"},
            mode = EnumSource.Mode.EXCLUDE)
    void shows_whatever_it_links_to(IloProfile profile) throws Exception {
        start(profile);
        Crawl crawl = new Crawl(admin);
        crawl.from("/redfish/v1/");
        assertThat(crawl.broken()).isEmpty();
        assertThat(crawl.seen())
                .contains(SYSTEM, CD, "/redfish/v1/Chassis/1/Thermal/")
                .hasSizeGreaterThan(25);
        assertThat(crawl.seen().contains("/redfish/v1/Systems/1/Bios/Settings/"))
                .isEqualTo(profile != IloProfile.ILO4_GEN8);
    }

    @Test
    void opens_a_session_and_ends_it() throws Exception {
        start(IloProfile.ILO5);
        Reply opened = anybody.post(SESSIONS, GOOD_LOGIN);
        assertThat(opened.status()).isEqualTo(201);
        assertThat(ilo.sessions()).extracting(RedfishSession::user).containsExactly("Administrator");
        RawJson session = anybody.with("X-Auth-Token", opened.header("X-Auth-Token"));
        assertThat(session.get(SYSTEM).status()).isEqualTo(200);
        assertThat(session.delete(opened.header("Location")).status()).isEqualTo(200);
        assertThat(ilo.sessions()).isEmpty();
        assertThat(session.get(SYSTEM).message()).isEqualTo("NoValidSession");
    }

    @Test
    void has_few_session_slots_and_frees_them_after_half_an_hour() throws Exception {
        ManualClock clock = new ManualClock();
        start(SimulatedIlo.builder().profile(IloProfile.ILO5).clock(clock));
        for (int i = 0; i < RedfishSessions.SLOTS; i++) {
            assertThat(anybody.post(SESSIONS, GOOD_LOGIN).status()).isEqualTo(201);
        }
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).message()).isEqualTo("CreateLimitReachedForResource");
        clock.advance(Duration.ofMinutes(31));
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).status()).isEqualTo(201);
        assertThat(ilo.sessions()).hasSize(1);
    }

    @Test
    void counts_wrong_logins_and_then_keeps_everybody_waiting() throws Exception {
        ManualClock clock = new ManualClock();
        start(SimulatedIlo.builder().profile(IloProfile.ILO6).clock(clock));
        String wrong = "{\"UserName\":\"Administrator\",\"Password\":\"guess\"}";
        assertThat(anybody.post(SESSIONS, wrong).message()).isEqualTo("UnauthorizedLoginAttempt");
        assertThat(anybody.as("Administrator", "guess").get(SYSTEM).status()).isEqualTo(401);
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).message()).isEqualTo("LoginAttemptDelayedSeconds");
        assertThat(ilo.events(Kind.LOGIN_REJECTED)).hasSize(3);
        clock.advance(Duration.ofSeconds(6));
        assertThat(anybody.post(SESSIONS, GOOD_LOGIN).status()).isEqualTo(201);
        assertThat(ilo.events().toString()).doesNotContain("guess", "pretend-9");
    }

    @Test
    void lets_a_user_do_only_what_he_may() throws Exception {
        IloUser guest = new IloUser("guest", "g-1", EnumSet.of(Privilege.VIRTUAL_MEDIA));
        start(SimulatedIlo.builder().profile(IloProfile.ILO5).users(List.of(guest)));
        RawJson client = anybody.as("guest", "g-1");
        assertThat(client.get(SYSTEM).status()).isEqualTo(200);
        Reply refused = client.post(RESET, "{\"ResetType\":\"On\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("InsufficientPrivilege");
        assertThat(client.post(CD + "Actions/VirtualMedia.InsertMedia/", IMAGE).status())
                .isEqualTo(200);
    }

    @Test
    void switches_and_refuses_what_does_not_fit_the_state() throws Exception {
        start(IloProfile.ILO5);
        assertThat(admin.post(RESET, "{\"ResetType\":\"ForceRestart\"}").message())
                .isEqualTo("InvalidOperationForSystemState");
        assertThat(admin.post(RESET, "{\"ResetType\":\"On\"}").message()).isEqualTo("Success");
        await().until(() -> admin.get(SYSTEM).body().path("PowerState").asText().equals("On"));
        assertThat(admin.post(RESET, "{\"ResetType\":\"On\"}").status()).isEqualTo(400);
        assertThat(admin.post(RESET, "{\"ResetType\":\"Explode\"}").message())
                .isEqualTo("ActionParameterValueNotInList");
        String button = admin.get(SYSTEM)
                .body()
                .at("/Oem/Hpe/Actions/#HpeComputerSystemExt.PowerButton/target")
                .asText();
        assertThat(admin.post(button, "{\"PushType\":\"PressAndHold\"}").status())
                .isEqualTo(200);
        await().until(() -> ilo.state().power() == Power.OFF);
    }

    @Test
    void takes_the_boot_override_in_one_piece() throws Exception {
        start(IloProfile.ILO5);
        String once = "{\"Boot\":{\"BootSourceOverrideTarget\":\"Cd\",\"BootSourceOverrideEnabled\":\"Once\"}}";
        assertThat(admin.patch(SYSTEM, once).status()).isEqualTo(200);
        assertThat(ilo.state().oneTimeBoot()).isEqualTo(BootTarget.CDROM);
        assertThat(admin.get(SYSTEM)
                        .body()
                        .at("/Boot/BootSourceOverrideEnabled")
                        .asText())
                .isEqualTo("Once");
        assertThat(admin.patch(SYSTEM, once.replace("Cd", "None")).status()).isEqualTo(400);
        assertThat(admin.patch(SYSTEM, "{\"Boot\":{\"BootSourceOverrideMode\":\"UEFI\"}}")
                        .message())
                .isEqualTo("PropertyNotWritableOrUnknown");
        admin.patch(SYSTEM, "{\"Boot\":{\"BootSourceOverrideEnabled\":\"Disabled\"}}");
        assertThat(ilo.state().oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        admin.patch(SYSTEM, once.replace("Once", "Continuous"));
        assertThat(ilo.state().persistentBoot()).startsWith(BootTarget.CDROM);
        assertThat(admin.get(SYSTEM)
                        .body()
                        .at("/Boot/BootSourceOverrideEnabled")
                        .asText())
                .isEqualTo("Continuous");
    }

    @Test
    void inserts_once_and_ejects_with_a_body_only() throws Exception {
        start(IloProfile.ILO5);
        String insert = CD + "Actions/VirtualMedia.InsertMedia/";
        String eject = CD + "Actions/VirtualMedia.EjectMedia/";
        assertThat(admin.post(insert, IMAGE).status()).isEqualTo(200);
        Bay bay = ilo.state().bay(MediaDevice.CDROM);
        assertThat(bay.inserted() && bay.connected() && bay.writeProtected()).isTrue();
        assertThat(admin.get(CD).body().path("ConnectedVia").asText()).isEqualTo("URI");
        assertThat(admin.post(insert, IMAGE).message()).isEqualTo("MaxVirtualMediaConnectionEstablished");
        assertThat(admin.patch(CD, "{\"Oem\":{\"Hpe\":{\"BootOnNextServerReset\":true}}}")
                        .status())
                .isEqualTo(200);
        assertThat(ilo.state().bay(MediaDevice.CDROM).option()).isEqualTo(Bay.Option.BOOT_ONCE);
        assertThat(admin.post(eject, "").message()).isEqualTo("MalformedJSON");
        assertThat(admin.post(eject, "{}").status()).isEqualTo(200);
        assertThat(admin.post(eject, "{}").status()).isEqualTo(400);
        assertThat(ilo.events().toString()).doesNotContain("sig=s");
    }

    @Test
    void wants_a_licence_for_media() throws Exception {
        start(SimulatedIlo.builder().profile(IloProfile.ILO5).license("iLO Standard"));
        assertThat(admin.post(CD + "Actions/VirtualMedia.InsertMedia/", IMAGE).message())
                .isEqualTo("LicenseKeyRequired");
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
    }

    @Test
    void ilo_4_has_its_own_media_actions_and_no_inserted_to_write() throws Exception {
        start(IloProfile.ILO4_GEN9);
        assertThat(admin.get(CD).body().path("Actions").isMissingNode()).isTrue();
        Reply sushy = admin.patch(CD, "{\"Image\":\"http://10.0.0.1/a.iso\",\"Inserted\":true}");
        assertThat(sushy.status()).isEqualTo(400);
        assertThat(sushy.message()).isEqualTo("PropertyUnknown");
        assertThat(sushy.body().at("/error/@Message.ExtendedInfo/0").has("MessageID"))
                .isTrue();
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
        String insert = admin.get(CD)
                .body()
                .at("/Oem/Hp/Actions/#HpiLOVirtualMedia.InsertVirtualMedia/target")
                .asText();
        assertThat(admin.post(insert, IMAGE).status()).isEqualTo(200);
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isTrue();
        assertThat(admin.patch(CD, "{\"Image\":null}").status()).isEqualTo(200);
        assertThat(ilo.state().bay(MediaDevice.CDROM).inserted()).isFalse();
    }

    @Test
    void ilo_7_takes_media_over_https_only() throws Exception {
        start(IloProfile.ILO7);
        String insert = CD + "Actions/VirtualMedia.InsertMedia/";
        assertThat(admin.post(insert, IMAGE.replace("https", "http")).message())
                .isEqualTo("ActionParameterValueFormatError");
        assertThat(admin.post(insert, IMAGE).status()).isEqualTo(200);
        assertThat(admin.get(CD).body().at("/Oem/Hpe/Actions").isMissingNode()).isTrue();
    }

    @Test
    void changes_the_boot_mode_at_the_next_start() throws Exception {
        start(IloProfile.ILO5);
        String bios = SYSTEM + "Bios/";
        String settings = admin.get(bios)
                .body()
                .at("/@Redfish.Settings/SettingsObject/@odata.id")
                .asText();
        assertThat(admin.patch(settings, "{\"Attributes\":{\"BootMode\":\"Uefi\",\"Sriov\":\"Disabled\"}}")
                        .message())
                .isEqualTo("SystemResetRequired");
        assertThat(admin.get(bios).body().at("/Attributes/BootMode").asText()).isEqualTo("LegacyBios");
        assertThat(admin.get(settings).body().at("/Attributes/BootMode").asText())
                .isEqualTo("Uefi");
        ilo.state().powerOn();
        await().until(() -> ilo.events(Kind.BOOTED).size() == 1);
        assertThat(admin.get(bios).body().at("/Attributes/BootMode").asText()).isEqualTo("Uefi");
        assertThat(admin.get(bios).body().at("/Attributes/Sriov").asText()).isEqualTo("Disabled");
        assertThat(admin.patch(settings, "{\"Attributes\":{\"Nonsense\":\"1\"}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void ilo_4_shows_the_older_properties_unless_told_the_odata_version() throws Exception {
        start(IloProfile.ILO4_GEN9);
        assertThat(admin.get(SYSTEM).body().has("Power")).isFalse();
        Reply both = anybody.admin().get(SYSTEM);
        assertThat(both.body().path("Power").asText()).isEqualTo("Off");
        assertThat(both.body().path("PowerState").asText()).isEqualTo("Off");
        Reply old = anybody.admin().get("/rest/v1/Systems/1");
        assertThat(old.body().path("Type").asText()).isEqualTo("ComputerSystem.1.0.0");
        assertThat(old.body().at("/links/self/href").asText()).isEqualTo("/rest/v1/Systems/1");
        assertThat(old.body().at("/Oem/Hp/links/BIOS/href").asText()).isEqualTo("/rest/v1/Systems/1/Bios");
        Reply members = anybody.admin().get("/rest/v1/Managers");
        assertThat(members.body().at("/links/Member/0/href").asText()).isEqualTo("/rest/v1/Managers/1");
        assertThat(anybody.get("/rest/v1/Systems/1")
                        .body()
                        .at("/Messages/0/MessageID")
                        .asText())
                .endsWith(".NoValidSession");
    }

    @Test
    void ilo_4_takes_actions_posted_to_the_older_resources() throws Exception {
        start(IloProfile.ILO4_GEN9);
        RawJson client = anybody.admin();
        assertThat(client.post("/rest/v1/Systems/1", "{\"Action\":\"Reset\",\"ResetType\":\"On\"}")
                        .status())
                .isEqualTo(200);
        await().until(() -> ilo.state().power() == Power.ON);
        String insert =
                "{\"Action\":\"InsertVirtualMedia\",\"Target\":\"/Oem/Hp\",\"Image\":\"http://10.0.0.1/a.iso\"}";
        assertThat(client.post("/rest/v1/Managers/1/VirtualMedia/2", insert).status())
                .isEqualTo(200);
        assertThat(ilo.state().bay(MediaDevice.CDROM).connected()).isTrue();
        assertThat(client.post("/rest/v1/Systems/1", "{\"Action\":\"Dance\"}").status())
                .isEqualTo(400);
    }

    @Test
    void ilo_5_points_from_the_older_tree_to_the_newer() throws Exception {
        start(IloProfile.ILO5);
        Reply moved = anybody.admin().get("/rest/v1/Systems/1");
        assertThat(moved.status()).isEqualTo(308);
        assertThat(moved.header("Location")).isEqualTo("/redfish/v1/Systems/1");
        assertThat(admin.get("/redfish/v1/Systems/1").status()).isEqualTo(200);
    }

    @Test
    void early_ilo_5_insists_on_the_slash_and_has_no_standard_media_action() throws Exception {
        start(SimulatedIlo.builder()
                .profile(IloProfile.ILO5)
                .identity(new IloIdentity("CZ1", "ProLiant DL360 Gen10", "u", "1.15", "h", "iLO 5 Advanced")));
        Reply moved = admin.patch("/redfish/v1/Systems/1", "{}");
        assertThat(moved.status()).isEqualTo(308);
        assertThat(moved.header("Location")).isEqualTo(SYSTEM);
        assertThat(admin.get(CD).body().path("Actions").isMissingNode()).isTrue();
        assertThat(admin.get(CD)
                        .body()
                        .at("/Oem/Hpe/Actions/#HpeiLOVirtualMedia.InsertVirtualMedia/target")
                        .isTextual())
                .isTrue();
    }

    @Test
    void answers_412_when_the_resource_changed_meanwhile() throws Exception {
        start(IloProfile.ILO5);
        String etag = admin.get(SYSTEM).header("ETag");
        assertThat(etag).matches("W/\"[0-9A-F]{8}\"");
        String change = "{\"Boot\":{\"BootSourceOverrideTarget\":\"Pxe\",\"BootSourceOverrideEnabled\":\"Once\"}}";
        assertThat(anybody.admin("If-Match", etag).patch(SYSTEM, change).status())
                .isEqualTo(200);
        Reply late = anybody.admin("If-Match", etag).patch(SYSTEM, change.replace("Pxe", "Cd"));
        assertThat(late.status()).isEqualTo(412);
        assertThat(ilo.state().oneTimeBoot()).isEqualTo(BootTarget.NETWORK);
    }

    @ParameterizedTest
    @CsvSource({"ILO4_GEN9,''", "ILO5,chunked", "ILO7,chunked"})
    void sends_chunks_from_ilo_5_on(IloProfile profile, String encoding) throws Exception {
        start(profile);
        assertThat(admin.get(SYSTEM).header("Transfer-Encoding")).isEqualTo(encoding);
    }

    @Test
    void refuses_what_it_does_not_know() throws Exception {
        start(IloProfile.ILO5);
        assertThat(admin.get("/redfish/v1/Systems/2/").message()).isEqualTo("ResourceMissingAtURI");
        Reply wrongMethod = admin.get(RESET);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(admin.patch(SYSTEM, "{\"Boot\":").message()).isEqualTo("MalformedJSON");
        assertThat(admin.patch(SYSTEM, "[1]").message()).isEqualTo("MalformedJSON");
        assertThat(admin.patch(SYSTEM, "{\"PowerState\":\"On\"}").message()).isEqualTo("PropertyNotWritableOrUnknown");
        assertThat(admin.patch(SYSTEM, "{\"Boot\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(anybody.admin("Content-Type", "text/plain")
                        .patch(SYSTEM, "{}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void logs_each_request_by_path_and_without_secrets() throws Exception {
        start(IloProfile.ILO5);
        anybody.post(SESSIONS, GOOD_LOGIN);
        assertThat(ilo.events(Kind.COMMAND)).containsExactly("POST " + SESSIONS);
    }

    @Test
    void shares_its_state_with_ribcl() throws Exception {
        start(IloProfile.ILO4_GEN9);
        RawTls ribcl = new RawTls(ilo);
        ribcl.command(
                "RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"CDROM\" IMAGE_URL=\"http://10.0.0.1/a.iso\"/>");
        assertThat(admin.get(CD).body().path("Inserted").asBoolean()).isTrue();
        admin.patch(SYSTEM, "{\"Boot\":{\"BootSourceOverrideTarget\":\"Pxe\",\"BootSourceOverrideEnabled\":\"Once\"}}");
        assertThat(ribcl.command("SERVER_INFO", "read", "<GET_ONE_TIME_BOOT/>")).contains("VALUE=\"NETWORK\"");
    }
}
