package io.ferric.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.cli.terminal.ProgressMeter;
import java.util.function.Consumer;

/** Tells a person what a node does while a command waits for it: states and steps as they change, bytes as they move. */
final class Watching implements Consumer<JsonNode> {
    private final String id;
    private final ProgressMeter meter;
    private String last = "";

    Watching(String id, ProgressMeter meter) {
        this.id = id;
        this.meter = meter;
    }

    @Override
    public void accept(JsonNode node) {
        String now = node.path("provision_state").asText()
                + step(node, "clean_step")
                + step(node, "deploy_step")
                + step(node, "service_step");
        if (!now.equals(last)) {
            last = now;
            meter.line("node", id + " is " + now);
        }
        JsonNode progress = node.path("driver_internal_info").path("progress");
        if (progress.path("total").asLong() > 0) {
            meter.progress(
                    progress.path("step").asText("working"),
                    progress.path("done").asLong(),
                    progress.path("total").asLong());
        }
    }

    private static String step(JsonNode node, String field) {
        String step = node.path(field).path("step").asText();
        return step.isEmpty() ? "" : ", step " + step;
    }
}
