package io.ferric.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.rest.data.BootDeviceData;
import io.ferric.rest.data.NodeStates;
import io.ferric.rest.data.ValidationData;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be asked of one node. Verbs return when the server has accepted them; {@link #await} waits until they are done.
 * Every method throws an {@link ApiException} when the server refuses, and an {@link IOException} when it cannot be
 * reached. Safe for use by many threads.
 */
public final class RemoteNode {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Api api;
    private final Clock clock;
    private final String id;

    RemoteNode(Api api, Clock clock, String id) {
        this.api = api;
        this.clock = clock;
        this.id = id;
    }

    /** Where it stands and where it goes. */
    public NodeStates states() throws IOException {
        return api.json().treeToValue(get("states"), NodeStates.class);
    }

    /** Asks for a verb of the provision state machine, such as {@code manage}, {@code provide} or {@code active}. */
    public void provision(String verb) throws IOException {
        provision(verb, Map.of());
    }

    /** As {@link #provision(String)}, with the verb's own fields, such as {@code clean_steps}. */
    public void provision(String verb, Map<String, ?> options) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>(options);
        body.put("target", verb);
        put("states/provision", body);
    }

    /**
     * Asks for power.
     *
     * @param target such as {@code power on}, {@code soft rebooting}
     * @param patience how long the server may try (microversion 1.27)
     */
    public void power(String target, Optional<Duration> patience) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("target", target);
        patience.ifPresent(time -> body.put("timeout", time.toSeconds()));
        put("states/power", body);
    }

    /** Takes it out of service. */
    public void maintain(String reason) throws IOException {
        put("maintenance", reason.isEmpty() ? Map.of() : Map.of("reason", reason));
    }

    /** Takes it into service again. */
    public void endMaintenance() throws IOException {
        delete("maintenance");
    }

    /** What each interface of its driver says to its settings, by the interface's name. */
    public Map<String, ValidationData> validate() throws IOException {
        Map<String, ValidationData> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : get("validate").properties()) {
            all.put(each.getKey(), api.json().treeToValue(each.getValue(), ValidationData.class));
        }
        return all;
    }

    public BootDeviceData bootDevice() throws IOException {
        return api.json().treeToValue(get("management/boot_device"), BootDeviceData.class);
    }

    /** @param persistent for all boots to come, not the next one only */
    public void bootFrom(String device, boolean persistent) throws IOException {
        put("management/boot_device", Map.of("boot_device", device, "persistent", persistent));
    }

    /** Its traits (microversion 1.37). */
    public List<String> traits() throws IOException {
        List<String> traits = new ArrayList<>();
        get("traits").path("traits").forEach(trait -> traits.add(trait.asText()));
        return traits;
    }

    /** Gives it these traits and no others (microversion 1.37). */
    public void setTraits(List<String> traits) throws IOException {
        put("traits", Map.of("traits", traits));
    }

    /** GET of something below the node, such as {@code bios}. */
    public JsonNode get(String below) throws IOException {
        return api.get(at(below));
    }

    /** PUT of something below the node. */
    public JsonNode put(String below, Object body) throws IOException {
        return api.put(at(below), body);
    }

    /** POST of something below the node. */
    public JsonNode post(String below, Object body) throws IOException {
        return api.post(at(below), body);
    }

    /** DELETE of something below the node. */
    public JsonNode delete(String below) throws IOException {
        return api.delete(at(below));
    }

    /** Any method on something below the node. */
    public JsonNode send(String method, String below, Optional<Object> body) throws IOException {
        return api.send(method, at(below), body);
    }

    /**
     * Waits until the node has come to a state.
     *
     * @param state as the API writes it, such as {@code manageable}
     * @param patience how long; zero for ever
     * @param watcher hears of the node, as JSON, each time it was looked at
     * @throws NotReached when it came to rest elsewhere, failed, or took too long
     */
    public void await(String state, Duration patience, Consumer<JsonNode> watcher) throws IOException {
        Instant end = clock.instant().plus(patience);
        Duration pause = FIRST_PAUSE;
        while (true) {
            JsonNode node = api.get("/v1/nodes/" + Api.encoded(id));
            watcher.accept(node);
            String now = node.path("provision_state").asText();
            boolean resting = node.path("target_provision_state").isNull();
            if (now.equals(state) && resting) {
                return;
            }
            if (resting || now.endsWith(" failed") || now.equals("error")) {
                throw new NotReached(id + " is '" + now + "' and not '" + state + "'"
                        + lastError(node).map(error -> ": " + error).orElse("; it gives no reason"));
            }
            if (!patience.isZero() && !clock.instant().isBefore(end)) {
                throw new NotReached(id + " is still '" + now + "' and not '" + state + "' after "
                        + patience.toSeconds() + " s; it goes on");
            }
            api.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static Optional<String> lastError(JsonNode node) {
        return Optional.ofNullable(node.path("last_error").textValue());
    }

    private String at(String below) {
        return "/v1/nodes/" + Api.encoded(id) + "/" + below;
    }
}
