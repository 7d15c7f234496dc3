package io.ferric.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.cli.terminal.ProgressMeter;
import io.ferric.lab.ServerEvent;
import io.ferric.node.ProvisionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The deploy of one server of the lab, from its enrolment to the instance that runs. Used by one thread, heard by many.
 */
final class LabStory {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration BOOT_PATIENCE = Duration.ofMinutes(1);
    private static final Duration REAL_BOOT_PATIENCE = Duration.ofMinutes(10);

    private final LabPlan plan;
    private final LabMachine machine;
    private final RestClient rest;
    private final ProgressMeter meter;
    private final List<LabReport.Event> events = new ArrayList<>();

    LabStory(LabPlan plan, LabMachine machine, RestClient rest, ProgressMeter meter) {
        this.plan = plan;
        this.machine = machine;
        this.rest = rest;
        this.meter = meter;
    }

    /** @param enrolled hears the node's UUID as soon as there is one */
    LabReport run(String sha256, Consumer<String> enrolled) throws IOException, InterruptedException {
        try {
            String node = enrol(enrolled);
            makeAvailable(node);
            rest.patch("/v1/nodes/" + node, List.of(replaceInstanceInfo(plan.instanceInfo(sha256))));
            provision(node, "active");
            JsonNode end = await(node, ProvisionState.ACTIVE);
            Optional<String> complaint = isIn(end, ProvisionState.ACTIVE) ? bootInstance() : Optional.of(whyNot(end));
            LabReport report = report(end, sha256, complaint);
            report.complaint().ifPresent(wrong -> showConsole());
            return report;
        } catch (LabFailure e) {
            showConsole();
            throw plan.hardware().several() ? new LabFailure(machine.name() + ": " + e.getMessage()) : e;
        }
    }

    void heard(ServerEvent event) {
        say("server", event.message());
    }

    void say(String step, String message) {
        synchronized (events) {
            events.add(new LabReport.Event(Instant.now().toString(), step, message));
        }
        meter.line(step, prefix() + message);
    }

    void progress(String step, long done, long total) {
        if (!plan.hardware().several()) {
            meter.progress(step, done, total);
        }
    }

    private String prefix() {
        return plan.hardware().several() ? machine.name() + ": " : "";
    }

    private String enrol(Consumer<String> enrolled) throws IOException {
        String node = rest.post(
                        "/v1/nodes",
                        Map.of(
                                "name",
                                machine.name(),
                                "driver",
                                "ilo",
                                "driver_info",
                                machine.driverInfo(),
                                "properties",
                                machine.properties()))
                .path("uuid")
                .asText();
        enrolled.accept(node);
        rest.post("/v1/ports", Map.of("node_uuid", node, "address", machine.mac()));
        say("lab", "node " + node + " is enrolled");
        return node;
    }

    private void makeAvailable(String node) throws IOException, InterruptedException {
        provision(node, "manage");
        requireState(await(node, ProvisionState.MANAGEABLE), ProvisionState.MANAGEABLE);
        provision(node, "provide");
        requireState(await(node, ProvisionState.AVAILABLE), ProvisionState.AVAILABLE);
    }

    private Optional<String> bootInstance() throws IOException, InterruptedException {
        machine.keepBootIso();
        return machine.awaitInstance(plan.hardware().qemu() ? REAL_BOOT_PATIENCE : BOOT_PATIENCE);
    }

    private void provision(String node, String verb) throws IOException {
        rest.put("/v1/nodes/" + node + "/states/provision", Map.of("target", verb));
    }

    /** Waits until the node has come to rest: where it should, or elsewhere. */
    private JsonNode await(String node, ProvisionState wanted) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Optional<String> trouble = machine.trouble();
            JsonNode now = rest.get("/v1/nodes/" + node);
            boolean onItsWay = !now.path("target_provision_state").isNull();
            if (isIn(now, wanted) || !onItsWay) {
                return now;
            }
            if (trouble.isPresent() && isIn(now, ProvisionState.WAIT_CALL_BACK)) {
                throw new LabFailure(trouble.get());
            }
            if (Instant.now().isAfter(end)) {
                throw new LabFailure("the node is still '"
                        + now.path("provision_state").asText() + "' after " + PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(50);
        }
    }

    private static void requireState(JsonNode node, ProvisionState wanted) {
        if (!isIn(node, wanted)) {
            throw new LabFailure("the node is '" + node.path("provision_state").asText() + "' and not '" + wanted
                    + "': " + node.path("last_error").asText());
        }
    }

    private static boolean isIn(JsonNode node, ProvisionState state) {
        return node.path("provision_state").asText().equals(state.wireName());
    }

    private static String whyNot(JsonNode node) {
        return "the node is '" + node.path("provision_state").asText() + "': "
                + node.path("last_error").asText();
    }

    private static Map<String, Object> replaceInstanceInfo(Map<String, Object> info) {
        return Map.of("op", "replace", "path", "/instance_info", "value", info);
    }

    private LabReport report(JsonNode node, String sha256, Optional<String> complaint) throws IOException {
        JsonNode said = node.path("driver_internal_info");
        LabFiles files = plan.files();
        LabProof proof = LabProof.of(machine.disk(), LabProof.contentSize(files.image()), said);
        // An instance of the user's own has written to its disk by now; then the conductor's reading back must do.
        boolean verified = proof.sha256().equals(Optional.of(LabProof.contentSha256(files.image())))
                || plan.hardware().qemu()
                        && !files.ours()
                        && said.path("verified").asBoolean();
        Optional<String> wrong = complaint.or(() -> verified
                ? Optional.empty()
                : Optional.of("the root partition does not hash to what the image's content hashes to"));
        return new LabReport(
                node.path("uuid").asText(),
                node.path("provision_state").asText(),
                meter.elapsed().toMillis() / 1000.0,
                files.image().toString(),
                sha256,
                said.path("root_uuid").asText(),
                proof.partitions(),
                said.path("bytes_written").asLong(),
                verified,
                files.folder().toString(),
                new LabReport.Artifacts(
                        made(machine.disk()),
                        made(files.floppy(machine.name())),
                        made(files.deployIso()),
                        made(files.bootIso(machine.name()))),
                eventsSoFar(),
                wrong.map(words -> prefix() + words));
    }

    /** Where a file lies, or nothing when the deploy did not come so far. */
    private static String made(Path file) {
        return Files.exists(file) ? file.toString() : null;
    }

    private void showConsole() {
        machine.consoleTail().forEach(line -> meter.line("console", prefix() + line));
    }

    private List<LabReport.Event> eventsSoFar() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }
}
