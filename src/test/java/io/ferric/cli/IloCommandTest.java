package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class IloCommandTest {
    private static final String PASSWORD = "pretend-9";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private SimulatedIlo ilo;

    @BeforeEach
    void start() throws Exception {
        ilo = SimulatedIlo.builder().user("u", PASSWORD).start();
    }

    @AfterEach
    void stop() throws Exception {
        ilo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ILO3_G7,   iLO 3, 1.82,    RIBCL",
        "ILO4_GEN9, iLO 4, 2.50,    REDFISH RIBCL",
        "ILO5,      iLO 5, 2.70,    REDFISH RIBCL",
        "ILO6,      iLO 6, 1.57,    REDFISH",
        "ILO7,      iLO 7, 1.12.00, REDFISH"
    })
    void tells_which_ilo_it_is(IloProfile profile, String generation, String firmware, String protocols)
            throws Exception {
        ilo.close();
        ilo = SimulatedIlo.builder().profile(profile).user("u", PASSWORD).start();

        assertThat(ilo("detect", "--json")).as(err.toString()).isZero();

        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(found.path("generation").asText()).isEqualTo(generation);
        assertThat(found.path("firmware").asText()).isEqualTo(firmware);
        assertThat(found.path("product").asText()).isEqualTo(profile.model());
        assertThat(found.path("protocols"))
                .map(JsonNode::asText)
                .containsExactly(protocols.toLowerCase(java.util.Locale.ROOT).split(" "));
    }

    @ParameterizedTest
    @CsvSource({"auto,redfish", "redfish,redfish", "ribcl,ribcl"})
    void tells_the_protocol_that_gave_the_answer(String asked, String used) {
        assertThat(ilo("power-status", "--protocol", asked)).as(err.toString()).isZero();

        assertThat(out.toString()).containsPattern("power +power o").containsPattern("protocol +" + used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "power-status", "license", "vmedia-status", "boot-mode", "boot-mode get"})
    void asks(String question) throws Exception {
        assertThat(ilo(question.split(" "), "--json")).as(err.toString()).isZero();

        assertThat(new ObjectMapper().readTree(out.toString()).path("protocol").asText())
                .isIn("ribcl", "redfish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"power-on", "power-off", "soft-off", "boot-once cdrom", "vmedia-eject cdrom"})
    void tells(String order) {
        assertThat(ilo(order.split(" "))).as(err.toString()).isZero();
        assertThat(out.toString()).contains("protocol");
    }

    @Test
    void leaves_a_server_off_that_is_asked_to_shut_down() {
        ilo("power-off");
        assertThat(ilo("soft-off")).isZero();
        assertThat(out.toString()).contains("nothing, the server is not on: power off");
    }

    @Test
    void sets_the_boot_mode_only_in_full_words() {
        assertThat(ilo("boot-mode", "set")).isEqualTo(2);
        assertThat(err.toString()).contains("write boot-mode, boot-mode get, boot-mode set bios");
    }

    @Test
    void a_wrong_protocol_is_an_error_of_usage() {
        assertThat(ilo("info", "--protocol", "ipmi")).isEqualTo(2);
        assertThat(err.toString()).contains("--protocol ipmi: there are auto, ribcl and redfish");
    }

    @Test
    void says_in_one_line_what_is_wrong() {
        ilo.faults().always(IloFault.HTTP_503);

        assertThat(ilo("power-status", "--timeout", "20")).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("ferric: iLO ")
                .contains("HTTP status 503")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void writes_a_trace_fit_for_a_bug_report() throws Exception {
        Path file = folder.resolve("trace.txt");

        assertThat(ilo("power-status", "--trace-file", file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(ilo("power-status", "--trace", "--protocol", "ribcl")).isZero();

        String trace = Files.readString(file);
        assertThat(trace)
                .startsWith("# ferric ")
                .containsPattern("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z TO_ILO 127\\.0\\.0\\.1:\\d+ Redfish\n")
                .contains("GET /redfish/v1/", "DELETE /redfish/v1/SessionService/Sessions/")
                .doesNotContain(PASSWORD);
        assertThat(err.toString())
                .containsPattern("FROM_ILO 127\\.0\\.0\\.1:\\d+ RIBCL\n")
                .doesNotContain(PASSWORD);
    }

    @Test
    void logs_out_when_it_fails() throws Exception {
        Path file = folder.resolve("trace.txt");

        assertThat(ilo(
                        "vmedia-insert",
                        "--protocol",
                        "redfish",
                        "cdrom",
                        "ftp://nowhere/x",
                        "--trace-file",
                        file.toString()))
                .isEqualTo(1);

        assertThat(Files.readString(file)).contains("DELETE /redfish/v1/SessionService/Sessions/");
        assertThat(ilo.sessions()).isEmpty();
    }

    private int ilo(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return ilo(all.toArray(String[]::new));
    }

    private int ilo(String... words) {
        try {
            List<String> line = new ArrayList<>(List.of("ilo"));
            line.addAll(List.of(words));
            line.addAll(
                    List.of("--address", "127.0.0.1:" + ilo.address().getPort(), "--username", "u", "--verify", "off"));
            line.addAll(List.of(
                    "--password-file",
                    Files.writeString(folder.resolve("pw"), PASSWORD + "\n").toString()));
            CommandLine program = Main.commandLine("ilo");
            program.setOut(new PrintWriter(out, true));
            program.setErr(new PrintWriter(err, true));
            return program.execute(line.toArray(String[]::new));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
