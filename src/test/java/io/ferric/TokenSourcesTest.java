package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.driver.CallerToken;
import io.ferric.driver.Findings;
import io.ferric.driver.RamdiskToken;
import io.ferric.driver.Task;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.OperationFailed;
import io.ferric.node.Secret;
import io.ferric.publish.Keystone;
import io.ferric.publish.PublishException;
import io.ferric.rest.auth.KeystoneAuthConfig;
import io.ferric.rest.auth.KeystoneAuthenticator;
import io.ferric.rest.auth.TokenOwner;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ramdisk is given to show. */
class TokenSourcesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration CALLBACK = Duration.ofMinutes(30);

    private final Task task = mock(Task.class);
    private final Keystone keystone = mock(Keystone.class);
    private Node node = Node.enrolled(UUID.randomUUID(), NodeSpec.ofDriver("ilo"), NOW);

    @BeforeEach
    void remembers() {
        when(task.node()).thenAnswer(call -> node);
        doAnswer(call -> change(call.getArgument(0), Optional.of(call.getArgument(1))))
                .when(task)
                .remember(anyString(), any());
        doAnswer(call -> change(call.getArgument(0), Optional.empty()))
                .when(task)
                .forget(anyString());
    }

    private Object change(String key, Optional<Object> value) {
        NodeStatus status = node.status();
        Map<String, Object> info = new LinkedHashMap<>(status.internalInfo());
        info.remove(key);
        value.ifPresent(each -> info.put(key, each));
        node = node.with(status.withInternalInfo(info));
        return null;
    }

    @Test
    void a_token_of_our_own_is_good_for_its_deploy_and_not_stored() {
        String first = RamdiskToken.issue(task, new SecureRandom()).reveal();
        assertThat(RamdiskToken.matches(node, first)).isTrue();
        assertThat(node.status().internalInfo().toString()).doesNotContain(first);
        String second = RamdiskToken.issue(task, new SecureRandom()).reveal();

        assertThat(RamdiskToken.matches(node, first)).isFalse();
        assertThat(RamdiskToken.matches(node, second)).isTrue();
        assertThat(RamdiskToken.matches(node, second + "x")).isFalse();
        RamdiskToken.retire(task);
        assertThat(RamdiskToken.matches(node, second)).isFalse();
    }

    private CallersToken callers() {
        return new CallersToken(CALLBACK, CLOCK);
    }

    private void kept(Instant expires) {
        task.remember(CallerToken.REMEMBERED, new CallerToken(Secret.of("t0k"), expires).toRemember());
    }

    @Test
    void the_callers_token_is_handed_on() {
        kept(NOW.plus(CALLBACK));

        assertThat(callers().token(task).orElseThrow().reveal()).isEqualTo("t0k");
        verify(task, never()).event(any(), any());
    }

    @Test
    void the_history_tells_that_a_callers_token_ends_before_the_ramdisk_must_call() {
        kept(NOW.plus(CALLBACK).minusSeconds(1));

        assertThat(callers().token(task)).isPresent();
        verify(task).event(any(), contains("must call back before 2026-11-22T12:29:59Z"));
    }

    @Test
    void a_callers_token_that_has_ended_or_is_missing_fails_the_deploy() {
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> callers().token(task))
                .withMessageContaining("without a token");
        kept(NOW);
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> callers().token(task))
                .withMessageContaining("has ended at 2026-11-22T12:00:00Z")
                .satisfies(e ->
                        assertThat(e.inPlainWords()).contains("ramdisk_token").doesNotContain("t0k"));
    }

    private ServiceToken service(String... roles) {
        KeystoneAuthenticator api = new KeystoneAuthenticator(
                KeystoneAuthConfig.defaults(),
                URI.create("http://k"),
                (token, allowExpired) -> Optional.of(
                        new TokenOwner("id", "ferric", Optional.of("p"), false, Set.of(roles), NOW.plusSeconds(3600))),
                32,
                CLOCK);
        return new ServiceToken(keystone, api, CALLBACK);
    }

    private Findings findings(ServiceToken source) {
        Findings findings = new Findings();
        source.validate(task, findings);
        return findings;
    }

    @Test
    void our_own_token_is_checked_before_a_deploy_begins() throws Exception {
        when(keystone.token(any())).thenReturn("ours");

        assertThat(findings(service("service")).isEmpty()).isTrue();
        assertThat(service("service").token(task).orElseThrow().reveal()).isEqualTo("ours");
        verify(keystone).token(CALLBACK);
        assertThat(findings(service("member")).text())
                .contains("rest.keystone.ramdisk_token", "ferric", "rest.keystone.service_roles")
                .doesNotContain("ours");
    }

    @Test
    void keystone_that_gives_us_no_token_is_a_finding() throws Exception {
        when(keystone.token(any()))
                .thenThrow(new PublishException(PublishException.KEYSTONE_FAILURE, "Keystone at http://k: HTTP 500."));

        assertThat(findings(service("service")).text()).contains("HTTP 500");
        assertThatExceptionOfType(OperationFailed.class)
                .isThrownBy(() -> service("service").token(task));
    }
}
