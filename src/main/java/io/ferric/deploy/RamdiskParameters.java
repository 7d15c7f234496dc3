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
    private static final String BOOT_OPTION = "netboot";
    private static final Secret NO_KEY = Secret.of("");

    private final DeployConfig config;

    RamdiskParameters(DeployConfig config) {
        this.config = config;
    }

    /** Notes hints that make no sense and values a shell would not take as plain words. */
    void validate(Node node, List<Port> ports, Optional<URI> apiUrl, Findings findings) {
        RootDeviceHints.read(node.spec(), findings);
        checkBootOption(node, findings);
        parameters(NO_KEY, node, ports, apiUrl).forEach((key, value) -> {
            try {
                BootParameters.requireSafe(Map.of(key, value));
            } catch (IllegalArgumentException e) {
                findings.invalid(key, "cannot be handed to the ramdisk: " + e.getMessage() + ".");
            }
        });
    }

    /** A ramdisk told {@code local} would install a boot loader and report it by a call that is not there yet. */
    private static void checkBootOption(Node node, Findings findings) {
        node.spec()
                .capability("boot_option")
                .filter(option -> !option.equals(BOOT_OPTION))
                .ifPresent(option -> findings.invalid(
                        "properties/capabilities",
                        "has boot_option '" + option
                                + "', but instances boot from a boot ISO only: take it out or write" + " boot_option:"
                                + BOOT_OPTION + "."));
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
        all.put("boot_option", BOOT_OPTION);
        node.spec().capability("boot_mode").ifPresent(mode -> all.put("boot_mode", mode));
        RootDeviceHints.read(node.spec(), new Findings()).ifPresent(hints -> all.put("root_device", hints));
        ports.stream()
                .filter(port -> port.extra().get("vif_port_id") != null)
                .findFirst()
                .ifPresent(port -> all.put("BOOTIF", port.address()));
        return all;
    }
}
