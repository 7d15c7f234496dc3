package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.LabImage;
import io.ferric.lab.PretendNode;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.media.Blocks;
import io.ferric.lab.media.DiskLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.pollinterval.IterativePollInterval;

/** A pretend server that a Ferric knows, and what one does with it over REST. */
final class EnrolledNode {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Rest rest;
    private final PretendNode hardware;
    private final Map<String, Object> instanceInfo;
    private final String uuid;

    private EnrolledNode(Rest rest, PretendNode hardware, Map<String, Object> instanceInfo, String uuid) {
        this.rest = rest;
        this.hardware = hardware;
        this.instanceInfo = instanceInfo;
        this.uuid = uuid;
    }

    /** Enrols the node with a port. */
    static EnrolledNode create(Rest rest, PretendNode hardware, Supplies supplies) {
        return create(rest, hardware, supplies.url("deploy.iso"), supplies.instanceInfo());
    }

    /** The same with a deploy ISO and an image of one's own. */
    static EnrolledNode create(Rest rest, PretendNode hardware, String deployIso, Map<String, Object> instanceInfo) {
        Map<String, Object> info = new LinkedHashMap<>(hardware.driverInfo());
        info.put("ilo_fingerprint", hardware.ilo().fingerprint());
        info.put("ilo_deploy_iso", deployIso);
        Rest.Answer node =
                rest.send("POST", "/v1/nodes", Map.of("name", hardware.name(), "driver", "ilo", "driver_info", info));
        assertThat(node.status()).as(node.body()).isEqualTo(201);
        String uuid = node.json().path("uuid").asText();
        String address =
                "52:54:00:%s:%s:%s".formatted(uuid.substring(0, 2), uuid.substring(2, 4), uuid.substring(4, 6));
        rest.send("POST", "/v1/ports", Map.of("node_uuid", uuid, "address", address));
        return new EnrolledNode(rest, hardware, instanceInfo, uuid);
    }

    /** The same node, for another caller of the API. */
    EnrolledNode by(Rest caller) {
        return new EnrolledNode(caller, hardware, instanceInfo, uuid);
    }

    String uuid() {
        return uuid;
    }

    String path() {
        return "/v1/nodes/" + uuid;
    }

    PretendNode hardware() {
        return hardware;
    }

    void becomesAvailable() {
        ask("manage");
        reaches("manageable");
        ask("provide");
        reaches("available");
    }

    JsonNode show() {
        return rest.get(path()).json();
    }

    Rest.Answer provision(String verb) {
        return rest.send("PUT", path() + "/states/provision", Map.of("target", verb));
    }

    void ask(String verb) {
        Rest.Answer answer = provision(verb);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    void setInstanceInfo(Map<String, Object> info) {
        set("/instance_info", info);
    }

    void set(String path, Object value) {
        Rest.Answer answer = rest.send("PATCH", path(), List.of(Map.of("op", "add", "path", path, "value", value)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Begins to deploy the root image with these additions. */
    void beginDeploy(Map<String, Object> more) {
        Map<String, Object> info = new LinkedHashMap<>(instanceInfo);
        info.putAll(more);
        setInstanceInfo(info);
        ask("active");
    }

    /** Deploys and waits until the instance runs. */
    JsonNode deploy(Map<String, Object> more) throws Exception {
        int before = instancesUp();
        beginDeploy(more);
        JsonNode active = reaches("active");
        awaitInstance(before + 1);
        return active;
    }

    int instancesUp() {
        return (int) hardware.server().console().lines().stream()
                .filter(line -> line.stage() == Stage.INSTANCE_UP)
                .count();
    }

    void awaitInstance(int times) throws Exception {
        hardware.server().console().await(Stage.INSTANCE_UP, times, PATIENCE);
    }

    /** Takes the instance away and asserts that nothing of it is left. */
    void tearDown() {
        ask("deleted");
        leavesNothing(reaches("available"));
    }

    /** Asserts that nothing of an instance is left at this node, as it is shown, and its server. */
    void leavesNothing(JsonNode node) {
        assertThat(node.path("instance_info")).isEmpty();
        assertThat(node.path("driver_internal_info")).isEmpty();
        isAtRest(node);
    }

    /** Waits until the node has come to rest, which must be in this state. */
    JsonNode reaches(String state) {
        JsonNode node = await().atMost(PATIENCE)
                .pollInterval(IterativePollInterval.iterative(EnrolledNode::rarer, Duration.ofMillis(25)))
                .until(
                        this::show,
                        now -> now.path("provision_state").asText().equals(state)
                                || now.path("target_provision_state").isNull());
        assertThat(node.path("provision_state").asText())
                .as(node.path("last_error").asText() + "\n" + hardware.server().console())
                .isEqualTo(state);
        return node;
    }

    /** Who waits long asks less often: what is asked (Ferric, behind it Keystone) has work to do. */
    private static Duration rarer(Duration pause) {
        return pause.compareTo(Duration.ofMillis(200)) < 0
                ? pause.multipliedBy(5).dividedBy(4)
                : pause;
    }

    /** Waits until nobody works on the node. */
    void isLetGo() {
        await().atMost(PATIENCE)
                .until(this::show, now -> now.path("reservation").isNull());
    }

    /** Waits until the deploy has failed, asserts that all is cleaned up, and returns {@code last_error}. */
    String fails() {
        JsonNode node = reaches("deploy failed");
        isAtRest(node);
        return node.path("last_error").asText();
    }

    /** Nobody works on the node, its drives are empty, and it is switched off. */
    private void isAtRest(JsonNode node) {
        assertThat(node.path("reservation").isNull()).as("not reserved").isTrue();
        assertThat(node.path("power_state").asText()).isEqualTo("power off");
        assertThat(hardware.ilo().state().power()).isEqualTo(Power.OFF);
        for (MediaDevice device : MediaDevice.values()) {
            assertThat(hardware.ilo().state().bay(device).inserted())
                    .as(device.name() + " of the iLO that had " + hardware.ilo().events())
                    .isFalse();
        }
    }

    /** What was done to the server's power so far. */
    List<Kind> powerEvents() {
        return hardware.ilo().events().stream()
                .map(event -> event.kind())
                .filter(kind -> kind == Kind.POWERED_ON
                        || kind == Kind.POWERED_OFF
                        || kind == Kind.RESET
                        || kind == Kind.BUTTON_PRESSED)
                .toList();
    }

    DiskLayout disk() throws IOException {
        try (FileChannel disk = FileChannel.open(hardware.server().diskFile())) {
            return DiskLayout.read(Blocks.of(disk));
        }
    }

    /** Asserts that the root partition holds the lab's image, byte for byte. */
    void holdsTheImage() throws Exception {
        DiskLayout.Part root = disk().withUuid(LabImage.UUID).orElseThrow();
        try (FileChannel disk = FileChannel.open(hardware.server().diskFile())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
            for (long at = 0; at < LabImage.SIZE; at += buffer.capacity()) {
                disk.read(buffer.clear(), root.start() + at);
                digest.update(buffer.flip());
            }
            assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(LabImage.SHA256);
        }
    }
}
