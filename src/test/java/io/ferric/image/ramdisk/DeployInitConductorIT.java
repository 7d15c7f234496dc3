package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of the conductor, by curl and, without it, by busybox. */
class DeployInitConductorIT extends InitTestBase {
    private static final String[] CLIENTS = {"curl", "no-curl"};

    @BeforeEach
    void have_both_clients() {
        Peer.require("curl");
        String busybox = Peer.require("busybox").path().toString();
        box.standIn("nc", "exec " + busybox + " nc \"$@\"");
        box.set("POST_PAUSE", "0")
                .set("POST_PAUSE_MOST", "0")
                .set("POST_TRIES", "4")
                .set("POST_SECONDS", "10");
    }

    private String report(String client, String url, String before) {
        box.set("CURL", client);
        box.parameters("deployment_id=1-2", "deployment_key=KEY", "iscsi_target_iqn=iqn.x:1");
        return box.run("parse_api_url '" + url + "'; ADDRESS=10.9.0.5\n" + before
                + "\nif report_deploy; then echo \"OK $FAULT\"; else echo \"ERROR $FAULT\"; fi");
    }

    @ParameterizedTest
    @CsvSource({"curl,127.0.0.1", "curl,::1", "no-curl,127.0.0.1", "no-curl,::1"})
    void tells_the_conductor_where_the_disk_is(String client, String host) throws Exception {
        try (FakeConductor conductor = new FakeConductor(host)) {
            assertThat(report(client, conductor.url() + "/base", "printf 'to ken' >$RUN/token"))
                    .isEqualTo("OK");

            FakeConductor.Call call = conductor.calls().get(0);
            assertThat(call.path()).isEqualTo("/base/v1/nodes/1-2/vendor_passthru/pass_deploy_info");
            assertThat(call.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(call.headers().getFirst("Accept")).isEqualTo("application/json");
            assertThat(call.headers().getFirst("X-Auth-Token")).isEqualTo("to ken");
            assertThat(call.headers().getFirst("Host"))
                    .isEqualTo(conductor.url().substring("http://".length()));
            assertThat(call.body())
                    .isEqualTo("{\"address\":\"10.9.0.5\",\"key\":\"KEY\",\"iqn\":\"iqn.x:1\",\"error\":\"\"}");
            assertThat(conductor.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "no-curl"})
    void sends_no_token_when_there_is_none_and_any_error_as_json(String client) throws Exception {
        box.file("fault", "a \"quoted\" \\ back\tslash\nsecond \u0001line \u00e9\n");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            report(client, conductor.url(), "FAULT=$(cat $FERRIC_ROOT/fault)");

            FakeConductor.Call call = conductor.calls().get(0);
            JsonNode body = new ObjectMapper().readTree(call.body());
            assertThat(body.get("error").asText()).isEqualTo("a \"quoted\" \\ back\tslash\nsecond ?line ??");
            assertThat(call.headers()).doesNotContainKey("X-auth-token");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "no-curl"})
    void calls_again_when_the_conductor_is_busy_or_broken(String client) throws Exception {
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            conductor
                    .answer(503, "later")
                    .answer(409, "{\"error_message\": \"node locked\"}")
                    .answer(500, "");

            assertThat(report(client, conductor.url(), "")).isEqualTo("OK");
            assertThat(conductor.calls()).hasSize(4);
            assertThat(box.console())
                    .contains("try 1 of 4", "it answered 503: later", "node locked", "500: no reason given");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "no-curl"})
    void stops_when_it_is_refused_and_says_why(String client) throws Exception {
        String ironic = "{\"error_message\": \"{\\\"debuginfo\\\": null, \\\"faultcode\\\": \\\"Client\\\","
                + " \\\"faultstring\\\": \\\"Deploy key does not match.\\\"}\"}";
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            conductor.answer(400, ironic).answer(401, "<html>who\nare you</html>");

            assertThat(report(client, conductor.url(), ""))
                    .isEqualTo("ERROR the conductor refused pass_deploy_info (400): Deploy key does not match.");
            assertThat(report(client, conductor.url(), "")).contains("(401): <html>who are you</html>");
            assertThat(conductor.calls()).hasSize(2);
            assertThat(box.console()).contains("Deploy key does not match.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "no-curl"})
    void gives_up_on_a_conductor_that_cannot_be_reached(String client) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        assertThat(report(client, "http://127.0.0.1:" + port, ""))
                .startsWith("ERROR the conductor at http://127.0.0.1:" + port
                        + " did not take pass_deploy_info in 4 tries:")
                .containsIgnoringCase("connect");
    }

    /** The conductor may have taken a call whose answer was lost; it will say done to whom it believes is waiting. */
    @ParameterizedTest
    @ValueSource(strings = {"curl", "no-curl"})
    void a_refusal_after_a_lost_answer_does_not_count(String client) throws Exception {
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            conductor.answer(FakeConductor.HANG_UP, "").answer(400, "not waiting for a call");

            assertThat(report(client, conductor.url(), "")).isEqualTo("OK");
            assertThat(conductor.calls()).hasSize(2);
            assertThat(box.console()).contains("refused pass_deploy_info (400): not waiting for a call");
        }
    }

    @Test
    void never_shows_key_or_token() throws Exception {
        box.standIn("curl", "exec " + Peer.require("curl").path() + " \"$@\"");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            conductor.answer(500, "no");
            for (String client : CLIENTS) {
                report(client, conductor.url(), "printf TOKEN >$RUN/token");
            }
            assertThat(conductor.calls().get(0).headers().getFirst("X-Auth-Token"))
                    .isEqualTo("TOKEN");
            assertThat(box.called("curl")).isNotEmpty();
            assertThat(box.called()).noneMatch(line -> line.contains("TOKEN") || line.contains("KEY"));
            assertThat(box.console()).doesNotContain("TOKEN").doesNotContain("KEY");
        }
    }

    @Test
    void verifies_the_conductor_and_names_the_clock() throws Exception {
        SSLContext own = authority(folder.resolve("own"));
        try (FakeConductor conductor = FakeConductor.https("127.0.0.1", own)) {
            box.file("etc/ssl/certs/ca-certificates.crt", Files.readAllBytes(folder.resolve("own.pem")));
            assertThat(report("curl", conductor.url(), "")).isEqualTo("OK");

            authority(folder.resolve("other"));
            box.file("etc/ssl/certs/ca-certificates.crt", Files.readAllBytes(folder.resolve("other.pem")));
            assertThat(report("curl", conductor.url(), ""))
                    .startsWith("ERROR")
                    .contains("certificate")
                    .contains("this server's clock says 20");
            assertThat(report("no-curl", conductor.url(), ""))
                    .isEqualTo("ERROR the conductor's address is https, but this ramdisk was built without curl");
            assertThat(conductor.calls()).hasSize(1);
        }
    }

    private static SSLContext authority(Path files) throws Exception {
        Path store = Path.of(files + ".p12");
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        keytool(
                tool,
                "-genkeypair",
                "-keystore",
                store,
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + files.getFileName(),
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc=ca:true",
                "-storepass",
                "secret");
        keytool(
                tool,
                "-exportcert",
                "-rfc",
                "-keystore",
                store,
                "-alias",
                "a",
                "-file",
                files + ".pem",
                "-storepass",
                "secret");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path tool, Object... arguments) throws IOException, InterruptedException {
        java.util.List<String> command = new java.util.ArrayList<>();
        command.add(tool.toString());
        java.util.Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }
}
