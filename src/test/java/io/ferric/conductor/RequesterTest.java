package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static io.ferric.node.ProvisionState.WAIT_CALL_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.CallerToken;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.FaultCode;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asked, and the token that came along. */
class RequesterTest {
    private static final CallerToken TOKEN =
            new CallerToken(Secret.of("gAAAA-alice"), Instant.parse("2026-11-22T13:00:00Z"));
    private static final Requester ALICE = new Requester("alice (3f2a), admin", Optional.of(TOKEN));

    private final Rig rig = new Rig();
    private final List<Optional<CallerToken>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        rig.close();
    }

    private void deploy(Node node, String verb, Map<String, Object> options) {
        rig.conductor.provision(node.uuid().toString(), verb, options, ALICE);
    }

    private List<String> history(Node node) {
        return rig.conductor.history(node.uuid().toString()).stream()
                .map(HistoryEntry::message)
                .toList();
    }

    @Test
    void the_token_is_there_for_the_first_visit_and_gone_while_the_node_waits() {
        Node node = rig.available(Map.of("fake_callback", true));
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> seen.add(CallerToken.of(task.node())));
        deploy(node, "active", Map.of());
        Node waiting = rig.reaches(node, WAIT_CALL_BACK);

        assertThat(seen).containsExactly(Optional.of(TOKEN));
        assertThat(CallerToken.of(waiting)).isEmpty();
        assertThat(history(node)).noneMatch(line -> line.contains("gAAAA"));
    }

    @Test
    void the_token_is_gone_when_the_deploy_has_failed() {
        Node node = rig.available(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> {
            seen.add(CallerToken.of(task.node()));
            throw new OperationFailed(FaultCode.INSTANCE_DEPLOY_FAILURE, "no", "");
        });
        deploy(node, "active", Map.of());

        assertThat(CallerToken.of(rig.reaches(node, DEPLOY_FAILED))).isEmpty();
        assertThat(seen).containsExactly(Optional.of(TOKEN));
    }

    @Test
    void the_token_comes_with_the_options_of_a_rebuild() {
        Node node = rig.active(Map.of());
        rig.hardware.on(node.uuid(), FakeStep.DEPLOY, task -> seen.add(CallerToken.of(task.node())));
        deploy(node, "rebuild", Map.of("preserve_ephemeral", true));
        Node after = rig.reaches(node, ACTIVE);
        rig.provision(node, "rebuild");
        rig.reaches(node, ACTIVE);

        assertThat(seen).containsExactly(Optional.of(TOKEN), Optional.empty());
        assertThat(after.instanceInfo().has("preserve_ephemeral")).isFalse();
        assertThat(after.status().internalInfo()).isEmpty();
    }

    @Test
    void the_history_names_who_asked_and_nobody_where_nobody_is_known() {
        Node node = rig.available(Map.of());
        String id = node.uuid().toString();
        assertThat(history(node)).noneMatch(line -> line.contains("asked for"));

        rig.conductor.maintenance(id, Maintenance.because(Optional.of("fan")), ALICE);
        rig.conductor.maintenance(id, Maintenance.NONE, ALICE);
        deploy(node, "active", Map.of());
        rig.reaches(node, ACTIVE);
        rig.conductor.power(id, PowerAction.OFF, Optional.empty(), ALICE);

        assertThat(history(node))
                .contains(
                        "Maintenance was asked for by alice (3f2a), admin",
                        "The end of maintenance was asked for by alice (3f2a), admin",
                        "'active' was asked for by alice (3f2a), admin",
                        "'power off' was asked for by alice (3f2a), admin");
    }

    @Test
    void a_call_refused_for_want_of_a_token_is_repeated_by_the_timeout() {
        Node node = rig.waiting();
        rig.conductor.noteRefusal(
                node.uuid().toString(), "pass_deploy_info", new NotAuthenticated("The token is expired.", "Get one."));
        rig.clock.forward(rig.config.deployCallbackTimeout().plusSeconds(1));
        rig.conductor.wakeUp();

        assertThat(rig.reaches(node, DEPLOY_FAILED).status().lastError().orElseThrow())
                .contains("A call was refused at", "The token is expired. Get one.");
    }
}
