package io.ferric.ilo.ribcl;

import static io.ferric.ilo.ribcl.ScriptedIlo.ok;
import static io.ferric.ilo.ribcl.ScriptedIlo.payload;
import static io.ferric.ilo.ribcl.ScriptedIlo.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.wire.BadMoment;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.IloTrust;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Secret;
import io.ferric.testkit.ClosedPort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RibclClientTest {
    private ScriptedIlo bmc;
    private IloClient ilo;

    @BeforeEach
    void start() throws Exception {
        bmc = new ScriptedIlo();
        ilo = bmc.client();
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    private String lastRequest() {
        return bmc.requests().get(bmc.requests().size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"ON,ON", "OFF,OFF", "on,ON", "RESETTING,ERROR"})
    void reads_the_power_state(String said, PowerState expected) {
        bmc.answers(ok(), payload("<GET_HOST_POWER\r\n  HOST_POWER=\"" + said + "\"\r\n/>"), ok());
        assertThat(ilo.power()).isEqualTo(expected);
        assertThat(lastRequest()).contains("<SERVER_INFO MODE=\"read\">", "<GET_HOST_POWER_STATUS/>");
    }

    @Test
    void sends_each_power_command_in_a_write_block() {
        record Case(Runnable call, String command) {}
        List<Case> cases = List.of(
                new Case(ilo::powerOn, "<SET_HOST_POWER HOST_POWER=\"Yes\"/>"),
                new Case(ilo::pressPowerButton, "<PRESS_PWR_BTN/>"),
                new Case(ilo::holdPowerButton, "<HOLD_PWR_BTN TOGGLE=\"No\"/>"),
                new Case(ilo::reset, "<RESET_SERVER/>"),
                new Case(ilo::coldBoot, "<COLD_BOOT_SERVER/>"));
        for (Case each : cases) {
            bmc.answers(ok(), response(0, "Server being reset.", ""), ok());
            each.call().run();
            assertThat(lastRequest()).contains("<SERVER_INFO MODE=\"write\">", each.command());
        }
    }

    @Test
    void reads_who_the_server_and_its_ilo_are() {
        bmc.answers(payload("<GET_PRODUCT_NAME><PRODUCT_NAME VALUE =\"ProLiant DL380 Gen9\"/></GET_PRODUCT_NAME>"));
        bmc.answers(
                payload(
                        "<GET_FW_VERSION\r\n FIRMWARE_VERSION = \"2.50\" FIRMWARE_DATE = \"Sep 23 2016\" MANAGEMENT_PROCESSOR = \"iLO4\" LICENSE_TYPE = \"iLO 4 Advanced\"/>"));
        bmc.answers(payload(
                "<GET_ALL_LICENSES><LICENSE><LICENSE_TYPE VALUE=\"iLO 4 Advanced\"/></LICENSE></GET_ALL_LICENSES>"));
        assertThat(ilo.productName()).isEqualTo("ProLiant DL380 Gen9");
        assertThat(ilo.firmware()).isEqualTo(new Firmware("2.50", "iLO4"));
        assertThat(ilo.licenses()).containsExactly(new License("iLO 4 Advanced"));
    }

    @Test
    void has_no_license_when_the_ilo_lists_none() {
        bmc.answers(payload("<GET_ALL_LICENSES></GET_ALL_LICENSES>"));
        assertThat(ilo.licenses()).isEmpty();
    }

    @Test
    void inserts_connects_and_reads_media() {
        bmc.answers(ok()).answers(ok());
        bmc.answers(
                payload(
                        "<GET_VM_STATUS VM_APPLET=\"DISCONNECTED\" DEVICE=\"CDROM\" BOOT_OPTION=\"BOOT_ALWAYS\" WRITE_PROTECT=\"YES\" IMAGE_INSERTED=\"YES\" IMAGE_URL=\"http://h/a.iso?x=1&amp;y=2\"/>"));
        ilo.insertMedia(MediaDrive.CDROM, URI.create("http://h/a.iso?x=1&y=2"));
        assertThat(lastRequest())
                .contains("<RIB_INFO MODE=\"write\">", "DEVICE=\"CDROM\" IMAGE_URL=\"http://h/a.iso?x=1&amp;y=2\"");
        ilo.connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        assertThat(lastRequest()).contains("<VM_BOOT_OPTION VALUE=\"CONNECT\"/>", "<VM_WRITE_PROTECT VALUE=\"YES\"/>");
        assertThat(ilo.mediaStatus(MediaDrive.CDROM)).isEqualTo(MediaStatus.holding("http://h/a.iso?x=1&y=2"));
    }

    @Test
    void leaves_an_empty_drive_alone_when_ejecting() {
        bmc.answers(payload("<GET_VM_STATUS VM_APPLET=\"DISCONNECTED\" IMAGE_INSERTED=\"NO\" IMAGE_URL=\"\"/>"));
        ilo.ejectMedia(MediaDrive.FLOPPY);
        assertThat(bmc.requests()).hasSize(1);
    }

    @Test
    void ejects_what_is_in() {
        bmc.answers(payload("<GET_VM_STATUS VM_APPLET=\"DISCONNECTED\" IMAGE_INSERTED=\"YES\"/>"))
                .answers(ok());
        ilo.ejectMedia(MediaDrive.FLOPPY);
        assertThat(lastRequest()).contains("<EJECT_VIRTUAL_MEDIA DEVICE=\"FLOPPY\"/>");
    }

    @Test
    void reads_and_sets_the_one_time_boot_device() {
        bmc.answers(payload("<ONE_TIME_BOOT><BOOT_TYPE VALUE=\"Normal\"/></ONE_TIME_BOOT>"));
        bmc.answers(payload("<ONE_TIME_BOOT><BOOT_TYPE VALUE=\"NETWORK\" DESCRIPTION=\"x\"/></ONE_TIME_BOOT>"));
        bmc.answers(payload("<ONE_TIME_BOOT><BOOT_TYPE VALUE=\"EMB-MENU\"/></ONE_TIME_BOOT>"));
        bmc.answers(ok());
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.PXE);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.OTHER);
        ilo.setOneTimeBoot(BootDevice.CDROM);
        assertThat(lastRequest()).contains("<SET_ONE_TIME_BOOT value=\"CDROM\"/>");
        bmc.answers(ok());
        ilo.clearOneTimeBoot();
        assertThat(lastRequest()).contains("<SET_ONE_TIME_BOOT value=\"NORMAL\"/>");
    }

    private static final String BIOS_ORDER =
            "<PERSISTENT_BOOT><DEVICE value=\"CDROM\"/><DEVICE value=\"HDD\"/><DEVICE value=\"NETWORK\"/></PERSISTENT_BOOT>";
    private static final String UEFI_ORDER = "<PERSISTENT_BOOT>"
            + "<DEVICE value=\"Boot0008\" DESCRIPTION=\"Embedded LOM 1 Port 2 : NIC\"/>"
            + "<DEVICE value=\"Boot000A\" DESCRIPTION=\"Embedded LOM 1 Port 1 : HP Ethernet 1Gb NIC (PXE IPv4)\"/>"
            + "<DEVICE value=\"Boot000B\" DESCRIPTION=\"iLO Virtual USB 2 : HP iLO Virtual USB CD/DVD ROM\"/></PERSISTENT_BOOT>";

    @Test
    void sets_the_boot_order_by_name_in_bios_mode() {
        bmc.answers(payload(BIOS_ORDER)).answers(payload(BIOS_ORDER)).answers(ok());
        assertThat(ilo.persistentBoot()).containsExactly(BootTarget.CDROM, BootTarget.DISK, BootTarget.PXE);
        ilo.setPersistentBoot(BootDevice.PXE);
        assertThat(lastRequest()).contains("<SET_PERSISTENT_BOOT>", "<DEVICE VALUE=\"NETWORK\"/>");
    }

    @Test
    void picks_the_entry_by_its_description_in_uefi_mode() {
        bmc.answers(payload(UEFI_ORDER));
        bmc.answers(payload(UEFI_ORDER)).answers(ok());
        bmc.answers(payload(UEFI_ORDER)).answers(ok());
        bmc.answers(payload(UEFI_ORDER));
        assertThat(ilo.persistentBoot()).containsExactly(BootTarget.PXE, BootTarget.PXE, BootTarget.CDROM);
        ilo.setPersistentBoot(BootDevice.CDROM);
        assertThat(lastRequest()).contains("<DEVICE VALUE=\"Boot000B\"/>");
        ilo.setPersistentBoot(BootDevice.PXE);
        assertThat(lastRequest()).contains("<DEVICE VALUE=\"Boot000A\"/>");
        assertThatThrownBy(() -> ilo.setPersistentBoot(BootDevice.DISK))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("no entry for disk");
    }

    private static final String MANY_DISKS = "<PERSISTENT_BOOT>"
            + "<DEVICE value=\"Boot0001\" DESCRIPTION=\"Embedded LOM 1 Port 1 : NIC (PXE IPv4), Storage too\"/>"
            + "<DEVICE value=\"Boot0002\" DESCRIPTION=\"Embedded SATA Port 1 : HDD\"/>"
            + "<DEVICE value=\"Boot0003\" DESCRIPTION=\"iLO Virtual USB 2 : HP iLO Virtual USB CD/DVD ROM\"/>"
            + "<DEVICE value=\"Boot0004\" DESCRIPTION=\"Smart Array P440ar : Logical Drive\"/>"
            + "<DEVICE value=\"Boot0005\" DESCRIPTION=\"Generic USB Boot\"/></PERSISTENT_BOOT>";

    @Test
    void puts_all_disks_first_as_they_follow_each_other() {
        bmc.answers(payload(MANY_DISKS)).answers(ok());
        ilo.setPersistentBoot(BootDevice.DISK);
        assertThat(orderSent()).containsExactly("Boot0002", "Boot0004");
    }

    @Test
    void puts_what_is_not_wanted_last() {
        bmc.answers(payload(MANY_DISKS)).answers(ok());
        ilo.setPersistentBootLast(List.of(BootTarget.CDROM, BootTarget.PXE));
        assertThat(orderSent()).containsExactly("Boot0002", "Boot0004", "Boot0005", "Boot0003", "Boot0001");
    }

    private List<String> orderSent() {
        return Pattern.compile("<DEVICE VALUE=\"(\\w+)\"/>")
                .matcher(lastRequest())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void reads_and_sets_boot_modes() {
        bmc.answers(payload("<GET_CURRENT_BOOT_MODE><BOOT_MODE VALUE=\"UEFI\"/></GET_CURRENT_BOOT_MODE>"));
        bmc.answers(payload("<GET_PENDING_BOOT_MODE><BOOT_MODE VALUE=\"LEGACY\"/></GET_PENDING_BOOT_MODE>"));
        bmc.answers(payload("<GET_PENDING_BOOT_MODE><BOOT_MODE VALUE=\"UNKNOWN\"/></GET_PENDING_BOOT_MODE>"));
        bmc.answers(payload(
                "<GET_SUPPORTED_BOOT_MODE><SUPPORTED_BOOT_MODE VALUE=\"LEGACY_UEFI\"/></GET_SUPPORTED_BOOT_MODE>"));
        bmc.answers(ok());
        assertThat(ilo.currentBootMode()).contains(BootMode.UEFI);
        assertThat(ilo.pendingBootMode()).contains(BootMode.BIOS);
        assertThat(ilo.pendingBootMode()).isEmpty();
        assertThat(ilo.supportedBootModes()).containsExactlyInAnyOrder(BootMode.BIOS, BootMode.UEFI);
        ilo.setBootMode(BootMode.BIOS);
        assertThat(lastRequest()).contains("<SET_PENDING_BOOT_MODE value=\"LEGACY\"/>");
    }

    @Test
    void takes_an_unknown_boot_mode_command_for_bios() {
        bmc.answers(response(0x3c, "Feature not supported - GET_PENDING_BOOT_MODE", ""), ok());
        bmc.answers(response(0x01, "Syntax error: Line #3: syntax error near", ""), ok());
        assertThat(ilo.pendingBootMode()).contains(BootMode.BIOS);
        assertThat(ilo.supportedBootModes()).isEqualTo(Set.of(BootMode.BIOS));
    }

    @Test
    void does_not_take_every_error_for_an_unknown_command() {
        bmc.answers(response(0x23, "no privilege", ""), ok());
        assertFails(ilo::pendingBootMode, "the user may not do this");
    }

    // ---- what goes wrong

    private static void assertFails(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("IloOperationError");
            assertThat(fault.inPlainWords()).contains(words).doesNotContain("pretend-9");
        });
    }

    @Test
    void a_rejected_login_is_not_tried_again() {
        bmc.answers(response(0x5f, "Login failed.", ""), ok());
        assertThatThrownBy(ilo::power)
                .hasMessageMatching(
                        "iLO 127\\.0\\.0\\.1:\\d+ \\(RIBCL\\): reading the power state failed: it rejects the"
                                + " user name or the password \\(it said: 0x005F Login failed\\.\\)")
                .hasCauseInstanceOf(LoginRejected.class)
                .satisfies(fault ->
                        assertThat(BadMoment.caused((OperationFailed) fault)).isFalse());
        assertThat(bmc.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x003C | Feature not supported - SET_PENDING_BOOT_MODE",
                "0x0001 | Syntax error: Line #0: syntax error near",
                "0x00FE | RIBCLI is disabled."
            })
    void what_ribcl_does_not_do_here_is_marked_for_others_to_try(String status, String text) {
        bmc.answers(response(Integer.decode(status), text, ""));
        assertThatThrownBy(() -> ilo.setBootMode(BootMode.UEFI))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(NotOffered.caused(fault))
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({"500,true", "503,true", "400,false", "403,false", "404,false"})
    void an_http_error_of_the_server_is_a_bad_moment(int status, boolean expected) {
        bmc.sends("HTTP/1.1 " + status + " Alas\r\nContent-Length: 0\r\n\r\n");
        assertThatThrownBy(ilo::power).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(BadMoment.caused(fault)).isEqualTo(expected);
            assertThat(NotOffered.caused(fault)).isEqualTo(status == 404);
        });
        assertThat(bmc.requests()).hasSize(1);
    }

    @Test
    void hints_at_characters_that_old_firmware_misreads() throws Exception {
        IloAccess plain = bmc.access();
        IloAccess special = new IloAccess(
                plain.address(), plain.port(), plain.username(), Secret.of("a&b"), plain.timeout(), plain.trust());
        bmc.answers(response(0x0a, "User login name was not found", ""));
        assertFails(
                () -> new RibclConnector(HttpsExchange.create(), IloTrace.NONE)
                        .connect(special)
                        .power(),
                "characters & < > \"");
    }

    @Test
    void says_that_ribcl_is_off() {
        bmc.answers(response(0xfe, "RIBCLI is disabled.", ""));
        assertFails(ilo::power, "RIBCL interface is switched off", "Redfish");
    }

    @Test
    void says_what_404_means() {
        bmc.sends("HTTP/1.1 404 Not Found\r\nContent-Length: 22\r\n\r\n<H1>Request Error</H1>");
        assertFails(ilo::power, "has no RIBCL (HTTP status 404)", "iLO 2 or older");
    }

    @Test
    void says_what_another_status_means() {
        bmc.sends("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        assertFails(ilo::power, "HTTP status 503");
    }

    @Test
    void says_that_garbage_is_garbage() {
        bmc.answers("\u0000\u0017]]>>< not a word of RIBCL &&& \u00ff\u00fe");
        assertFails(ilo::power, "cannot be understood", "not a word of RIBCL");
    }

    @Test
    void says_that_the_answer_ended_in_a_chunk() {
        bmc.sends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1ff\r\n<?xml version=\"1.0\"?>");
        assertFails(ilo::power, "ended in the middle of the answer");
    }

    @Test
    void says_that_the_answer_lacks_what_was_asked_for() {
        bmc.answers(ok(), ok());
        assertFails(ilo::power, "no HOST_POWER");
    }

    @Test
    void a_silent_ilo_is_left_in_time() {
        bmc.does(out -> awaitInterrupt());
        IloClient hasty = new RibclConnector(HttpsExchange.create(), IloTrace.NONE).connect(hasty());
        assertFails(hasty::power, "no answer within 300 ms");
    }

    @RepeatedTest(5)
    void an_ilo_that_drips_is_left_in_time() {
        CountDownLatch gone = new CountDownLatch(1);
        bmc.does(out -> drip(out, gone));
        IloClient hasty = new RibclConnector(HttpsExchange.create(), IloTrace.NONE).connect(hasty());
        assertFails(hasty::power, "no answer within 300 ms");
    }

    private IloAccess hasty() {
        try {
            return bmc.access(bmc.access().trust(), Duration.ofMillis(300));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One byte every now and then, for ever: no single read ever waits long. */
    private static void drip(java.io.OutputStream out, CountDownLatch never) throws IOException {
        try {
            while (!never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void says_that_nobody_listens() throws Exception {
        IloAccess known = bmc.access();
        try (ClosedPort closed = new ClosedPort()) {
            IloAccess access = new IloAccess(
                    known.address(),
                    closed.number(),
                    known.username(),
                    known.password(),
                    known.timeout(),
                    known.trust());
            assertFails(
                    () -> new RibclConnector(HttpsExchange.create(), IloTrace.NONE)
                            .connect(access)
                            .power(),
                    "refuses the connection");
        }
    }

    @Test
    void one_call_at_a_time_goes_to_one_ilo() throws Exception {
        IloConnector connector = new RibclConnector(HttpsExchange.create(), IloTrace.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try {
            List<Future<PowerState>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                bmc.does(out -> answerWatching(out, inside, most));
                IloClient own = connector.connect(bmc.access());
                calls.add(threads.submit(own::power));
            }
            for (Future<PowerState> call : calls) {
                assertThat(call.get()).isEqualTo(PowerState.ON);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(most).hasValue(1);
    }

    /** Gives a second call a moment to come in before it answers. */
    private static void answerWatching(java.io.OutputStream out, AtomicInteger inside, AtomicInteger most)
            throws IOException {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        try {
            new CountDownLatch(1).await(30, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inside.decrementAndGet();
        String answer = ScriptedIlo.chunked(payload("<GET_HOST_POWER HOST_POWER=\"ON\"/>"));
        out.write(answer.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void traces_both_directions_without_secrets() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        IloTrace trace = (who, direction, text) -> heard.add(direction + " " + text);
        bmc.answers(payload(
                "<GET_VM_STATUS IMAGE_INSERTED=\"YES\" IMAGE_URL=\"http://h:1/f/SIGNATURE/a.iso?temp_url_sig=SIG\"/>"
                        + "<X P=\"pretend-9\"/><LICENSE_KEY VALUE=\"AAAAA-BBBBB\"/>"));
        new RibclConnector(HttpsExchange.create(), trace).connect(bmc.access()).mediaStatus(MediaDrive.CDROM);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).startsWith("TO_ILO").contains("GET_VM_STATUS", "PASSWORD=\"***\"");
        assertThat(heard.get(1)).startsWith("FROM_ILO 200").contains("http://h:1/.../a.iso");
        bmc.answers(ok());
        new RibclConnector(HttpsExchange.create(), trace)
                .connect(bmc.access())
                .insertMedia(MediaDrive.CDROM, URI.create("http://u:pw@h:1/f/SIGNATURE/a.iso?temp_url_sig=SIG&x=1"));
        assertThat(heard.get(2)).contains("IMAGE_URL=\"http://h:1/.../a.iso\"").doesNotContain("pw@");
        assertThat(String.join("", heard)).doesNotContain("pretend-9", "Administrator", "SIG", "AAAAA");
    }

    @Test
    void says_nothing_secret_of_itself() throws Exception {
        assertThat(bmc.access().toString()).doesNotContain("pretend-9");
        assertThat(MediaStatus.holding("http://h/S1G/a.iso").toString()).doesNotContain("S1G");
        assertThat(new IloAccess("fe80::1", 443, "u", Secret.of("p"), Duration.ofSeconds(1), new IloTrust.Off())
                        .authority())
                .isEqualTo("[fe80::1]:443");
        assertThat(Optional.of(new Firmware("2.50", "iLO4").warning()).orElseThrow())
                .isPresent();
        assertThat(new Firmware("2.54", "iLO4").warning()).isEmpty();
    }

    @Test
    void fault_is_a_node_fault_with_a_hint() {
        bmc.answers(response(0x2e, "License key error", ""));
        assertThatThrownBy(() -> ilo.insertMedia(MediaDrive.CDROM, URI.create("http://h/a.iso")))
                .isInstanceOfSatisfying(
                        NodeFault.class,
                        fault -> assertThat(fault.hint().orElseThrow()).contains("iLO Advanced"));
    }

    @Test
    void an_answer_that_repeats_the_password_as_it_was_sent_shows_neither_form_of_it() throws Exception {
        List<String> heard = new ArrayList<>();
        IloAccess usual = bmc.access();
        IloAccess special = new IloAccess(
                usual.address(), usual.port(), usual.username(), Secret.of("a&b\"c"), usual.timeout(), usual.trust());
        bmc.answers(response(1, "bad PASSWORD=a&amp;b&quot;c", ""));
        IloClient client =
                new RibclConnector(HttpsExchange.create(), (who, direction, text) -> heard.add(text)).connect(special);
        assertThatThrownBy(client::power).isInstanceOf(OperationFailed.class);
        assertThat(String.join("", heard)).contains("PASSWORD=***").doesNotContain("a&amp;b", "a&b");
    }
}
