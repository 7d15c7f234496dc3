package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.VendorCall;
import java.net.InetAddress;
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

    private static final String SUCCEEDED = "SUCCEEDED";
    private static final String FAILED = "FAILED";
    private static final String SILENT_FAILURE = "it gives no reason";

    private final RamdiskConfig config;
    private final BelievedAddresses believed;

    CallbackCheck(RamdiskConfig config) {
        this.config = config;
        this.believed = new BelievedAddresses(config);
    }

    /** The name of the target that a node's ramdisk is told to offer. */
    static String targetName(UUID node) {
        return "iqn.2008-10.org.openstack:" + node;
    }

    /**
     * Checks all but the key; throws one fault that names everything that is missing or wrong. A ramdisk that reports an
     * error is heard whatever else it says: there is no disk to connect to, and the error must not be lost.
     */
    RamdiskCall check(UUID node, VendorCall call) {
        Map<String, Object> given = call.parameters();
        Optional<String> error = error(given);
        if (error.isPresent()) {
            return new RamdiskCall(harmlessAddress(given), DEFAULT_PORT, targetName(node), DEFAULT_LUN, error);
        }
        Findings findings = new Findings();
        String address = address(given, findings);
        String iqn = text(given, "iqn", findings);
        findings.throwIfAny();
        checkAddress(address, findings);
        checkName(iqn, targetName(node), findings);
        int port = number(given, "port", DEFAULT_PORT, new Range(1, MAX_PORT), findings);
        int lun = number(given, "lun", DEFAULT_LUN, new Range(0, MAX_LUN), findings);
        findings.throwIfAny();
        return new RamdiskCall(address, port, iqn, lun, Optional.empty());
    }

    /** Checks what is reported about a boot loader, but not the key; a failure is heard whatever else is said. */
    BootLoaderReport checkReport(VendorCall call) {
        Map<String, Object> given = call.parameters();
        Findings findings = new Findings();
        String status = text(given, "status", findings);
        if (status.equals(FAILED)) {
            return new BootLoaderReport(harmlessAddress(given), error(given).or(() -> Optional.of(SILENT_FAILURE)));
        }
        if (!status.isEmpty() && !status.equals(SUCCEEDED)) {
            findings.invalid(
                    "status", "is " + Faults.foreign(status) + "; it can be " + SUCCEEDED + " or " + FAILED + ".");
        }
        String address = address(given, findings);
        if (!address.isEmpty()) {
            checkAddress(address, findings);
        }
        findings.throwIfAny();
        return new BootLoaderReport(address, Optional.empty());
    }

    private static Optional<String> error(Map<String, Object> given) {
        return Optional.ofNullable(given.get("error"))
                .map(String::valueOf)
                .map(Faults::foreign)
                .filter(text -> !text.isEmpty());
    }

    /** The address for a message; empty when it is none. */
    private static String harmlessAddress(Map<String, Object> given) {
        String address = unbracketed(String.valueOf(given.get("address")));
        return IpNetwork.address(address).isPresent() ? address : "";
    }

    private static String address(Map<String, Object> given, Findings findings) {
        return unbracketed(text(given, "address", findings));
    }

    /** IPv6 addresses also come as they stand in URLs. */
    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]") && address.contains(":")
                ? address.substring(1, address.length() - 1)
                : address;
    }

    private void checkName(String iqn, String ours, Findings findings) {
        if (!config.foreignTargetNames() && !iqn.equals(ours)) {
            findings.invalid("iqn", "is " + Faults.foreign(iqn) + ", but the ramdisk was given " + ours + ".");
        } else if (!NAME.matcher(iqn).matches()) {
            findings.invalid("iqn", "is no iSCSI name: " + Faults.foreign(iqn) + ".");
        }
    }

    private void checkAddress(String text, Findings findings) {
        boolean zoned = text.contains("%");
        Optional<InetAddress> address =
                IpNetwork.address(text.replaceFirst("%.*", "")).filter(each -> !zoned || each.isLinkLocalAddress());
        if (address.isEmpty()) {
            findings.invalid("address", "is not an IP address: " + Faults.foreign(text) + ".");
            return;
        }
        Optional<String> objection =
                zoned ? Optional.of(BelievedAddresses.LINK_LOCAL) : believed.objection(address.get());
        objection.ifPresent(why -> findings.invalid("address", Faults.foreign(text) + " " + why));
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
