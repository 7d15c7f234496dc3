package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.ribcl.ScriptedIlo;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IloTrustTest {
    @TempDir
    Path folder;

    private static TestCertificate certificate(Optional<String> ip) throws Exception {
        return TestCertificate.selfSigned(ip, Instant.now().plus(Duration.ofDays(1)));
    }

    /** Asks for the power under this trust. */
    private static PowerState ask(TestCertificate certificate, IloTrust trust) throws Exception {
        try (ScriptedIlo bmc = new ScriptedIlo(certificate)) {
            bmc.answers(ScriptedIlo.payload("<GET_HOST_POWER HOST_POWER=\"ON\"/>"));
            return new RibclConnector(HttpsExchange.create(), IloTrace.NONE)
                    .connect(bmc.access(trust, Duration.ofSeconds(20)))
                    .power();
        }
    }

    @Test
    void a_pinned_certificate_is_trusted_whatever_it_names_and_however_old() throws Exception {
        TestCertificate expired =
                TestCertificate.selfSigned(Optional.empty(), Instant.now().minus(Duration.ofDays(1)));
        assertThat(ask(expired, new IloTrust.Pinned(expired.fingerprint()))).isEqualTo(PowerState.ON);
    }

    @Test
    void another_certificate_than_the_pinned_is_refused_and_its_fingerprint_told() throws Exception {
        TestCertificate ours = certificate(Optional.of("127.0.0.1"));
        TestCertificate other = certificate(Optional.of("127.0.0.1"));
        String shown = new IloTrust.Pinned(other.fingerprint()).sha256().toUpperCase(Locale.ROOT);
        assertThatThrownBy(() -> ask(other, new IloTrust.Pinned(ours.fingerprint())))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(
                                fault.inPlainWords().replace(":", ""))
                        .contains(shown, "not the pinned one", "ilo_fingerprint"));
    }

    @Test
    void the_system_does_not_trust_a_self_signed_certificate() throws Exception {
        TestCertificate own = certificate(Optional.of("127.0.0.1"));
        assertThatThrownBy(() -> ask(own, new IloTrust.SystemAuthorities()))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(fault.inPlainWords())
                        .contains("is not trusted", "ilo_ca_file", "ilo_fingerprint"));
    }

    @Test
    void off_trusts_anything() throws Exception {
        assertThat(ask(certificate(Optional.empty()), new IloTrust.Off())).isEqualTo(PowerState.ON);
    }

    @Test
    void an_authority_in_a_file_or_a_folder_is_trusted() throws Exception {
        TestCertificate own = certificate(Optional.of("127.0.0.1"));
        Path file = own.writePem(folder.resolve("ca.pem"));
        certificate(Optional.empty()).writePem(folder.resolve("another.pem"));
        assertThat(ask(own, new IloTrust.Authorities(file))).isEqualTo(PowerState.ON);
        assertThat(ask(own, new IloTrust.Authorities(folder))).isEqualTo(PowerState.ON);
    }

    @Test
    void an_authority_does_not_excuse_a_wrong_name() throws Exception {
        TestCertificate own = certificate(Optional.of("127.0.0.9"));
        Path file = own.writePem(folder.resolve("ca.pem"));
        assertThatThrownBy(() -> ask(own, new IloTrust.Authorities(file)))
                .isInstanceOfSatisfying(OperationFailed.class, fault -> assertThat(fault.inPlainWords())
                        .contains("is not trusted", "127.0.0.1"));
    }

    @Test
    void the_certificate_an_ilo_makes_for_itself_can_only_be_pinned() throws Exception {
        TestCertificate own = certificate(Optional.empty());
        Path file = own.writePem(folder.resolve("ca.pem"));
        assertThatThrownBy(() -> ask(own, new IloTrust.Authorities(file)))
                .hasMessageContaining("is not trusted: it names only CN=ILOCZ1234ABCD and not 127.0.0.1")
                .hasMessageNotContaining("PKIX")
                .satisfies(fault -> assertThat(((OperationFailed) fault).hint().orElseThrow())
                        .contains("names only its serial number: pin it with ilo_fingerprint"));
    }

    @Test
    void a_certificate_that_has_expired_is_refused_by_its_authority() throws Exception {
        TestCertificate authority = certificate(Optional.empty());
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        String day = "it expired on " + yesterday.toString().substring(0, 10);
        for (TestCertificate expired : List.of(
                authority.signs(Optional.of("127.0.0.1"), yesterday),
                TestCertificate.selfSigned(Optional.of("127.0.0.1"), yesterday))) {
            Path cas = Files.createDirectories(folder.resolve("cas"));
            authority.writePem(cas.resolve("ca.pem"));
            expired.writePem(cas.resolve("itself.pem"));
            assertThatThrownBy(() -> ask(expired, new IloTrust.Authorities(cas)))
                    .hasMessageContaining(day)
                    .satisfies(
                            fault -> assertThat(((OperationFailed) fault).hint().orElseThrow())
                                    .contains("a pinned certificate may be expired"));
        }
    }

    @Test
    void a_certificate_of_the_future_points_to_the_clock() throws Exception {
        TestCertificate early = TestCertificate.selfSigned(
                Optional.of("127.0.0.1"), Instant.now().plus(Duration.ofDays(99)));
        Path file = early.writePem(folder.resolve("ca.pem"));
        assertThatThrownBy(() -> ask(early, new IloTrust.Authorities(file)))
                .hasMessageContaining("it is not valid before ")
                .satisfies(fault -> assertThat(((OperationFailed) fault).hint().orElseThrow())
                        .contains("clock"));
    }

    @Test
    void a_certificate_an_authority_signed_is_trusted_for_the_address_it_names() throws Exception {
        TestCertificate authority = certificate(Optional.empty());
        Path file = authority.writePem(folder.resolve("ca.pem"));
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        assertThat(ask(authority.signs(Optional.of("127.0.0.1"), tomorrow), new IloTrust.Authorities(file)))
                .isEqualTo(PowerState.ON);
        assertThatThrownBy(
                        () -> ask(authority.signs(Optional.of("127.0.0.9"), tomorrow), new IloTrust.Authorities(file)))
                .hasMessageContaining("it names 127.0.0.9 and not 127.0.0.1");
    }

    @Test
    void an_authority_that_is_put_in_its_place_later_is_read_anew() throws Exception {
        TestCertificate own = certificate(Optional.of("127.0.0.1"));
        Path file = certificate(Optional.empty()).writePem(folder.resolve("ca.pem"));
        try (ScriptedIlo bmc = new ScriptedIlo(own)) {
            bmc.answers(ScriptedIlo.payload("<GET_HOST_POWER HOST_POWER=\"ON\"/>"));
            var ilo = new RibclConnector(HttpsExchange.create(), IloTrace.NONE)
                    .connect(bmc.access(new IloTrust.Authorities(file), Duration.ofSeconds(20)));
            assertThatThrownBy(ilo::power).hasMessageContaining("no authority known here has signed it");
            own.writePem(file);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(9)));
            assertThat(ilo.power()).isEqualTo(PowerState.ON);
        }
    }

    @Test
    void a_file_in_a_folder_that_is_no_certificate_is_named() throws Exception {
        certificate(Optional.empty()).writePem(folder.resolve("ca.pem"));
        Path junk = Files.write(folder.resolve("notes.txt"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Files.writeString(folder.resolve(".hidden"), "is not looked at");
        assertThatThrownBy(() -> ask(certificate(Optional.empty()), new IloTrust.Authorities(folder)))
                .hasMessageContaining("the trusted certificates cannot be used: " + junk + " is no PEM file")
                .satisfies(fault -> assertThat(((OperationFailed) fault).hint().orElseThrow())
                        .contains("ilo_ca_file"));
    }

    @Test
    void a_file_that_went_away_is_named() throws Exception {
        Path gone = folder.resolve("gone.pem");
        assertThatThrownBy(() -> ask(certificate(Optional.empty()), new IloTrust.Authorities(gone)))
                .hasMessageContaining("there is no file " + gone);
    }

    @Test
    void a_file_without_certificates_is_named() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> ask(certificate(Optional.empty()), new IloTrust.Authorities(file)))
                .hasMessageContaining("no certificate in " + file);
    }

    @Test
    void reads_what_operators_write() {
        String hex = "AB".repeat(32);
        assertThat(IloTrust.parse("true")).isEqualTo(new IloTrust.SystemAuthorities());
        assertThat(IloTrust.parse("False")).isEqualTo(new IloTrust.Off());
        assertThat(IloTrust.parse("off")).isEqualTo(new IloTrust.Off());
        assertThat(IloTrust.parse(folder.toString())).isEqualTo(new IloTrust.Authorities(folder));
        assertThat(IloTrust.parse(hex)).isEqualTo(new IloTrust.Pinned("ab".repeat(32)));
        assertThat(IloTrust.parse("sha256:" + hex)).isEqualTo(new IloTrust.Pinned("ab".repeat(32)));
        assertThat(IloTrust.parse(hex.replaceAll("..(?=.)", "$0:"))).isEqualTo(new IloTrust.Pinned("ab".repeat(32)));
        assertThat(IloTrust.parse("sha256 Fingerprint=" + hex.replaceAll("..(?=.)", "$0:")))
                .as("what openssl prints")
                .isEqualTo(new IloTrust.Pinned("ab".repeat(32)));
        assertThatThrownBy(() -> new IloTrust.Pinned("abc")).hasMessageContaining("64 hex digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/ilo.pem", "abcd", "sytem", ""})
    void refuses_at_once_what_is_nothing(String text) {
        assertThatThrownBy(() -> IloTrust.parse(text.isEmpty() ? "\0" : text))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IloTrust.parse("nowhere" + text))
                .hasMessage("neither a file or folder nor a fingerprint of 64 hex digits");
    }
}
