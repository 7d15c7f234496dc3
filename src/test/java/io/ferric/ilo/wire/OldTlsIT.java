package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.Secret;
import io.ferric.testkit.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSL, told to behave like an iLO of 2012. */
@Timeout(60)
class OldTlsIT {
    private static final Pattern PORT = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    @BeforeAll
    static void needs() {
        Peer.require("openssl");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1,   AES128-SHA,           TLSv1",
        "-tls1,   ECDHE-RSA-AES256-SHA, TLSv1",
        "-tls1_1, AES256-SHA,           TLSv1.1",
        "-tls1_2, AES256-SHA256,        TLSv1.2"
    })
    void openssl_is_understood_with_old_tls_and_only_so(String protocol, String cipher, String spoken)
            throws Exception {
        TestCertificate certificate = TestCertificate.old();
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-www",
                        protocol,
                        "-cipher",
                        cipher + ":@SECLEVEL=0",
                        "-cert",
                        certificate.writePem(folder.resolve("cert.pem")).toString(),
                        "-key",
                        certificate.writeKey(folder.resolve("key.pem")).toString())
                .redirectErrorStream(true)
                .start();
        try {
            IloAccess modern = new IloAccess(
                    "127.0.0.1",
                    port(openssl),
                    "x",
                    Secret.of("y"),
                    Duration.ofSeconds(20),
                    new IloTrust.Pinned(certificate.fingerprint()));
            HttpsExchange https = HttpsExchange.create();
            String page = https.inTurn(modern.with(TlsAge.OLD), line -> line.exchange(HttpCall.get("/"))
                    .text());
            assertThat(page)
                    .containsPattern("Protocol *: " + Pattern.quote(spoken) + "\\s")
                    .containsPattern("Cipher *: " + cipher + "\\s");
            if (!spoken.equals("TLSv1.2")) {
                assertThatThrownBy(() -> https.inTurn(modern, line -> line.exchange(HttpCall.get("/"))))
                        .isInstanceOf(SSLHandshakeException.class);
            }
        } finally {
            openssl.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static int port(Process openssl) throws IOException {
        BufferedReader out = openssl.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher port = PORT.matcher(line);
            if (port.find()) {
                return Integer.parseInt(port.group(1));
            }
        }
        throw new IOException("openssl did not start");
    }
}
