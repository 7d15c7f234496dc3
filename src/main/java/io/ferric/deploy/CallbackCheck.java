package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.VendorCall;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides whether what a ramdisk says may be acted on. Its address comes from the network and we will connect to it, so
 * it has to be an IP address of a single machine in a network where servers are; otherwise whoever has a key could make
 * the conductor talk to any service it can reach.
 */
final class CallbackCheck {
    private static final Pattern NAME = Pattern.compile("(iqn[.-]|eui\\.|naa\\.)[!-~]{1,219}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_LUN = 16_383;
    private static final int DEFAULT_PORT = 3260;
    private static final int DEFAULT_LUN = 1;

    private final RamdiskConfig config;
    private final List<IpNetwork> networks;

    CallbackCheck(RamdiskConfig config) {
        this.config = config;
        this.networks = config.callbackNetworks().stream().map(IpNetwork::parse).toList();
    }

    /** The name of the target that a node's ramdisk is told to offer. */
    static String targetName(UUID node) {
        return "iqn.2008-10.org.openstack:" + node;
    }

    /** Checks all but the key; throws one fault that names everything that is missing or wrong. */
    RamdiskCall check(UUID node, VendorCall call) {
        Map<String, Object> given = call.parameters();
        Findings findings = new Findings();
        String address = text(given, "address", findings);
        String iqn = text(given, "iqn", findings);
        findings.throwIfAny();
        checkAddress(address, findings);
        checkName(iqn, targetName(node), findings);
        int port = number(given, "port", DEFAULT_PORT, new Range(1, MAX_PORT), findings);
        int lun = number(given, "lun", DEFAULT_LUN, new Range(0, MAX_LUN), findings);
        findings.throwIfAny();
        Optional<String> error = Optional.ofNullable(given.get("error"))
                .map(String::valueOf)
                .map(Faults::foreign)
                .filter(text -> !text.isEmpty());
        return new RamdiskCall(address, port, iqn, lun, error);
    }

    private void checkName(String iqn, String ours, Findings findings) {
        if (!config.foreignTargetNames() && !iqn.equals(ours)) {
            findings.invalid("iqn", "is " + Faults.foreign(iqn) + ", but the ramdisk was given " + ours + ".");
        } else if (!NAME.matcher(iqn).matches()) {
            findings.invalid("iqn", "is no iSCSI name: " + Faults.foreign(iqn) + ".");
        }
    }

    private void checkAddress(String text, Findings findings) {
        Optional<InetAddress> address = IpNetwork.address(text);
        if (address.isEmpty()) {
            findings.invalid("address", "is not an IP address: " + Faults.foreign(text) + ".");
        } else if (!believed(address.get())) {
            findings.invalid(
                    "address",
                    text + " is not where a ramdisk may be."
                            + " List the servers' networks in deploy.ramdisk.callback_networks.");
        }
    }

    private boolean believed(InetAddress address) {
        boolean unicast = !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !address.getHostAddress().equals("255.255.255.255");
        if (!networks.isEmpty()) {
            return unicast && networks.stream().anyMatch(network -> network.contains(address));
        }
        return unicast && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }

    private static String text(Map<String, Object> given, String name, Findings findings) {
        Object value = given.get(name);
        if (value == null || String.valueOf(value).isBlank()) {
            findings.missing(name, "The ramdisk must say it.");
            return "";
        }
        return String.valueOf(value);
    }

    private record Range(int from, int to) {}

    private static int number(Map<String, Object> given, String name, int otherwise, Range range, Findings findings) {
        Object value = given.get(name);
        if (value == null || String.valueOf(value).isEmpty()) {
            return otherwise;
        }
        if (String.valueOf(value).matches("\\d{1,9}")) {
            int number = Integer.parseInt(String.valueOf(value));
            if (number >= range.from() && number <= range.to()) {
                return number;
            }
        }
        findings.invalid(name, "is not a number from " + range.from() + " to " + range.to() + ".");
        return otherwise;
    }
}
