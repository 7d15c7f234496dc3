package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPublisherTlsTest {
    private static TestCertificates rsa;
    private static TestCertificates ec;

    @TempDir
    Path folder;

    private Path file;
    private final byte[] content = new byte[3_000_000];

    @BeforeAll
    static void makeCertificates() throws GeneralSecurityException, IOException {
        rsa = TestCertificates.make("RSA", 2048);
        ec = TestCertificates.make("EC", 256);
    }

    @BeforeEach
    void makeFile() throws IOException {
        new Random(1).nextBytes(content);
        file = Files.write(folder.resolve("iso"), content);
    }

    private LocalPublisher publisher(TlsOptions tls) throws PublishException {
        LocalPublisherOptions options = LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0);
        return new LocalPublisher(options.withTls(tls), Clock.systemUTC()).start();
    }

    private HttpResponse<byte[]> get(SignedUrl url, SSLContext trust, String version, String range)
            throws IOException, InterruptedException {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {version});
        HttpClient client = HttpClient.newBuilder()
                .sslContext(trust)
                .sslParameters(parameters)
                .build();
        HttpRequest request = HttpRequest.newBuilder(url.uri())
                .header("Range", range)
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void serves_with_a_certificate_and_key_in_pem() throws Exception {
        TlsOptions tls = TlsOptions.pem(rsa.chainPem(folder.resolve("c")), rsa.keyPem(folder.resolve("k")));
        try (LocalPublisher publisher = publisher(tls)) {
            SignedUrl url = publisher.publish("deploy.iso", file, Duration.ofMinutes(1));
            assertThat(url.uri().toString()).startsWith("https://127.0.0.1:");
            for (String version : List.of("TLSv1.2", "TLSv1.3")) {
                HttpResponse<byte[]> whole = get(url, rsa.trusting(), version, "bytes=0-");
                assertThat(whole.body()).isEqualTo(content);
                assertThat(whole.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
            }
            assertThat(get(url, rsa.trusting(), "TLSv1.3", "bytes=1999990-2000009")
                            .body())
                    .isEqualTo(Arrays.copyOfRange(content, 1_999_990, 2_000_010));
            // the last bytes reach the client a moment before the server has counted them
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(publisher
                            .fetchLog()
                            .orElseThrow()
                            .of("deploy.iso")
                            .orElseThrow()
                            .bytes())
                    .isEqualTo(2 * 3_000_000 + 20));
        }
    }

    @Test
    void takes_a_pkcs12_file_and_older_rsa_keys() throws Exception {
        TlsOptions pkcs12 = TlsOptions.pkcs12(ec.pkcs12(folder.resolve("p12"), "geheim"), "geheim");
        assertThat(pkcs12.toString()).doesNotContain("geheim");
        try (LocalPublisher publisher = publisher(pkcs12)) {
            SignedUrl url = publisher.publish("a.img", file, Duration.ofMinutes(1));
            assertThat(get(url, ec.trusting(), "TLSv1.3", "bytes=0-0").statusCode())
                    .isEqualTo(206);
        }
        Path key = rsa.traditionalKeyPem(folder.resolve("k"), "RSA PRIVATE KEY");
        try (LocalPublisher publisher = publisher(TlsOptions.pem(rsa.chainPem(folder.resolve("c")), key))) {
            SignedUrl url = publisher.publish("a.img", file, Duration.ofMinutes(1));
            assertThat(get(url, rsa.trusting(), "TLSv1.2", "bytes=0-0").statusCode())
                    .isEqualTo(206);
        }
    }

    @Test
    void speaks_only_the_versions_and_suites_it_is_told() throws Exception {
        TlsOptions tls = TlsOptions.pkcs12(rsa.pkcs12(folder.resolve("p12"), "x"), "x")
                .withVersions(List.of("TLSv1.2"))
                .withCipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
        try (LocalPublisher publisher = publisher(tls)) {
            SignedUrl url = publisher.publish("a.img", file, Duration.ofMinutes(1));
            HttpResponse<byte[]> answer = get(url, rsa.trusting(), "TLSv1.2", "bytes=0-0");
            assertThat(answer.sslSession().orElseThrow().getCipherSuite())
                    .isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> get(url, rsa.trusting(), "TLSv1.3", "bytes=0-0"))
                    .withMessageContaining("protocol_version");
        }
    }

    @Test
    void stays_alive_when_somebody_speaks_http_to_it() throws Exception {
        try (LocalPublisher publisher = publisher(TlsOptions.pkcs12(rsa.pkcs12(folder.resolve("p12"), "x"), "x"))) {
            SignedUrl url = publisher.publish("a.img", file, Duration.ofMinutes(1));
            try (RawHttp http = new RawHttp(publisher.baseUrl())) {
                http.send("GET / HTTP/1.1\r\n\r\n");
                while (!http.closedByServer()) {
                    // an alert comes first
                }
            }
            assertThat(get(url, rsa.trusting(), "TLSv1.3", "bytes=0-0").statusCode())
                    .isEqualTo(206);
        }
    }

    @Test
    void says_at_the_start_what_is_wrong_with_the_settings() throws Exception {
        Path chain = rsa.chainPem(folder.resolve("c"));
        Path sec1 = ec.traditionalKeyPem(folder.resolve("sec1"), "EC PRIVATE KEY");
        TlsOptions good = TlsOptions.pem(chain, rsa.keyPem(folder.resolve("k")));
        assertRefused(TlsOptions.pem(chain, sec1), "openssl pkcs8");
        assertRefused(TlsOptions.pem(chain, chain), "no private key");
        assertRefused(TlsOptions.pem(folder.resolve("absent"), folder.resolve("k")), "absent");
        assertRefused(good.withVersions(List.of("TLSv9")), "TLSv9 is unknown");
        assertRefused(good.withCipherSuites(List.of("ROT13")), "ROT13 is unknown");
        assertRefused(TlsOptions.pkcs12(rsa.pkcs12(folder.resolve("p12"), "right"), "wrong"), "password");
    }

    private void assertRefused(TlsOptions tls, String reason) {
        LocalPublisherOptions options = LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0);
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> {
                    try (LocalPublisher publisher = new LocalPublisher(options.withTls(tls), Clock.systemUTC())) {
                        publisher.start();
                    }
                })
                .withMessageContaining(reason);
    }
}
