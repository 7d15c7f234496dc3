package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Works one server through an API whose conductors come and go: what gets no answer is looked at and, if it did not
 * happen, asked for again. A failed deploy is noted and asked for again as well.
 */
final class Operator {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String FIELDS =
            "?fields=provision_state,target_provision_state,reservation,last_error,power_state,maintenance";

    private final EnrolledNode node;
    private final Rest rest;
    private final Map<String, Object> instanceInfo;
    private final List<String> failures = new ArrayList<>();

    /** @param kernel what this server's instances boot with; servers of one kernel share a boot ISO */
    Operator(EnrolledNode node, Rest rest, Map<String, Object> instanceInfo, String kernel) {
        this.node = node;
        this.rest = rest;
        this.instanceInfo = new HashMap<>(instanceInfo);
        this.instanceInfo.put("kernel", kernel);
    }

    void becomesAvailable() {
        node.becomesAvailable();
    }

    /** Deploys so many times, with a tear-down in between, and looks at the disk each time. */
    void deploys(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                tearsDown();
            }
            setsInstanceInfo();
            brings("active", "active");
            node.holdsTheImage();
        }
    }

    void tearsDown() {
        brings("deleted", "available");
    }

    /** What last_error said of each deploy or tear-down that failed. */
    List<String> failures() {
        return failures;
    }

    /** The shared boot ISO of the instance. */
    String bootIso() {
        return insist("GET", node.path(), Map.of())
                .json()
                .path("driver_internal_info")
                .path("boot_iso_shared")
                .asText();
    }

    /** The node is at rest and its server as it was before. */
    void leavesNothing() {
        JsonNode now = insist("GET", node.path(), Map.of()).json();
        assertThat(now.path("reservation").isNull()).isTrue();
        assertThat(now.path("instance_info")).isEmpty();
        assertThat(now.path("driver_internal_info")).isEmpty();
        assertThat(now.path("maintenance").asBoolean())
                .as(now.path("maintenance_reason").asText())
                .isFalse();
        assertThat(node.hardware().ilo().state().power()).isEqualTo(Power.OFF);
        for (MediaDevice device : MediaDevice.values()) {
            assertThat(node.hardware().ilo().state().bay(device).inserted()).isFalse();
        }
    }

    private void setsInstanceInfo() {
        Object patch = List.of(Map.of("op", "add", "path", "/instance_info", "value", instanceInfo));
        await().atMost(PATIENCE).until(() -> insist("PATCH", node.path(), patch).status() == 200);
    }

    private void brings(String verb, String goal) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        await("node " + node.hardware().name() + " to become " + goal)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .conditionEvaluationListener(looked -> {
                    if (looked.getRemainingTimeInMS() <= 0) {
                        failures.add("stuck: " + last.get());
                    }
                })
                .until(() -> {
                    JsonNode now = insist("GET", node.path() + FIELDS, Map.of()).json();
                    last.set(now);
                    boolean atRest = now.path("target_provision_state").isNull()
                            && now.path("reservation").isNull();
                    String state = now.path("provision_state").asText();
                    if (!atRest) {
                        return false;
                    }
                    if (state.equals(goal)) {
                        return true;
                    }
                    if (state.equals("deploy failed") || state.equals("error")) {
                        failures.add(state + ": " + now.path("last_error").asText());
                    }
                    ask(verb);
                    return false;
                });
    }

    /** Whether it happened is seen in the node. */
    private void ask(String verb) {
        insist("PUT", node.path() + "/states/provision", Map.of("target", verb));
    }

    /** Until somebody who works answers. */
    private Rest.Answer insist(String method, String path, Object body) {
        Supplier<Rest.Answer> request = () -> method.equals("GET") ? rest.get(path) : rest.send(method, path, body);
        AtomicReference<Rest.Answer> answer = new AtomicReference<>();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        answer.set(request.get());
                    } catch (UncheckedIOException cut) {
                        return false;
                    }
                    return answer.get().status() != 503;
                });
        return answer.get();
    }
}
