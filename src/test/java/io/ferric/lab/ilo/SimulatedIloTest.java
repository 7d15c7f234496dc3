package io.ferric.lab.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Power;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SimulatedIloTest {
    private static final String URL = "http://10.0.0.1:8080/a.iso?x=1&amp;y=2";

    private SimulatedIlo ilo;
    private RawTls client;

    @BeforeEach
    void start() throws Exception {
        ilo = SimulatedIlo.builder().powerDelays(Duration.ZERO, Duration.ZERO).start();
        client = new RawTls(ilo);
    }

    @AfterEach
    void stop() {
        ilo.close();
    }

    @Test
    void answers_in_chunks_of_three_lower_case_digits_and_closes() throws Exception {
        String answer = client.post(RawTls.envelope("pretend-9", "SERVER_INFO", "read", "<GET_HOST_POWER_STATUS/>"));
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains(
                        "\r\nTransfer-Encoding: chunked\r\n",
                        "\r\nConnection: close\r\n",
                        "Server: HP-iLO-Server/1.30");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(body).matches(Pattern.compile("(?s)[0-9a-f]{3}\r\n.*\r\n0\r\n\r\n"));
        assertThat(RawTls.dechunk(answer)).contains("MESSAGE='No error'");
    }

    @Test
    void tells_the_server_in_order_what_comes_into_its_drives_and_goes() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        ilo.state().attach(new PowerHook() {
            @Override
            public void booting(BootAttempt boot) {
                told.add("boot");
            }

            @Override
            public void inserted(MediaDevice device, Bay bay) {
                told.add("in " + bay.imageUrl().orElseThrow());
            }

            @Override
            public void ejected(MediaDevice device) {
                told.add("out " + device);
            }
        });
        ilo.state().insert(MediaDevice.CDROM, "a");
        ilo.state().eject(MediaDevice.CDROM);
        ilo.state().insert(MediaDevice.CDROM, "b");
        ilo.state().connect(MediaDevice.CDROM);
        ilo.state().insert(MediaDevice.CDROM, "c");
        ilo.state().connect(MediaDevice.CDROM);
        ilo.state().disconnect(MediaDevice.CDROM);

        await().untilAsserted(() -> assertThat(told).containsExactly("in b", "out CDROM", "in c", "out CDROM"));
    }

    @Test
    void chunk_borders_fall_inside_tags() throws Exception {
        List<String> bodies = Arrays.asList(new String[8]);
        bodies.replaceAll(x -> chunkedBody());
        assertThat(bodies).anyMatch(body -> body.matches("(?s).*<[^<>]*\r\n[0-9a-f]{3}\r\n[^<>]*>.*"));
    }

    private String chunkedBody() {
        try {
            return client.post(RawTls.envelope("pretend-9", "RIB_INFO", "read", "<GET_ALL_LICENSES/>"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void answers_with_a_document_for_each_element() throws Exception {
        String body = client.command("SERVER_INFO", "read", "<GET_HOST_POWER_STATUS/>");
        List<Element> documents = documents(body);
        assertThat(documents).hasSizeBetween(6, 9).allMatch(root -> root.getTagName()
                .equals("RIBCL"));
        Element power = (Element) documents.stream()
                .filter(d -> d.getElementsByTagName("GET_HOST_POWER").getLength() == 1)
                .findFirst()
                .orElseThrow()
                .getElementsByTagName("GET_HOST_POWER")
                .item(0);
        assertThat(power.getAttribute("HOST_POWER")).isEqualTo("OFF");
    }

    @Test
    void takes_requests_broken_over_lines_in_any_order_and_case() throws Exception {
        String body = RawTls.dechunk(
                client.post(
                        "<RIBCL\r\n VERSION\r\n=\r\n\"2.23\"\r\n>\r\n<LOGIN\r\n PASSWORD=\"pretend-9\"\r\n"
                                + " user_login='Administrator'\r\n><SERVER_INFO\r\n mode=\"write\"\r\n>\r\n<SET_ONE_TIME_BOOT\r\n value=\"CDROM\"\r\n"
                                + "></SET_ONE_TIME_BOOT\r\n>\r\n<GET_ONE_TIME_BOOT />\r\n</SERVER_INFO>\r\n</LOGIN>\r\n</RIBCL>\r\n"));
        assertThat(statuses(body)).containsOnly("0x0000");
        assertThat(body).contains("<BOOT_TYPE VALUE=\"CDROM\"/>");
        assertThat(ilo.state().oneTimeBoot()).isEqualTo(BootTarget.CDROM);
    }

    @Test
    void answers_the_probe_of_hpilo_with_a_syntax_error() throws Exception {
        String answer = client.post("<RIBCL VERSION=\"2.0\"></RIBCL>");
        assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("Transfer-Encoding");
        assertThat(statuses(RawTls.dechunk(answer))).containsExactly("0x0001");
    }

    @Test
    void rejects_a_wrong_password_with_two_documents() throws Exception {
        String body = RawTls.dechunk(
                client.post(
                        "<RIBCL VERSION=\"2.23\"><LOGIN USER_LOGIN=\"Administrator\" PASSWORD=\"no\">"
                                + "<SERVER_INFO MODE=\"write\"><SET_HOST_POWER HOST_POWER=\"Yes\"/></SERVER_INFO></LOGIN></RIBCL>"));
        assertThat(statuses(body)).containsExactly("0x0000", "0x005F");
        assertThat(ilo.events(Kind.COMMAND)).isEmpty();
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
    }

    @Test
    void takes_passwords_raw_or_escaped_as_told() throws Exception {
        for (boolean unescapes : new boolean[] {true, false}) {
            try (SimulatedIlo other = SimulatedIlo.builder()
                    .user("Administrator", "a&b<c")
                    .unescapesPassword(unescapes)
                    .start()) {
                RawTls raw = new RawTls(other);
                String escaped =
                        raw.post(RawTls.envelope("a&amp;b&lt;c", "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>"));
                String bare = raw.post(RawTls.envelope("a&b<c", "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>"));
                assertThat(RawTls.dechunk(escaped).contains("0x005F")).isEqualTo(!unescapes);
                assertThat(RawTls.dechunk(bare)).doesNotContain("0x005F");
            }
        }
    }

    @Test
    void goes_on_saying_no_error_after_a_failed_command() throws Exception {
        String body = client.command("SERVER_INFO", "write", "<RESET_SERVER/>");
        assertThat(statuses(body)).contains("0x00FE").endsWith("0x0000", "0x0000");
        assertThat(body).contains("Server is currently powered off.");
    }

    @Test
    void refuses_to_write_in_a_read_block() throws Exception {
        String body = client.command("RIB_INFO", "read", "<EJECT_VIRTUAL_MEDIA DEVICE=\"CDROM\"/>");
        assertThat(body).contains("read-only access");
    }

    @Test
    void asks_for_privileges() throws Exception {
        try (SimulatedIlo other = SimulatedIlo.builder()
                .users(List.of(new IloUser("Administrator", "pretend-9", Set.of(Privilege.RESET_SERVER))))
                .start()) {
            String body = new RawTls(other)
                    .command("RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"CDROM\" IMAGE_URL=\"" + URL + "\"/>");
            assertThat(body).contains("0x0023", "VIRTUAL_MEDIA_PRIV required");
        }
    }

    @Test
    void inserts_connects_and_ejects() throws Exception {
        assertThat(status("CDROM")).contains("IMAGE_INSERTED=\"NO\"").doesNotContain("IMAGE_URL");
        client.command("RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"CDROM\" IMAGE_URL=\"" + URL + "\"/>");
        assertThat(status("CDROM")).contains("IMAGE_INSERTED=\"YES\"", "BOOT_OPTION=\"NO_BOOT\"", URL);
        assertThat(ilo.state().bay(MediaDevice.CDROM).connected()).isFalse();
        client.command(
                "RIB_INFO",
                "write",
                "<SET_VM_STATUS DEVICE=\"CDROM\"><VM_BOOT_OPTION value=\"CONNECT\"/><VM_WRITE_PROTECT VALUE=\"yes\"/></SET_VM_STATUS>");
        assertThat(status("CDROM")).contains("BOOT_OPTION=\"BOOT_ALWAYS\"", "WRITE_PROTECT=\"YES\"");
        assertThat(ilo.state().bay(MediaDevice.CDROM).connected()).isTrue();
        assertThat(ilo.state().bay(MediaDevice.CDROM).imageUrl()).contains("http://10.0.0.1:8080/a.iso?x=1&y=2");
        client.command("RIB_INFO", "write", "<EJECT_VIRTUAL_MEDIA DEVICE=\"CDROM\"/>");
        assertThat(status("CDROM")).contains("IMAGE_INSERTED=\"NO\"");
        assertThat(client.command("RIB_INFO", "write", "<EJECT_VIRTUAL_MEDIA DEVICE=\"CDROM\"/>"))
                .contains("0x00FE");
        assertThat(ilo.events().toString()).doesNotContain("a.iso");
    }

    @Test
    void ejects_by_itself_at_the_second_boot_after_boot_once() throws Exception {
        client.command("RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"CDROM\" IMAGE_URL=\"" + URL + "\"/>");
        client.command(
                "RIB_INFO",
                "write",
                "<SET_VM_STATUS DEVICE=\"CDROM\"><VM_BOOT_OPTION VALUE=\"BOOT_ONCE\"/></SET_VM_STATUS>");
        assertThat(ilo.state().bay(MediaDevice.CDROM).connected()).isFalse();
        client.command("SERVER_INFO", "write", "<SET_HOST_POWER HOST_POWER=\"Yes\"/>");
        await().until(() -> ilo.events(Kind.BOOTED).size() == 1);
        assertThat(ilo.state().bay(MediaDevice.CDROM).connected()).isTrue();
        client.command("SERVER_INFO", "write", "<RESET_SERVER/>");
        await().until(() -> ilo.events(Kind.BOOTED).size() == 2);
        assertThat(status("CDROM")).contains("IMAGE_INSERTED=\"NO\"", "BOOT_OPTION=\"NO_BOOT\"");
    }

    @Test
    void takes_upper_case_devices_only() throws Exception {
        assertThat(status("cdrom")).contains("0x0035");
        assertThat(client.command("RIB_INFO", "read", "<GET_VM_STATUS/>")).contains("DEVICE=\"FLOPPY\"");
    }

    @Test
    void switches_power_and_says_when_it_is_so_already() throws Exception {
        assertThat(client.command("SERVER_INFO", "write", "<SET_HOST_POWER HOST_POWER=\"No\"/>"))
                .contains("Host power is already OFF.");
        client.command("SERVER_INFO", "write", "<SET_HOST_POWER HOST_POWER=\"Yes\"/>");
        await().until(() -> ilo.state().power() == Power.ON);
        assertThat(client.command("SERVER_INFO", "write", "<RESET_SERVER/>")).contains("Server being reset.");
        client.command("SERVER_INFO", "write", "<HOLD_PWR_BTN TOGGLE=\"NO\"/>");
        await().until(() -> ilo.state().power() == Power.OFF);
        client.command("SERVER_INFO", "write", "<HOLD_PWR_BTN TOGGLE=\"NO\"/>");
        assertThat(ilo.events(Kind.POWERED_ON)).hasSize(1);
    }

    @Test
    void stays_off_when_the_button_is_held_before_the_power_came() throws Exception {
        try (SimulatedIlo other = SimulatedIlo.builder()
                .powerDelays(Duration.ofMillis(300), Duration.ZERO)
                .start()) {
            other.state().powerOn();
            other.state().powerOff();
            other.state().powerOn();
            await().until(() -> other.state().power() == Power.ON);
            assertThat(other.events(Kind.POWERED_ON)).hasSize(1);
        }
    }

    @Test
    void applies_a_pending_boot_mode_at_the_next_boot() throws Exception {
        client.command("SERVER_INFO", "write", "<SET_PENDING_BOOT_MODE value=\"UEFI\"/>");
        assertThat(client.command("SERVER_INFO", "read", "<GET_CURRENT_BOOT_MODE/>"))
                .contains("\"LEGACY\"");
        assertThat(client.command("SERVER_INFO", "read", "<GET_PENDING_BOOT_MODE/>"))
                .contains("\"UEFI\"");
        client.command("SERVER_INFO", "write", "<PRESS_PWR_BTN/>");
        await().until(() -> ilo.state().currentMode() == FirmwareMode.UEFI);
        assertThat(client.command("SERVER_INFO", "read", "<GET_PERSISTENT_BOOT/>"))
                .contains("value=\"Boot000B\" DESCRIPTION=\"iLO Virtual USB 2 : HP iLO Virtual USB CD/DVD ROM\"");
        client.command(
                "SERVER_INFO", "write", "<SET_PERSISTENT_BOOT><DEVICE VALUE=\"Boot0009\"/></SET_PERSISTENT_BOOT>");
        assertThat(ilo.state().persistentBoot())
                .startsWith(BootTarget.HDD, BootTarget.CDROM)
                .hasSize(5);
    }

    @Test
    void shows_who_it_is_without_a_login() throws Exception {
        String body = RawTls.dechunk(client.exchange("GET /xmldata?item=All HTTP/1.1\r\nHost: x\r\n\r\n"));
        Element root = documents(body).get(0);
        assertThat(root.getTagName()).isEqualTo("RIMP");
        assertThat(root.getElementsByTagName("PN").item(0).getTextContent()).contains("(iLO 4)");
        assertThat(root.getElementsByTagName("SN").item(0).getTextContent()).isEqualTo("ILOCZ1234ABCD ");
    }

    @Test
    void refuses_entity_tricks() throws Exception {
        String body = RawTls.dechunk(client.post("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + RawTls.envelope("pretend-9", "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>")));
        assertThat(statuses(body)).containsExactly("0x0001");
    }

    // ---- faults

    @Test
    void drops_the_connection_in_a_chunk_once() throws Exception {
        ilo.faults().inject(IloFault.DROP_IN_CHUNK, 1);
        String answer = client.post(RawTls.envelope("pretend-9", "SERVER_INFO", "read", "<GET_PRODUCT_NAME/>"));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(body).startsWith("1ff\r\n<?xml");
        assertThat(body.length()).isLessThan(0x1ff);
        assertThat(productName()).contains("ProLiant DL360 Gen9");
        assertThat(ilo.events(Kind.FAULT)).containsExactly("DROP_IN_CHUNK");
    }

    @Test
    void says_inserted_and_inserts_nothing() throws Exception {
        ilo.faults().inject(IloFault.INSERT_WITHOUT_INSERTING, 1);
        String body = client.command(
                "RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"FLOPPY\" IMAGE_URL=\"" + URL + "\"/>");
        assertThat(statuses(body)).containsOnly("0x0000");
        assertThat(status("FLOPPY")).contains("IMAGE_INSERTED=\"NO\"");
    }

    @Test
    void lacks_the_license() throws Exception {
        ilo.faults().always(IloFault.NO_LICENSE);
        assertThat(client.command("RIB_INFO", "read", "<GET_ALL_LICENSES/>")).contains("iLO 4 Standard");
        assertThat(client.command(
                        "RIB_INFO", "write", "<INSERT_VIRTUAL_MEDIA DEVICE=\"FLOPPY\" IMAGE_URL=\"" + URL + "\"/>"))
                .contains("0x002E", "license");
        ilo.faults().clear();
        assertThat(client.command("RIB_INFO", "read", "<GET_ALL_LICENSES/>")).contains("iLO 4 Advanced");
    }

    @Test
    void stays_as_it_is_with_stuck_power() throws Exception {
        ilo.faults().always(IloFault.STUCK_POWER);
        assertThat(statuses(client.command("SERVER_INFO", "write", "<SET_HOST_POWER HOST_POWER=\"Yes\"/>")))
                .containsOnly("0x0000");
        assertThat(ilo.events(Kind.FAULT)).containsExactly("STUCK_POWER");
        assertThat(client.command("SERVER_INFO", "read", "<GET_HOST_POWER_STATUS/>"))
                .contains("\"OFF\"");
    }

    @Test
    void answers_each_kind_of_rubbish() throws Exception {
        ilo.faults().inject(IloFault.GARBAGE_ANSWER, 1);
        assertThat(productName()).doesNotContain("RIBCL VERSION");
        ilo.faults().inject(IloFault.WRONG_DOCUMENT, 1);
        assertThat(productName()).contains("<HTML>");
        ilo.faults().inject(IloFault.TRUNCATED_DOCUMENT, 1);
        assertThat(productName()).doesNotEndWith("</RIBCL>\n");
        ilo.faults().inject(IloFault.RIBCL_DISABLED, 1);
        assertThat(productName()).contains("RIBCLI is disabled");
        ilo.faults().inject(IloFault.UNSUPPORTED_BOOT_MODE, 1);
        assertThat(client.command("SERVER_INFO", "read", "<GET_SUPPORTED_BOOT_MODE/>"))
                .contains("0x003C", "Feature not supported - GET_SUPPORTED_BOOT_MODE");
        ilo.faults().inject(IloFault.UNKNOWN_COMMAND, 1);
        assertThat(productName()).contains("0x0001", "yntax error");
        ilo.faults().inject(IloFault.CONTROL_BYTES, 1);
        assertThat(productName()).contains("\u0001", "\u00b0");
        ilo.faults().inject(IloFault.UNESCAPED_QUOTE, 1);
        assertThat(productName()).contains("VALUE =\"ProLiant \"x\" DL360 Gen9\"");
        ilo.faults().inject(IloFault.LOGIN_FAILED, 1);
        assertThat(productName()).contains("0x005F");
        assertThat(productName()).contains("VALUE =\"ProLiant DL360 Gen9\"");
    }

    @Test
    void answers_503_or_nothing() throws Exception {
        ilo.faults().inject(IloFault.HTTP_503, 1);
        assertThat(client.post("")).startsWith("HTTP/1.1 503 ");
        ilo.faults().inject(IloFault.DROP_AT_ONCE, 1);
        assertThat(client.post("")).isEmpty();
    }

    @Test
    void ends_what_waits_when_closed() throws Exception {
        ilo.faults().always(IloFault.NEVER_ANSWERS);
        Thread closer = new Thread(() -> {
            await().until(() -> !ilo.events(Kind.FAULT).isEmpty());
            ilo.close();
        });
        closer.start();
        assertThat(catchAnswer()).isEmpty();
        closer.join(5_000);
        assertThat(closer.isAlive()).isFalse();
        assertThatThrownBy(() -> client.post("")).isInstanceOf(IOException.class);
    }

    private String catchAnswer() {
        try {
            return client.post("");
        } catch (IOException e) {
            return "";
        }
    }

    private String productName() throws IOException {
        return client.command("SERVER_INFO", "read", "<GET_PRODUCT_NAME/>");
    }

    private String status(String device) throws IOException {
        return client.command("RIB_INFO", "read", "<GET_VM_STATUS DEVICE=\"" + device + "\"/>");
    }

    private static List<String> statuses(String body) throws Exception {
        return documents(body).stream()
                .map(root -> root.getElementsByTagName("RESPONSE"))
                .filter(list -> list.getLength() > 0)
                .map(list -> ((Element) list.item(0)).getAttribute("STATUS"))
                .toList();
    }

    private static List<Element> documents(String body) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        List<Element> roots = new ArrayList<>();
        for (String piece : body.split("(?=<\\?xml)")) {
            if (!piece.isBlank()) {
                roots.add(factory.newDocumentBuilder()
                        .parse(new InputSource(new StringReader(piece.strip())))
                        .getDocumentElement());
            }
        }
        return roots;
    }
}
