package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
        brings("manage", "manageable");
        brings("provide", "available");
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
        node.leavesNothing(now);
        assertThat(now.path("maintenance").asBoolean())
                .as(now.path("maintenance_reason").asText())
                .isFalse();
    }

    private void setsInstanceInfo() {
        Object patch = List.of(Map.of("op", "add", "path", "/instance_info", "value", instanceInfo));
        await().atMost(PATIENCE).until(() -> insist("PATCH", node.path(), patch).status() == 200);
    }

    private void brings(String verb, String goal) {
        await("node " + node.hardware().name() + " to become " + goal)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                    JsonNode now = insist("GET", node.path() + FIELDS, Map.of()).json();
                    boolean atRest = now.path("target_provision_state").isNull()
                            && now.path("reservation").isNull();
                    String state = now.path("provision_state").asText();
                    if (atRest && !state.equals(goal)) {
                        asksAgain(verb, state, now.path("last_error").asText());
                    }
                    assertThat(atRest).as(now.toString()).isTrue();
                    assertThat(state).isEqualTo(goal);
                });
    }

    private void asksAgain(String verb, String state, String lastError) {
        if (state.equals("deploy failed") || state.equals("error")) {
            failures.add(state + ": " + lastError);
        }
        ask(verb);
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
