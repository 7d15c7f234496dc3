package io.ferric.rest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ferric.node.AccessDenied;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.Unavailable;
import io.ferric.testkit.ManualClock;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeystoneAuthenticatorTest {
    private final ManualClock clock = new ManualClock();
    private final FakeKeystone keystone = new FakeKeystone(clock);

    private KeystoneAuthenticator authenticator(KeystoneAuthConfig config) {
        return new KeystoneAuthenticator(config, URI.create("http://k:5000/v3"), keystone, 32, clock);
    }

    private static MultivaluedMap<String, String> token(String... tokens) {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        headers.put("X-Auth-Token", List.of(tokens));
        return headers;
    }

    @ParameterizedTest
    @CsvSource({
        "admin,p-any,,ADMIN,",
        "baremetal_admin,p-any,,ADMIN,",
        "service,p-any,,SERVICE,",
        "manager,p-any,,MANAGER,p-any",
        "member,p-any,,MEMBER,p-any",
        "reader,p-any,,READER,p-any",
        "reader,p-listed,p-listed,READER,",
        "baremetal_observer,p-listed,p-listed,READER,",
        "member,p-listed,p-listed,MEMBER,p-listed",
        "admin,p-other,p-listed,ADMIN,p-other",
        "service,p-other,p-listed,SERVICE,p-other",
        "admin,p-listed,p-listed,ADMIN,",
        "reader,SYSTEM,,READER,",
        "member,SYSTEM,,MEMBER,",
        "manager,SYSTEM,,MANAGER,",
        "manager,p-listed,p-listed,MANAGER,p-listed",
        "admin,SYSTEM,p-listed,ADMIN,",
        "admin,,p-listed,,",
        "admin,,,,",
        "Admin,p-any,,,",
    })
    void finds_the_role(String has, String scope, String listed, Role expected, String project) {
        keystone.knows(
                "t", Optional.ofNullable(scope).filter(each -> !each.equals("SYSTEM")), "SYSTEM".equals(scope), has);
        KeystoneAuthConfig config = KeystoneAuthConfig.defaults()
                .withProjects(Optional.ofNullable(listed).map(List::of).orElse(List.of()));

        if (expected == null) {
            assertThatExceptionOfType(AccessDenied.class)
                    .isThrownBy(() -> authenticator(config).authenticate(token("t")))
                    .withMessageContaining("user of t");
        } else {
            Caller caller = authenticator(config).authenticate(token("t"));
            assertThat(caller.role()).isEqualTo(expected);
            assertThat(caller.project()).isEqualTo(Optional.ofNullable(project));
        }
    }

    @Test
    void goes_on_letting_members_of_an_operators_project_look_at_everything() {
        keystone.knows("t", "member", "reader");
        KeystoneAuthConfig config = KeystoneAuthConfig.defaults().withProjects(List.of(FakeKeystone.PROJECT));

        Caller caller = authenticator(config).authenticate(token("t"));

        assertThat(caller.role()).isEqualTo(Role.READER);
        assertThat(caller.project()).isEmpty();
    }

    @Test
    void takes_the_highest_of_several_roles() {
        keystone.knows("t", "reader", "member", "admin", "service");

        assertThat(authenticator(KeystoneAuthConfig.defaults())
                        .authenticate(token("t"))
                        .role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void a_manager_is_more_than_a_member_and_less_than_an_administrator() {
        keystone.knows("t", "reader", "member", "manager").knows("a", "manager", "admin");
        KeystoneAuthenticator authenticator = authenticator(KeystoneAuthConfig.defaults());

        assertThat(authenticator.authenticate(token("t")).role()).isEqualTo(Role.MANAGER);
        assertThat(authenticator.authenticate(token("a")).role()).isEqualTo(Role.ADMIN);
    }

    private static MultivaluedMap<String, String> tokens(String user, String service) {
        MultivaluedMap<String, String> headers = token(user);
        headers.put("X-Service-Token", List.of(service));
        return headers;
    }

    @Test
    void a_service_may_go_on_with_a_users_token_that_has_expired() {
        keystone.knows("user", "member");
        clock.advance(Duration.ofMinutes(61));
        keystone.knows("nova", "service").knows("admin", "admin");
        KeystoneAuthenticator authenticator = authenticator(KeystoneAuthConfig.defaults());

        Caller caller = authenticator.authenticate(tokens("user", "nova"));

        assertThat(caller).hasToString("user of user (id-user), member");
        assertThat(caller.project()).contains(FakeKeystone.PROJECT);
        for (MultivaluedMap<String, String> headers :
                List.of(token("user"), tokens("user", "admin"), tokens("user", "user"), tokens("unknown", "nova"))) {
            assertThatExceptionOfType(NotAuthenticated.class).isThrownBy(() -> authenticator.authenticate(headers));
        }
    }

    @Test
    void a_bad_service_token_shuts_out_even_a_good_user() {
        keystone.knows("user", "member").knows("admin", "admin");
        KeystoneAuthenticator authenticator = authenticator(KeystoneAuthConfig.defaults());

        assertThatExceptionOfType(NotAuthenticated.class)
                .isThrownBy(() -> authenticator.authenticate(tokens("user", "rubbish")))
                .withMessageContaining("X-Service-Token");
        assertThat(authenticator.authenticate(tokens("user", "admin")).role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void refuses_what_is_no_token_without_asking() {
        KeystoneAuthenticator authenticator = authenticator(KeystoneAuthConfig.defaults());
        for (MultivaluedMap<String, String> headers : List.of(
                token(),
                token(""),
                token("  "),
                token("a", "b"),
                token("a", "a"),
                token("a\rb"),
                token("tök"),
                token("x".repeat(8193)),
                new MultivaluedHashMap<String, String>())) {
            assertThatExceptionOfType(NotAuthenticated.class).isThrownBy(() -> authenticator.authenticate(headers));
        }
        assertThat(keystone.asked()).isZero();
    }

    @Test
    void takes_long_tokens() {
        String pki = "x".repeat(8192);
        keystone.knows(pki, "admin");

        assertThat(authenticator(KeystoneAuthConfig.defaults())
                        .authenticate(token(pki))
                        .role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void lets_nobody_in_while_keystone_is_away() {
        keystone.knows("t", "admin").goAway(true);

        assertThatExceptionOfType(Unavailable.class)
                .isThrownBy(() -> authenticator(KeystoneAuthConfig.defaults()).authenticate(token("t")))
                .satisfies(e -> assertThat(e.inPlainWords()).doesNotContain("http://k"));
    }

    @Test
    void keeps_the_token_only_where_the_ramdisk_is_to_show_it() {
        keystone.knows("t", "admin");
        KeystoneAuthConfig usual = KeystoneAuthConfig.defaults();

        assertThat(authenticator(usual).authenticate(token("t")).token()).isEmpty();
        Caller caller =
                authenticator(usual.withRamdiskToken(RamdiskTokenKind.CALLER)).authenticate(token("t"));
        assertThat(caller.token().orElseThrow().token().reveal()).isEqualTo("t");
        assertThat(caller).hasToString("user of t (id-t), admin");
    }

    @Test
    void names_keystone_in_the_challenge() {
        assertThat(authenticator(KeystoneAuthConfig.defaults()).challenge())
                .isEqualTo("Keystone uri=\"http://k:5000/v3\"");
    }

    @Test
    void a_name_cannot_break_a_log_line() {
        assertThat(Caller.of("eve\nroot", Role.READER).name()).isEqualTo("eve?root");
    }
}
