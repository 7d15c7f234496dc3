package io.ferric.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.testkit.ClosedPort;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LoginPhaseTest {
    private static final Chap CHAP = Chap.of("ferric", "secret-of-ferric");
    private static final IscsiOptions OPTIONS = IscsiOptions.defaults().withDeadline(Duration.ofSeconds(5));

    private final FakeTarget target = FakeTarget.ofMegabytes(1);

    @AfterEach
    void target_has_seen_no_breach_of_protocol() throws IOException {
        target.close();
        assertThat(target.complaints).isEmpty();
    }

    @Test
    void says_who_we_are_and_whom_we_want() throws IOException {
        login(target.address());
        assertThat(target.logins.get(0).heard)
                .containsEntry("InitiatorName", "iqn.2026-11.io.ferric:initiator")
                .containsEntry("TargetName", FakeTarget.IQN)
                .containsEntry("SessionType", "Normal")
                .containsEntry("AuthMethod", "None");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 7, 8})
    void proves_our_identity_with_the_algorithm_the_target_picks(int algorithm) throws IOException {
        target.script.chap = Optional.of(CHAP);
        target.script.chapAlgorithm = algorithm;
        login(target.address().withChap(CHAP));
        assertThat(target.logins).hasSize(1);
        assertThat(target.logins.get(0).heard).containsEntry("CHAP_N", "ferric");
    }

    @Test
    void a_target_with_another_algorithm_is_told_apart() {
        target.script.chap = Optional.of(CHAP);
        target.script.chapAlgorithm = 6;
        assertThatThrownBy(() -> login(target.address().withChap(CHAP)))
                .hasMessageContaining("the target wants CHAP algorithm 6, which was not offered");
    }

    @Test
    void a_wrong_secret_is_an_authentication_failure_and_never_shown() {
        target.script.chap = Optional.of(CHAP);
        assertThatThrownBy(() -> login(target.address().withChap(Chap.of("ferric", "wrong-secret"))))
                .isInstanceOf(IscsiException.class)
                .hasMessageContaining("iSCSI login to " + FakeTarget.IQN + " at 127.0.0.1:")
                .hasMessageContaining("authentication failed")
                .hasMessageContaining("0x0201")
                .hasMessageNotContaining("wrong-secret");
    }

    @Test
    void a_missing_secret_is_an_authentication_failure() {
        target.script.chap = Optional.of(CHAP);
        assertThatThrownBy(() -> login(target.address())).hasMessageContaining("authentication failed");
    }

    @Test
    void credentials_are_never_given_up_for_a_login_without_authentication() {
        assertThatThrownBy(() -> login(target.address().withChap(CHAP)))
                .hasMessageContaining("offers None as authentication, expected CHAP");
    }

    @Test
    void mutual_chap_accepts_a_target_that_knows_its_secret() throws IOException {
        Chap mutual = CHAP.mutual("target", "secret-of-target");
        target.script.chap = Optional.of(mutual);
        login(target.address().withChap(mutual));
        assertThat(target.logins).hasSize(1);
    }

    @Test
    void mutual_chap_refuses_a_target_that_lies() {
        Chap mutual = CHAP.mutual("target", "secret-of-target");
        target.script.chap = Optional.of(mutual);
        target.script.lieInMutualChap = true;
        assertThatThrownBy(() -> login(target.address().withChap(mutual)))
                .hasMessageContaining("the target has not proved that it knows the secret");
    }

    @Test
    void mutual_chap_refuses_a_target_that_wants_no_authentication() {
        assertThatThrownBy(() -> login(target.address().withChap(CHAP.mutual("target", "secret-of-target"))))
                .hasMessageContaining("offers None as authentication, expected CHAP");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0101, 0x0102})
    void a_redirection_is_refused_by_name(int status) {
        target.script.loginStatus = status;
        target.script.loginText = "TargetAddress=169.254.169.254:80\0";
        assertThatThrownBy(() -> login(target.address()))
                .hasMessageContaining("wants us to log in to 169.254.169.254:80; refused");
    }

    @ParameterizedTest
    @CsvSource({
        "0x0203, no such target; cure: check the IQN (login status 0x0203)",
        "0x0202, not authorised",
        "0x0301, try again later",
        "0x02ff, the target refuses (login status 0x02ff)",
        "0x03ff, the target has an error (login status 0x03ff)"
    })
    void a_refusal_is_told_in_words(String status, String words) {
        target.script.loginStatus = Integer.decode(status);
        assertThatThrownBy(() -> login(target.address())).hasMessageContaining(words);
    }

    @Test
    void answers_that_come_in_pieces_are_put_together() throws IOException {
        target.script.splitLoginText = true;
        target.script.chap = Optional.of(CHAP);
        login(target.address().withChap(CHAP));
        assertThat(target.logins).hasSize(1);
    }

    @Test
    void keys_that_the_target_brings_up_are_answered() throws IOException {
        target.script.loginText = "X-com.example=1\0IFMarker=Yes\0";
        target.script.extraLoginRounds = 3;
        login(target.address());
        assertThat(target.logins.get(0).heard)
                .containsEntry("X-com.example", "NotUnderstood")
                .containsEntry("IFMarker", "No");
    }

    @Test
    void a_login_without_end_is_given_up() {
        target.script.extraLoginRounds = 1000;
        assertThatThrownBy(() -> login(target.address())).hasMessageContaining("never comes to the end of the login");
    }

    @ParameterizedTest
    @CsvSource({
        "FirstBurstLength, 100, expected a number from 512",
        "MaxBurstLength, many, expected a number",
        "InitialR2T, Maybe, expected Yes or No",
        "HeaderDigest, CRC32C, expected None",
        "MaxRecvDataSegmentLength, Reject, rejects our offer of MaxRecvDataSegmentLength"
    })
    void an_answer_that_makes_no_sense_is_refused(String key, String value, String words) {
        assertThatThrownBy(() -> new Negotiation(OPTIONS).agree(java.util.Map.of(key, value)))
                .hasMessageContaining(words);
    }

    @Test
    void a_silent_target_fails_at_the_deadline() {
        target.script.silentLogin = true;
        IscsiOptions hasty = OPTIONS.withDeadline(Duration.ofMillis(300));
        assertThatThrownBy(() -> RemoteDisk.open(target.address(), hasty))
                .hasMessageContaining("did not answer within 0.3 s");
    }

    @Test
    void a_target_that_hangs_up_is_told() {
        target.script.dropAtLogin = true;
        assertThatThrownBy(() -> login(target.address())).hasMessageContaining("the target closed the connection");
    }

    @Test
    void what_is_no_iscsi_target_is_told() {
        target.script.garbageAtLogin = true;
        assertThatThrownBy(() -> login(target.address())).hasMessageContaining("no login response but opcode 0x3a");
    }

    @Test
    void nobody_listening_is_told_with_the_address() throws IOException {
        try (ClosedPort closed = new ClosedPort()) {
            assertThatThrownBy(() -> login(IscsiTarget.of("127.0.0.1", closed.number(), FakeTarget.IQN, 1)))
                    .hasMessage("cannot connect to iSCSI target 127.0.0.1:" + closed.number() + ": Connection refused");
        }
    }

    @Test
    void an_unknown_host_is_told() {
        assertThatThrownBy(() -> login(IscsiTarget.of("nowhere.invalid", 3260, FakeTarget.IQN, 1)))
                .hasMessage("cannot resolve the iSCSI host name nowhere.invalid");
    }

    private static void login(IscsiTarget address) throws IOException {
        RemoteDisk.open(address, OPTIONS).close();
    }
}
