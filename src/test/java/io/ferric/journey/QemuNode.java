package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.VirtualMachine;
import io.ferric.lab.qemu.VirtualNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A virtual machine that a Ferric knows, and what one does with it over REST. */
final class QemuNode {
    /** For one boot with all its work, on a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Pattern UP = Pattern.compile(VirtualMachine.INSTANCE_UP);

    private final Rest rest;
    private final VirtualNode machine;
    private final BootSupplies supplies;
    private final String uuid;

    private QemuNode(Rest rest, VirtualNode machine, BootSupplies supplies, String uuid) {
        this.rest = rest;
        this.machine = machine;
        this.supplies = supplies;
        this.uuid = uuid;
    }

    static QemuNode create(
            Rest rest, VirtualNode machine, BootSupplies supplies, String bootMode, Map<String, Object> properties) {
        Map<String, Object> info = new LinkedHashMap<>(machine.driverInfo());
        info.put("ilo_fingerprint", machine.ilo().fingerprint());
        info.put("ilo_deploy_iso", supplies.deployIso().toUri().toString());
        info.put("ramdisk_report_ip", machine.server().address().getHostAddress());
        Map<String, Object> all = new HashMap<>(properties);
        all.put("capabilities", "boot_mode:" + bootMode);
        Rest.Answer node = rest.send(
                "POST",
                "/v1/nodes",
                Map.of("name", machine.name(), "driver", "ilo", "driver_info", info, "properties", all));
        assertThat(node.status()).as(node.body()).isEqualTo(201);
        String uuid = node.json().path("uuid").asText();
        rest.send("POST", "/v1/ports", Map.of("node_uuid", uuid, "address", "52:54:00:12:34:56"));
        return new QemuNode(rest, machine, supplies, uuid);
    }

    VirtualNode machine() {
        return machine;
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

    /** Begins to deploy an image of a root file system with the lab's kernel. */
    void beginPartitionDeploy(Path image, Map<String, Object> more) {
        Map<String, Object> info = new HashMap<>(Map.of(
                "image_source", image.toUri().toString(),
                "kernel", supplies.kernel().toUri().toString(),
                "ramdisk", supplies.instanceRamdisk().toUri().toString(),
                "root_gb", 1));
        info.putAll(more);
        begin(info);
    }

    /** Begins to deploy with this instance_info. */
    void begin(Map<String, Object> instanceInfo) {
        set("/instance_info", instanceInfo);
        ask("active");
    }

    void set(String path, Object value) {
        Rest.Answer answer = rest.send("PATCH", path(), List.of(Map.of("op", "add", "path", path, "value", value)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    void ask(String verb) {
        Rest.Answer answer = rest.send("PUT", path() + "/states/provision", Map.of("target", verb));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    void power(String target) {
        Rest.Answer answer = rest.send("PUT", path() + "/states/power", Map.of("target", target));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    /** Waits until the node has come to rest, which must be in this state. */
    JsonNode reaches(String state) {
        JsonNode node = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        this::show,
                        now -> now.path("provision_state").asText().equals(state)
                                || now.path("target_provision_state").isNull());
        assertThat(node.path("provision_state").asText())
                .as(node.path("last_error").asText() + "\n" + machine.server().console() + "\nserial console:\n"
                        + machine.server().serial().tail(60))
                .isEqualTo(state);
        return node;
    }

    /** Waits for the n-th line by which the init of an instance says that it runs. */
    String awaitInstance(int times) throws Exception {
        return machine.server().serial().awaitLine(UP, times, PATIENCE);
    }

    String awaitLine(String pattern) throws Exception {
        return machine.server().serial().awaitLine(Pattern.compile(pattern), PATIENCE);
    }

    void stillHasNoMedia() {
        for (MediaDevice device : MediaDevice.values()) {
            assertThat(machine.ilo().state().bay(device).inserted())
                    .as(device.name())
                    .isFalse();
        }
    }

    void isOffWithoutMedia() {
        assertThat(machine.ilo().state().power()).isEqualTo(Power.OFF);
        stillHasNoMedia();
    }

    private String path() {
        return "/v1/nodes/" + uuid;
    }
}
