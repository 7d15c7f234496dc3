package io.ferric.rest;

import io.ferric.node.BootMode;
import io.ferric.node.DriverInfo;
import io.ferric.node.InstanceInfo;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeDetails;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.Observed;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A node and a port with a value in every field, some of them secret. */
public final class Samples {
    public static final UUID NODE = UUID.fromString("1be26c0b-03f2-4d2e-ae87-c02d7f33c123");
    public static final UUID PORT = UUID.fromString("d2b30520-907d-46c8-bfee-c5586e6fb3a1");
    public static final UUID INSTANCE = UUID.fromString("5344a3e2-978a-444e-990a-cbf47c62ef88");
    public static final Instant CREATED = Instant.parse("2026-11-22T15:04:05Z");

    private Samples() {}

    public static NodeSpec spec() {
        return new NodeSpec(
                Optional.of("rack1-u7"),
                "ilo",
                new DriverInfo(Map.of(
                        "ilo_address", "10.0.0.7",
                        "ilo_username", "admin",
                        "ilo_password", "hunter2",
                        "deploy_iso", "https://u:pw@images/d.iso?temp_url_sig=f00d&temp_url_expires=9")),
                new InstanceInfo(
                        Map.of("image_source", "file:///images/root.ext4", "root_gb", 10, "deploy_key", "K3Y")),
                Map.of("capabilities", "boot_mode:bios", "cpus", 8),
                Map.of("owner", Map.of("api_token", "t0ken", "phone", "7")),
                Optional.of(INSTANCE),
                Optional.of("baremetal"),
                NodeDetails.NONE);
    }

    public static Node node() {
        return node(NODE);
    }

    public static Node node(UUID uuid) {
        NodeStatus status = new NodeStatus(
                Optional.of(PowerState.ON),
                Optional.of(PowerAction.REBOOT),
                ProvisionState.WAIT_CALL_BACK,
                Optional.of(ProvisionState.ACTIVE),
                Optional.of(CREATED.plusSeconds(60)),
                Optional.of("GET https://swift/f?temp_url_sig=beef failed"),
                Map.of("floppy_url", "https://swift/f?temp_url_sig=beef", "bytes_written", 7L),
                new Observed(
                        Optional.of(BootMode.UEFI),
                        Optional.of(true),
                        Optional.of(CREATED.plusSeconds(30)),
                        Optional.of(CREATED.plusSeconds(40))));
        Maintenance maintenance = new Maintenance(true, Optional.of("fan"), Optional.of("power failure"));
        return new Node(
                uuid,
                spec(),
                status,
                maintenance,
                Optional.of("conductor-a"),
                Optional.empty(),
                CREATED,
                Optional.of(CREATED.plusSeconds(90)));
    }

    public static Port port() {
        return port(PORT);
    }

    public static Port port(UUID uuid) {
        return new Port(uuid, NODE, "52:54:00:12:34:56", Map.of("vif_port_id", "v1", "secret_x", "s3cret"));
    }

    public static List<Node> nodes(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> node(new UUID(0x4000, i)))
                .toList();
    }

    public static List<Port> ports(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> port(new UUID(0x4000, i)))
                .toList();
    }
}
