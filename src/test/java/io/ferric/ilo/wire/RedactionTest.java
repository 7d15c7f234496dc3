package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ferric.node.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final IloAccess ACCESS = access("p&ss\"w\\rd");
    private final Redaction redaction = Redaction.of(ACCESS);

    private static IloAccess access(String password) {
        return new IloAccess(
                "127.0.0.1", 443, "someone", Secret.of(password), Duration.ofSeconds(1), new IloTrust.Off());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<LOGIN USER_LOGIN=\"S3CRET\" PASSWORD=\"S3CRET\">",
                "<LOGIN PASSWORD = 'S3CRET' USER_LOGIN='S3CRET'>",
                "<LOGIN PASSWORD=\"S3CRET cut off",
                "<LICENSE_KEY VALUE=\"S3CRET\"/>",
                "<LICENSE><ACTIVATE KEY=\"S3CRET\"/></LICENSE>",
                "IMAGE_URL=\"https://u:S3CRET@h:1/v1/S3CRET/a.iso?temp_url_sig=S3CRET&amp;x=S3CRET\"",
                "cannot fetch http://h/S3CRET/f.img: 404",
                "{\"Image\":\"http:\\/\\/h\\/S3CRET\\/a.iso\"}",
                "/v1/a.iso?temp_url_sig=S3CRET&temp_url_expires=S3CRET",
                "{\"UserName\":\"S3CRET\",\"Password\" : \"S3CRET\"}",
                "{\"Password\":\"a\\\"S3CRET\"}",
                "{\"Password\":\"S3CRET and cut off",
                "{\"LicenseKey\":\"S3CRET\",\"License\":\"iLO 4 Advanced\"}",
                "/redfish/v1/SessionService/Sessions/S3CRET/",
                "{\"@odata.id\":\"/redfish/v1/Sessions/S3CRET\"}"
            })
    void masks(String said) {
        assertThat(redaction.text(said)).doesNotContain("S3CRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p&ss\"w\\rd", "p&amp;ss&quot;w\\rd", "p&ss\\\"w\\\\rd"})
    void masks_the_password_as_it_stands_in_words_xml_and_json(String form) {
        assertThat(redaction.text("said " + form + " again")).isEqualTo("said *** again");
    }

    @Test
    void a_password_that_words_hold_by_chance_is_not_told_by_masking_it() {
        assertThat(Redaction.of(access("OM")).text("CD-ROM")).isEqualTo("CD-ROM");
    }

    @Test
    void masks_a_license_key_wherever_it_stands() {
        assertThat(redaction.text("installed AAAAA-BBBBB-CCCCC-DDDDD-EEEE1 today"))
                .isEqualTo("installed *** today");
    }

    @Test
    void leaves_the_rest_as_it_is() {
        String said =
                "<GET_FW_VERSION FIRMWARE_VERSION = \"2.50\"/> {\"PowerState\": \"On\", \"@odata.id\":\"/redfish/v1/\"}";
        assertThat(redaction.text(said)).isEqualTo(said);
        assertThat(redaction.text("http://10.0.0.1:8089/f/SIG/boot.iso"))
                .isEqualTo("http://10.0.0.1:8089/.../boot.iso");
    }

    @Test
    void masks_headers_of_both_sides() {
        HttpCall call = HttpCall.delete("/redfish/v1/SessionService/Sessions/S3CRET")
                .with("X-Auth-Token", "S3CRET")
                .with("Authorization", "Basic S3CRET")
                .with("If-Match", "W/\"77\"");
        HttpAnswer answer = new HttpAnswer(
                201,
                Map.of(
                        "x-auth-token",
                        "S3CRET",
                        "set-cookie",
                        "sessionKey=S3CRET",
                        "location",
                        "https://127.0.0.1/redfish/v1/SessionService/Sessions/S3CRET/",
                        "etag",
                        "W/\"77\""),
                "{}".getBytes(StandardCharsets.UTF_8),
                true);
        assertThat(redaction.call(call) + redaction.answer(answer))
                .doesNotContain("S3CRET")
                .contains(
                        "DELETE /redfish/v1/SessionService/Sessions/***", "X-Auth-Token: ***", "etag: W/\"77\"", "201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Password\":\"",
                "\\\"",
                "PASSWORD=\"",
                "http://",
                "LICENSE_KEY ",
                "/Sessions/",
                "AAAAA-",
                "sig="
            })
    void takes_no_time_and_no_stack(String unit) {
        String hostile = "\"Password\":\"" + unit.repeat(500_000 / unit.length());
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> redaction.text(hostile));
    }

    @Test
    void a_trace_hears_both_sides_and_why_there_was_no_answer() throws Exception {
        List<String> heard = new ArrayList<>();
        IloTrace trace = (who, direction, text) -> heard.add(who + " " + direction + " " + text);
        HttpAnswer answer = new HttpAnswer(200, Map.of(), "p&ss\"w\\rd".getBytes(StandardCharsets.UTF_8), true);
        assertThat(trace.over(call -> answer, ACCESS).exchange(HttpCall.get("/a")))
                .isSameAs(answer);
        assertThatThrownBy(() -> trace.over(
                                call -> {
                                    throw new IOException("no p&ss\"w\\rd");
                                },
                                ACCESS)
                        .exchange(HttpCall.get("/b")))
                .isInstanceOf(IOException.class);
        assertThat(heard)
                .containsExactly(
                        "127.0.0.1:443 TO_ILO GET /a\n\n",
                        "127.0.0.1:443 FROM_ILO 200\n\n***",
                        "127.0.0.1:443 TO_ILO GET /b\n\n",
                        "127.0.0.1:443 FROM_ILO no answer: java.io.IOException: no ***");
    }

    @Test
    void who_does_not_listen_costs_nothing() {
        IloLine line = call -> null;
        assertThat(IloTrace.NONE.over(line, ACCESS)).isSameAs(line);
    }
}
