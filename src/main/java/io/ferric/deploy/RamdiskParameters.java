package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.image.BootParameters;
import io.ferric.node.Node;
import io.ferric.node.Port;
import io.ferric.node.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts together what the ramdisk must know. The ramdisk splits it at white space and lets a shell read it, so every value
 * has to be a harmless word; that is found out before a server is touched.
 */
final class RamdiskParameters {
    private static final Secret NO_KEY = Secret.of("");

    private final DeployConfig config;
    private final boolean wholeDisk;

    /** @param wholeDisk whether the image brings its own boot loader */
    RamdiskParameters(DeployConfig config, boolean wholeDisk) {
        this.config = config;
        this.wholeDisk = wholeDisk;
    }

    /** Notes hints that make no sense and values a shell would not take as plain words. */
    void validate(Node node, List<Port> ports, Optional<URI> apiUrl, Findings findings) {
        RootDeviceHints.read(node.spec(), findings);
        RamdiskNetwork.read(node.driverInfo(), config.ramdisk(), findings);
        checkBootOption(node, findings);
        parameters(NO_KEY, node, ports, apiUrl).forEach((key, value) -> {
            try {
                BootParameters.requireSafe(Map.of(key, value));
            } catch (IllegalArgumentException e) {
                findings.invalid(key, "cannot be handed to the ramdisk: " + e.getMessage() + ".");
            }
        });
    }

    private void checkBootOption(Node node, Findings findings) {
        if (InstanceBoot.wanted(node, wholeDisk).isEmpty()) {
            findings.invalid(
                    InstanceBoot.field(node),
                    "has " + InstanceBoot.CAPABILITY + " '"
                            + Faults.foreign(
                                    node.capability(InstanceBoot.CAPABILITY).orElse(""))
                            + "'; it can be netboot (from a boot ISO) or local (from its disk).");
        }
    }

    /** What the server will start the instance from. */
    InstanceBoot boot(Node node) {
        return InstanceBoot.wanted(node, wholeDisk).orElse(InstanceBoot.NETBOOT);
    }

    RamdiskOptions with(Secret key, Node node, List<Port> ports, URI apiUrl) {
        return new RamdiskOptions(parameters(key, node, ports, Optional.of(apiUrl)));
    }

    private Map<String, String> parameters(Secret key, Node node, List<Port> ports, Optional<URI> apiUrl) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("deployment_id", node.uuid().toString());
        all.put("deployment_key", key.reveal());
        all.put("iscsi_target_iqn", CallbackCheck.targetName(node.uuid()));
        apiUrl.ifPresent(url -> all.put("ironic_api_url", url.toString().replaceFirst("/+$", "")));
        all.put("disk", config.diskDevices());
        all.put("boot_option", boot(node).bootOption());
        BootPlan.modeName(node).ifPresent(mode -> all.put("boot_mode", mode));
        RootDeviceHints.read(node.spec(), new Findings()).ifPresent(hints -> all.put("root_device", hints));
        ports.stream()
                .filter(port -> port.extra().get("vif_port_id") != null)
                .findFirst()
                .ifPresent(port -> all.put("BOOTIF", port.address()));
        all.putAll(RamdiskNetwork.read(node.driverInfo(), config.ramdisk(), new Findings()));
        return all;
    }
}
