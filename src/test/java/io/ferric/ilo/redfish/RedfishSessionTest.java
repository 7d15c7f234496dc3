package io.ferric.ilo.redfish;

import static io.ferric.ilo.redfish.Fixtures.SYSTEM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.redfish.ScriptedRedfish.Reply;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerState;
import io.ferric.node.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedfishSessionTest {
    private static final String LOGIN = "POST " + ScriptedRedfish.SESSIONS;

    private ScriptedRedfish bmc;
    private IloClient ilo;

    @BeforeEach
    void start() throws Exception {
        bmc = Fixtures.ilo5(new ScriptedRedfish());
        ilo = bmc.client(Generation.ILO5, "2.70", "ProLiant DL380 Gen10");
    }

    @AfterEach
    void stop() throws IOException {
        bmc.close();
    }

    private OperationFailed failure() {
        return catchThrowableOfType(OperationFailed.class, ilo::power);
    }

    private String address() throws Exception {
        return bmc.access().authority();
    }

    @Test
    void calls_of_all_clients_share_one_session_and_what_was_found() throws Exception {
        assertThat(ilo.power()).isEqualTo(PowerState.ON);
        int before = bmc.requests().size();
        assertThat(bmc.client(Generation.ILO5, "2.70", "x").power()).isEqualTo(PowerState.ON);
        assertThat(bmc.requests()).hasSize(before + 1);
        assertThat(bmc.count(LOGIN)).isOne();
        assertThat(bmc.requests()).allMatch(each -> "4.0".equals(each.headers().get("odata-version")));
    }

    @Test
    void logs_out_when_nobody_used_it_for_a_while() {
        ilo.power();
        bmc.clock().advance(Duration.ofSeconds(20));
        ilo.power();
        bmc.clock().advance(Duration.ofSeconds(10));
        bmc.logouts().runAll();
        assertThat(bmc.openSessions()).as("used 10 s ago").isOne();
        bmc.clock().advance(Duration.ofSeconds(20));
        bmc.logouts().runAll();
        assertThat(bmc.openSessions()).isZero();
        ilo.power();
        assertThat(bmc.openSessions()).isOne();
        assertThat(bmc.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void logs_out_when_it_is_closed() {
        ilo.power();
        bmc.connector().close();
        assertThat(bmc.openSessions()).isZero();
        assertThat(bmc.requests()).last().hasToString("DELETE " + ScriptedRedfish.SESSIONS + "administrator1/");
    }

    @Test
    void logs_in_again_when_the_ilo_has_lost_the_session() {
        ilo.power();
        bmc.forgetSessions();
        assertThat(ilo.power()).isEqualTo(PowerState.ON);
        assertThat(bmc.count(LOGIN)).isEqualTo(2);
    }

    @Test
    void gives_up_on_an_ilo_that_loses_every_session() throws Exception {
        bmc.when("GET /redfish/v1/", request -> Optional.of(Reply.error(401, "Base.0.10.NoValidSession")));
        assertThat(failure())
                .hasMessage(
                        "iLO " + address() + " (Redfish): reading the power state failed: it does not know the session"
                                + " it had opened (it said: NoValidSession)");
        assertThat(bmc.count(LOGIN)).isEqualTo(2);
        assertThat(bmc.openSessions()).as("left over").isLessThanOrEqualTo(1);
    }

    @Test
    void tries_a_rejected_login_once() throws Exception {
        IloAccess wrong = new IloAccess(
                bmc.access().address(),
                bmc.access().port(),
                "Administrator",
                Secret.of("guessed-1"),
                Duration.ofSeconds(10),
                bmc.access().trust());
        ilo = bmc.connector().connect(wrong, Identity.UNKNOWN);
        OperationFailed failure = failure();
        assertThat(failure.inPlainWords())
                .isEqualTo("iLO " + address()
                        + " (Redfish): reading the power state failed: it rejects the user name or the"
                        + " password (it said: UnauthorizedLoginAttempt). Check ilo_username and ilo_password; it was not tried"
                        + " again, for iLOs delay and lock out.");
        assertThat(bmc.requests()).hasSize(1);
        assertThat(bmc.pauses()).isEmpty();
    }

    @Test
    void a_delayed_login_has_failed_too() {
        bmc.next(LOGIN, Reply.error(400, "iLO.0.9.LoginAttemptDelayedSeconds", "10"));
        OperationFailed failure = failure();
        assertThat(failure).hasMessageContaining("the login failed, and it lets nobody log in for some seconds");
        assertThat(LoginRejected.caused(failure)).isTrue();
        assertThat(bmc.requests()).hasSize(1);
    }

    @Test
    void full_slots_are_told_in_plain_words() {
        bmc.next(LOGIN, Reply.error(400, "Base.1.4.SessionLimitExceeded"));
        bmc.next("GET /redfish/v1/", Reply.error(400, "Base.1.4.SessionLimitExceeded"));
        assertThat(failure().inPlainWords())
                .contains("all its login sessions are taken (it said: SessionLimitExceeded)")
                .contains("End sessions that nobody uses");
    }

    @Test
    void full_slots_do_not_keep_us_out() {
        getsNameAndPasswordWithEachCallAfter(Reply.error(503, "Base.1.4.CreateLimitReachedForResource"));
    }

    @Test
    void an_ilo_without_sessions_gets_name_and_password_with_each_call() {
        getsNameAndPasswordWithEachCallAfter(Reply.of(404, ""));
    }

    private void getsNameAndPasswordWithEachCallAfter(Reply login) {
        bmc.next(LOGIN, login);
        bmc.next("GET /redfish/v1/", Reply.of(200, bmc.resource("/redfish/v1/")));
        bmc.next("GET /redfish/v1/Systems/", Reply.of(200, bmc.resource("/redfish/v1/Systems/")));
        bmc.next("GET " + SYSTEM, Reply.of(200, bmc.resource(SYSTEM)));
        assertThat(ilo.power()).isEqualTo(PowerState.ON);
        assertThat(bmc.requests()).last().satisfies(each -> assertThat(
                        each.headers().get("authorization"))
                .isEqualTo("Basic QWRtaW5pc3RyYXRvcjpwcmV0ZW5kLTk="));
    }

    @Test
    void a_redirection_is_followed_with_method_and_body_and_only_to_the_same_ilo() {
        bmc.hasNot(SYSTEM).has("/redfish/v1/Systems/", Fixtures.collection("/redfish/v1/Systems/1"));
        bmc.when(request -> request.path().equals("/redfish/v1/Systems/1")
                ? Optional.of(Reply.of(308, "").with("Location", "https://elsewhere.example.test" + SYSTEM))
                : Optional.empty());
        bmc.when(
                "GET " + SYSTEM,
                request -> Optional.of(Reply.of(200, Fixtures.system("x", "On").replace('\'', '"'))));
        ilo.setOneTimeBoot(io.ferric.node.BootDevice.CDROM);
        assertThat(bmc.changes())
                .containsExactly(
                        "PATCH /redfish/v1/Systems/1 " + RedfishClientTest.CD_ONCE,
                        "PATCH " + SYSTEM + " " + RedfishClientTest.CD_ONCE);
    }

    @Test
    void redirections_end() {
        bmc.when("GET /redfish/v1/", request -> Optional.of(Reply.of(308, "").with("Location", "/redfish/v1/")));
        assertThat(failure()).hasMessageContaining("more than 3 redirections");
    }

    @Test
    void nothing_outside_redfish_is_asked() {
        bmc.has("/redfish/v1/Systems/", Fixtures.collection("/../etc/passwd"));
        assertThat(failure()).hasMessageContaining("a link that leads outside /redfish/: '/../etc/passwd'");
    }

    @Test
    void a_busy_ilo_is_asked_again_when_it_wants_to_be() {
        bmc.next("GET /redfish/v1/", Reply.of(503, "").with("Retry-After", "9"));
        bmc.next("GET /redfish/v1/", Reply.error(503, "Base.1.4.ServiceTemporarilyUnavailable", "5"));
        assertThat(ilo.power()).isEqualTo(PowerState.ON);
        assertThat(bmc.pauses()).containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(3));
    }

    @Test
    void an_ilo_that_stays_busy_is_given_up() {
        bmc.when("GET /redfish/v1/", request -> Optional.of(Reply.of(503, "").with("Retry-After", "9999")));
        assertThat(failure()).hasMessageContaining("it is busy (it said: HTTP status 503)");
        assertThat(bmc.pauses()).hasSize(4).containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void secrets_do_not_reach_the_trace() {
        ilo.licenses();
        ilo.insertMedia(
                io.ferric.ilo.client.MediaDrive.CDROM,
                java.net.URI.create("https://host/c/boot.iso?temp_url_sig=beef"));
        assertThat(String.join("\n", bmc.trace()))
                .contains("\"Password\":\"***\"", "iLO Advanced", "https://host/.../boot.iso")
                .doesNotContain("pretend-9", "Administrator", "0123456789abcdef", "AAAAA-BBBBB", "beef");
    }
}
