package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.InterfaceNames;
import io.ferric.node.Node;
import java.util.List;
import java.util.Map;

/**
 * The names that nodes made for Ironic's hardware types {@code ilo} and {@code ilo5} use, each first the one that says
 * what is done here. All are taken as they are; of those that stand for something else here a warning tells.
 */
final class IloInterfaces {
    static final InterfaceNames NAMES = InterfaceNames.none()
            .with("bios", "ilo", "no-bios")
            .with("boot", "ilo-virtual-media", "ilo-pxe", "ilo-ipxe", "ilo-uefi-https", "pxe", "ipxe")
            .with("console", "no-console", "ilo", "ipmitool-shellinabox", "ipmitool-socat")
            .with("deploy", "iscsi", "direct", "ramdisk", "ansible", "custom-agent", "anaconda")
            .with("firmware", "ilo", "no-firmware")
            .with("inspect", "ilo", "inspector", "agent", "no-inspect")
            .with("management", "ilo", "ilo5")
            .with("network", "noop", "flat", "neutron")
            .with("power", "ilo")
            .with("raid", "no-raid", "agent", "ilo5")
            .with("rescue", "no-rescue", "agent")
            .with("storage", "noop", "cinder", "external")
            .with("vendor", "ilo", "no-vendor");

    private static final String VIRTUAL_MEDIA = "the server boots from virtual media of its iLO all the same";

    private static final String NO_RAMDISK_DEPLOY =
            "no such deploy is done here: an image is written to the disk, over iSCSI";

    private static final List<Meaning> OTHERWISE = List.of(
            new Meaning("boot", List.of("ilo-pxe", "ilo-ipxe", "ilo-uefi-https", "pxe", "ipxe"), VIRTUAL_MEDIA),
            new Meaning(
                    "console", List.of("ilo", "ipmitool-shellinabox", "ipmitool-socat"), "there is no console here"),
            new Meaning(
                    "deploy",
                    List.of("direct", "custom-agent"),
                    "the conductor writes the disk over iSCSI, and no agent fetches the image"),
            new Meaning("deploy", List.of("ramdisk", "ansible", "anaconda"), NO_RAMDISK_DEPLOY),
            new Meaning("inspect", List.of("inspector", "agent"), "the iLO is asked, and no ramdisk is booted for it"),
            new Meaning(
                    "network",
                    List.of("flat", "neutron"),
                    "no network is attached or changed: servers stay where they are"),
            new Meaning("raid", List.of("agent", "ilo5"), "RAID is not configured here"),
            new Meaning("rescue", List.of("agent"), "there is no rescue here"),
            new Meaning(
                    "storage",
                    List.of("cinder", "external"),
                    "volumes are not attached: instances boot from their disk"));

    private IloInterfaces() {}

    /** What names of a kind stand for here. */
    private record Meaning(String kind, List<String> names, String here) {}

    /** Tells where a node's interfaces are not what their names say. */
    static void warn(Node node, Findings findings) {
        Map<String, String> chosen = node.spec().details().interfaces();
        OTHERWISE.stream()
                .filter(each -> each.names.contains(chosen.getOrDefault(each.kind, "")))
                .forEach(each -> findings.warn(
                        each.kind + "_interface",
                        each.kind + "_interface is " + chosen.get(each.kind) + ", but " + each.here + "."));
    }
}
