package io.ferric.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.Ferric;
import io.ferric.FerricConfig;
import io.ferric.conductor.ConductorListener;
import io.ferric.lab.ServerEvent;
import io.ferric.node.ProvisionState;
import io.ferric.node.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One deploy in the lab: pretend hardware, a real Ferric, and REST between them and us. */
final class LabDeploy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration BOOT_PATIENCE = Duration.ofMinutes(1);

    private final LabPlan plan;
    private final ProgressMeter meter;
    private final List<LabReport.Event> events = new ArrayList<>();
    private final TemporaryFolder state;
    private final LabRack rack;
    private final Ferric ferric;
    private final RestClient rest;

    private LabDeploy(LabPlan plan, ProgressMeter meter) throws IOException {
        this.plan = plan;
        this.meter = meter;
        this.state = TemporaryFolder.make("ferric-state-");
        if (plan.files().bootLoaderMissing()) {
            say("lab", "no isolinux.bin on this machine: ISOs get a boot sector that only says so");
        }
        this.rack = LabRack.start(plan, this::heard);
        try {
            String token = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
            this.ferric = Ferric.builder()
                    .config(FerricConfig.onLoopback(state.path(), plan.files().folders())
                            .withIsolinux(plan.files().isolinux()))
                    .tokenSource(() -> Optional.of(Secret.of(token)))
                    .start();
        } catch (IOException | RuntimeException e) {
            rack.close();
            throw e;
        }
        ferric.conductor().listen(new Narrator());
        this.rest = new RestClient(ferric.restUri());
        say(
                "lab",
                "conductor at " + ferric.restUri() + ", images at "
                        + ferric.imagesUri().orElseThrow());
    }

    static LabDeploy start(LabPlan plan, ProgressMeter meter) throws IOException {
        return new LabDeploy(plan, meter);
    }

    URI restUri() {
        return ferric.restUri();
    }

    LabReport run() throws IOException, InterruptedException {
        String sha256 = LabProof.sha256(plan.files().image());
        String node = enrol();
        rest.patch("/v1/nodes/" + node, List.of(replaceInstanceInfo(plan.instanceInfo(sha256))));
        provision(node, "active");
        JsonNode end = await(node, ProvisionState.ACTIVE);
        Optional<String> complaint = Optional.empty();
        if (!isIn(end, ProvisionState.ACTIVE)) {
            complaint =
                    Optional.of("the node is '" + end.path("provision_state").asText() + "': "
                            + end.path("last_error").asText());
        } else {
            rack.keepBootIso();
            complaint = rack.awaitInstance(BOOT_PATIENCE);
        }
        return report(end, sha256, complaint);
    }

    @Override
    public void close() throws IOException {
        ferric.close();
        rack.close();
        state.close();
    }

    private String enrol() throws IOException, InterruptedException {
        String node = rest.post("/v1/nodes", Map.of("name", "lab", "driver", "ilo", "driver_info", rack.driverInfo()))
                .path("uuid")
                .asText();
        rest.post("/v1/ports", Map.of("node_uuid", node, "address", "52:54:00:12:34:56"));
        say("lab", "node " + node + " is enrolled");
        provision(node, "manage");
        requireState(await(node, ProvisionState.MANAGEABLE), ProvisionState.MANAGEABLE);
        provision(node, "provide");
        requireState(await(node, ProvisionState.AVAILABLE), ProvisionState.AVAILABLE);
        return node;
    }

    private void provision(String node, String verb) throws IOException {
        rest.put("/v1/nodes/" + node + "/states/provision", Map.of("target", verb));
    }

    /** Waits until the node has come to rest: where it should, or elsewhere. */
    private JsonNode await(String node, ProvisionState wanted) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode now = rest.get("/v1/nodes/" + node);
            boolean onItsWay = !now.path("target_provision_state").isNull();
            if (isIn(now, wanted) || !onItsWay) {
                return now;
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

    private static Map<String, Object> replaceInstanceInfo(Map<String, Object> info) {
        return Map.of("op", "replace", "path", "/instance_info", "value", info);
    }

    private LabReport report(JsonNode node, String sha256, Optional<String> complaint) throws IOException {
        JsonNode said = node.path("driver_internal_info");
        LabFiles files = plan.files();
        LabProof proof = LabProof.of(files.disk(), LabProof.contentSize(files.image()), said);
        boolean verified = proof.sha256().equals(Optional.of(LabProof.contentSha256(files.image())));
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
                        made(files.disk()), made(files.floppy()), made(files.deployIso()), made(files.bootIso())),
                eventsSoFar(),
                wrong);
    }

    /** Where a file lies, or nothing when the deploy did not come so far. */
    private static String made(Path file) {
        return Files.exists(file) ? file.toString() : null;
    }

    private void heard(ServerEvent event) {
        say("server", event.message());
    }

    private void say(String step, String message) {
        synchronized (events) {
            events.add(new LabReport.Event(Instant.now().toString(), step, message));
        }
        meter.line(step, message);
    }

    private List<LabReport.Event> eventsSoFar() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Tells what the conductor does. */
    private final class Narrator implements ConductorListener {
        @Override
        public void event(UUID node, String step, String message, Instant at) {
            say(step, message);
        }

        @Override
        public void progress(UUID node, String step, long done, long total) {
            meter.progress(step, done, total);
        }

        @Override
        public void moved(UUID node, ProvisionState from, ProvisionState to, Instant at) {
            say("state", from + " -> " + to);
        }
    }
}
