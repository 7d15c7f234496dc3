package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server that speaks as iLOs of 2012 do. */
@Timeout(60)
class OldTlsTest {
    private static final HttpCall GET = HttpCall.get("/");

    @TempDir
    Path folder;

    private final HttpsExchange https = HttpsExchange.create();

    private static OldTlsPeer ilo(TestCertificate certificate) throws IOException {
        return new OldTlsPeer(certificate, ProtocolVersion.TLSv10, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, false);
    }

    private String ask(IloAccess access) throws IOException {
        return https.inTurn(access, line -> line.exchange(GET).text());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 0x002F", // AES_128_CBC_SHA
        "1.0, 0x000A", // 3DES_EDE_CBC_SHA
        "1.1, 0x0035", // AES_256_CBC_SHA
        "1.2, 0x003C", // AES_128_CBC_SHA256
    })
    void an_old_ilo_is_spoken_to_when_its_node_asks_for_that(String version, int cipher) throws Exception {
        ProtocolVersion spoken = List.of(ProtocolVersion.TLSv10, ProtocolVersion.TLSv11, ProtocolVersion.TLSv12)
                .get(version.charAt(2) - '0');
        try (OldTlsPeer ilo = new OldTlsPeer(TestCertificate.old(), spoken, cipher, false)) {
            assertThat(ask(ilo.pinned())).isEqualTo("yes");
            assertThat(ilo.spoken()).containsExactly("TLS " + version);
        }
    }

    @Test
    void nothing_else_in_the_jvm_speaks_to_it() throws Exception {
        List<Provider> providers = Arrays.asList(Security.getProviders());
        String forbidden = Security.getProperty("jdk.tls.disabledAlgorithms");
        try (OldTlsPeer ilo = ilo(TestCertificate.old())) {
            ask(ilo.pinned());
            IloAccess modern = ilo.pinned().with(TlsAge.MODERN);
            IOException refused = catchThrowableOfType(IOException.class, () -> ask(modern));
            ConnectionTrouble trouble = ConnectionTrouble.of(refused, modern);
            assertThat(trouble.meaning()).startsWith("TLS cannot be set up with it: ");
            assertThat(trouble.hint()).contains("ilo_old_tls: true");
            try (var socket = SSLContext.getDefault().getSocketFactory().createSocket("127.0.0.1", modern.port())) {
                assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(SSLHandshakeException.class);
            }
            assertThat(ilo.spoken()).hasSize(1);
        }
        assertThat(Security.getProviders()).containsExactlyElementsOf(providers);
        assertThat(Security.getProviders()).extracting(Provider::getName).doesNotContain("BC", "BCJSSE");
        assertThat(Security.getProperty("jdk.tls.disabledAlgorithms")).isEqualTo(forbidden);
    }

    @Test
    void certificates_are_judged_as_ever() throws Exception {
        TestCertificate good = TestCertificate.rsa(Optional.of("127.0.0.1"));
        TestCertificate other = TestCertificate.rsa(Optional.of("127.0.0.9"));
        try (OldTlsPeer ilo = ilo(good)) {
            assertThat(ask(old(ilo, new IloTrust.Authorities(good.writePem(folder.resolve("ca.pem"))))))
                    .isEqualTo("yes");
            assertUntrusted(old(ilo, new IloTrust.Pinned("ab".repeat(32))), "not the pinned one");
            assertUntrusted(old(ilo, new IloTrust.SystemAuthorities()), "no authority known here has signed it");
        }
        try (OldTlsPeer ilo = ilo(other)) {
            Path file = other.writePem(folder.resolve("other.pem"));
            assertUntrusted(old(ilo, new IloTrust.Authorities(file)), "it names 127.0.0.9 and not 127.0.0.1");
            assertThat(ask(old(ilo, new IloTrust.Off()))).isEqualTo("yes");
        }
        TestCertificate expired = TestCertificate.old();
        try (OldTlsPeer ilo = ilo(expired)) {
            Path file = expired.writePem(folder.resolve("expired.pem"));
            assertUntrusted(old(ilo, new IloTrust.Authorities(file)), "it expired on ");
        }
    }

    private void assertUntrusted(IloAccess access, String words) {
        IOException refused = catchThrowableOfType(IOException.class, () -> ask(access));
        assertThat(refused).as(words).isNotNull();
        assertThat(ConnectionTrouble.of(refused, access).meaning()).contains(words);
    }

    private static IloAccess old(OldTlsPeer ilo, IloTrust trust) {
        return ilo.access(trust, Duration.ofSeconds(20));
    }

    @Test
    void what_nobody_can_speak_is_said_to_be_so() throws Exception {
        try (OldTlsPeer ilo = new OldTlsPeer(
                TestCertificate.old(), ProtocolVersion.TLSv10, CipherSuite.TLS_RSA_WITH_CAMELLIA_128_CBC_SHA, false)) {
            IOException refused = catchThrowableOfType(IOException.class, () -> ask(ilo.pinned()));
            ConnectionTrouble trouble = ConnectionTrouble.of(refused, ilo.pinned());
            assertThat(trouble.meaning()).startsWith("TLS cannot be set up with it: ");
            assertThat(trouble.hint()).contains("RC4", "update its firmware");
        }
    }

    @Test
    void requests_follow_each_other_on_one_old_connection_too() throws Exception {
        try (OldTlsPeer ilo = ilo(TestCertificate.old())) {
            https.inTurn(ilo.pinned(), line -> {
                assertThat(line.exchange(GET).text()).isEqualTo("yes");
                return line.exchange(GET);
            });
            assertThat(ilo.spoken()).hasSize(1);
        }
    }

    @Test
    void an_old_ilo_that_says_nothing_is_left_in_time() throws Exception {
        try (OldTlsPeer ilo = new OldTlsPeer(
                TestCertificate.old(), ProtocolVersion.TLSv10, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA, true)) {
            IloAccess hasty = ilo.access(new IloTrust.Off(), Duration.ofMillis(900));
            assertThatThrownBy(() -> ask(hasty)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,  127.0.0.1,   true",
        "127.0.0.1,  127.0.0.10,  false",
        "127.0.0.1,  ilo.example, false",
        "'',         127.0.0.1,   false"
    })
    void a_certificate_of_an_address_is_for_that_address_only(String named, String address, boolean fits)
            throws Exception {
        TestCertificate certificate =
                TestCertificate.selfSigned(Optional.of(named).filter(name -> !name.isEmpty()), Instant.now());
        assertThat(fits(certificate, address)).isEqualTo(fits);
    }

    private static boolean fits(TestCertificate certificate, String address) {
        try {
            CertificateName.check(certificate.certificate(), address);
            return true;
        } catch (java.security.cert.CertificateException e) {
            return false;
        }
    }
}
