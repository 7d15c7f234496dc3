package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.ferric.node.AccessDenied;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.NotFound;
import io.ferric.node.OperationFailed;
import io.ferric.node.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Every failure is Ironic's error body, over real HTTP. */
class RestErrorsTest extends RestOnMock {
    private static final int MIB = 1 << 20;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new InvalidRequest(FaultCode.MISSING_PARAMETER_VALUE, "no key", "Send it."), 400),
                Arguments.of(new InvalidRequest(FaultCode.NODE_IN_MAINTENANCE, "in maintenance", ""), 400),
                Arguments.of(new AccessDenied("NotAuthorized", "not yours", ""), 403),
                Arguments.of(new NotFound(FaultCode.NODE_NOT_FOUND, "no node n1", ""), 404),
                Arguments.of(new Conflict(FaultCode.NODE_LOCKED, "n1 is locked by host a", "Try again."), 409),
                Arguments.of(new OperationFailed(FaultCode.POWER_STATE_FAILURE, "stays off", ""), 409),
                Arguments.of(new OperationFailed(FaultCode.ILO_OPERATION_ERROR, "the iLO says no", ""), 500),
                Arguments.of(new Unavailable(FaultCode.NO_FREE_CONDUCTOR_WORKER, "all busy", ""), 503));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void answers_every_kind_of_fault_with_its_status_and_words(NodeFault fault, int status) {
        when(conductor.node("n1")).thenThrow(fault);

        Served.Answer answer = rest.get("/v1/nodes/n1");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("X-Ferric-Fault-Code")).isEqualTo(fault.code());
        assertThat(answer.json().size()).isOne();
        assertThat(answer.fault().get("debuginfo").isNull()).isTrue();
        assertThat(answer.fault().get("faultcode").textValue()).isEqualTo(status < 500 ? "Client" : "Server");
        assertThat(answer.sentence()).isEqualTo(fault.inPlainWords());
    }

    @Test
    void tells_a_client_when_to_come_back() {
        when(conductor.node("n1")).thenThrow(new Unavailable(FaultCode.TEMPORARY_FAILURE, "busy", ""));

        assertThat(rest.get("/v1/nodes/n1").header("Retry-After")).isEqualTo("2");
    }

    @Test
    void tells_nothing_of_a_failure_nobody_foresaw_but_its_name_in_the_log() {
        when(conductor.node("n1")).thenThrow(new IllegalStateException("jdbc:h2:/secret/place is broken"));

        Served.Answer answer = rest.get("/v1/nodes/n1");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("jdbc", "IllegalState", "secret");
        assertThat(answer.header("Openstack-Request-Id")).startsWith("req-");
        assertThat(answer.sentence()).contains(answer.header("Openstack-Request-Id"));
        assertThat(answer.fault().get("faultcode").textValue()).isEqualTo("Server");
    }

    @Test
    void hides_signatures_and_users_of_urls_in_messages() {
        when(conductor.node("n1"))
                .thenThrow(new OperationFailed(
                        FaultCode.SWIFT_OPERATION_ERROR,
                        "GET https://u:pw@swift/v1/x?temp_url_sig=abcdef&temp_url_expires=1 failed",
                        ""));

        assertThat(rest.get("/v1/nodes/n1").body())
                .doesNotContain("abcdef", "u:pw")
                .contains("temp_url_expires=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/v2",
                "/v1/nothing",
                "/v1/nodes/n1/nothing",
                "/v1/nodes/n1/states/nothing",
                "/application.wadl",
                "/v1/nodes/n1/vendor_passthru/a/b"
            })
    void answers_an_unknown_path_with_404(String path) {
        Served.Answer answer = rest.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.sentence()).contains("no such resource");
        verifyNoInteractions(conductor);
    }

    @Test
    void answers_a_method_a_resource_has_not_with_405_and_those_it_has() {
        Served.Answer answer = rest.put("/v1/nodes", "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET", "POST");
        assertThat(answer.sentence()).contains("method");
    }

    @Test
    void refuses_a_client_that_takes_no_json() {
        Served.Answer answer = rest.send(rest.request("/v1/nodes").header("Accept", "text/html"));

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.sentence()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "/", "text/", "application/json;q=x"})
    void refuses_an_accept_header_that_is_none(String accept) {
        Served.Answer answer = rest.send(rest.request("/v1/nodes").header("Accept", accept));

        assertThat(answer.status()).isIn(400, 406);
        assertThat(answer.sentence()).contains("Accept");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "nonsense"})
    void refuses_a_body_that_does_not_say_it_is_json(String type) {
        Served.Answer answer = rest.send(rest.request("/v1/nodes")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"driver\": \"ilo\"}")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.sentence()).contains("application/json");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data"})
    void refuses_a_form_whatever_is_in_it(String type) {
        Served.Answer answer = rest.send(rest.request("/v1/nodes")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe, '{', ' ', '}', '%'})));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.sentence()).contains("application/json");
    }

    @Test
    void refuses_a_body_without_a_type() {
        Served.Answer answer = rest.send(rest.request("/v1/nodes").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.sentence()).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"driver\": \"ilo\"} x", "{'driver': 'ilo'}", "\u0000", "{\"a\": NaN}"})
    void refuses_what_is_not_json_without_repeating_it(String body) {
        Served.Answer answer = rest.post("/v1/nodes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("not JSON", "line 1").doesNotContain("ilo");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7", "null"})
    void refuses_json_of_another_shape(String body) {
        assertThat(rest.post("/v1/nodes", body).sentence()).contains("must be a JSON object");
    }

    @Test
    void refuses_an_empty_body_where_one_is_needed() {
        assertThat(rest.post("/v1/nodes", "").sentence()).contains("empty");
        assertThat(rest.patch("/v1/nodes/n1", "").sentence()).contains("empty");
        assertThat(rest.put("/v1/nodes/n1/states/power", "").status()).isEqualTo(400);
        assertThat(rest.put("/v1/nodes/n1/states/power", "{\"target\": \"up\"}").body())
                .contains("There are power on, power off, rebooting, soft power off, soft rebooting.");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"driver\": \"ilo\", \"driver\": \"fake\"}`, same name twice",
                "`{\"extra\": {\"n\": [1e999999999]}}`, beyond 1.7e308",
                "`{\"extra\": {\"n\": -1e999999999}}`, beyond 1.7e308"
            })
    void says_what_is_wrong_with_json_that_cannot_be_kept(String body, String words) {
        Served.Answer answer = rest.post("/v1/nodes", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains(words).doesNotContain("ilo");
        verifyNoInteractions(conductor);
    }

    @Test
    void refuses_a_number_of_thousands_of_digits_and_says_that_it_is_one() {
        assertThat(rest.post("/v1/nodes", "{\"extra\": " + "7".repeat(5000) + "}")
                        .sentence())
                .contains("number of more than 1,000 digits");
    }

    @Test
    void refuses_json_that_is_nested_too_deeply() {
        Served.Answer answer = rest.post("/v1/nodes", "[".repeat(5000) + "]".repeat(5000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("nested deeper than 64");
    }

    @Test
    void refuses_a_body_whose_announced_length_is_too_large() {
        Served.Answer answer = rest.post("/v1/nodes", "{\"x\": \"" + "a".repeat(MIB) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.sentence()).contains("1 MiB", "max_body_mib");
        verifyNoInteractions(conductor);
    }

    @Test
    void lets_a_client_that_still_sends_hear_that_it_sends_too_much() {
        Served.Answer answer = rest.post("/v1/nodes", "{\"x\": \"" + "a".repeat(12 * MIB) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void refuses_a_large_body_before_a_client_that_asks_first_has_sent_it() throws IOException {
        String answer = raw("POST /v1/nodes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("error_message");
    }

    @Test
    void refuses_a_body_of_unknown_length_where_it_becomes_too_large() {
        byte[] body = ("{\"x\": \"" + "a".repeat(MIB) + "\"}").getBytes(StandardCharsets.UTF_8);
        Served.Answer answer = rest.send(rest.request("/v1/nodes")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.sentence()).contains("1 MiB");
        verifyNoInteractions(conductor);
    }

    @Test
    void takes_a_body_just_below_the_limit() {
        when(conductor.createNode(any(), any())).thenThrow(new Conflict(FaultCode.DUPLICATE_NAME, "read it all", ""));
        String frame = "{\"driver\": \"ilo\", \"extra\": {\"x\": \"\"}}";

        Served.Answer answer = rest.post("/v1/nodes", frame.replace("\"\"", "\"" + "a".repeat(MIB - 40) + "\""));

        assertThat(answer.sentence()).isEqualTo("read it all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nodes/%zz", "/v1/nodes/%", "/v1/%2e%2e/%2e%2e/etc"})
    void answers_a_path_that_cannot_be_decoded_in_the_same_form(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 4").contains("error_message", "faultstring");
        assertThat(answer).doesNotContain("Exception", "jetty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "POST /v1/nodes HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\nConnection: close\r\n\r\n"
            })
    void answers_what_is_no_http_in_the_same_form(String request) throws IOException {
        assertThat(raw(request))
                .startsWith("HTTP/1.1 ")
                .contains("error_message")
                .doesNotContain("Exception");
    }

    @Test
    void answers_a_body_that_is_framed_wrongly_in_the_same_form() throws IOException {
        String answer = raw("POST /v1/nodes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("error_message");
    }

    @Test
    void does_nothing_with_a_body_that_ends_too_early() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", rest.server().baseUri().getPort())) {
            socket.setSoTimeout(10_000);
            String request = "POST /v1/nodes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{\"driver\": \"ilo\"}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains(" 400 ");
        }
        verifyNoInteractions(conductor);
    }

    @Test
    void answers_headers_that_are_too_large_in_the_same_form() throws IOException {
        String answer = raw(
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Much: " + "a".repeat(20_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 431 ").contains("error_message");
    }

    @Test
    void closes_the_connection_when_asked() throws IOException {
        String answer = raw("GET /v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @Test
    void does_not_say_which_server_it_is() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .doesNotContainIgnoringCase("\r\nServer:")
                .doesNotContainIgnoringCase("jetty");
    }

    @Test
    void passes_a_name_with_odd_characters_on_as_it_is() {
        when(conductor.node(anyString())).thenThrow(new NotFound(FaultCode.NODE_NOT_FOUND, "no such node", ""));

        rest.get("/v1/nodes/a%20b%3Fc");

        Mockito.verify(conductor).node("a b?c");
    }

    /** Sends these bytes and reads until the server closes. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/nodes?%zz=1", "/v1/nodes?fields=%", "/?%zz", "/v1?%"})
    void refuses_a_query_that_cannot_be_decoded(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("error_message");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", rest.server().baseUri().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
