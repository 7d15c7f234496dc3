package io.ferric.deploy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which addresses a ramdisk may say it has. Immutable. */
final class BelievedAddresses {
    static final String LINK_LOCAL = "is link-local, which is not where a ramdisk may be: nobody beyond its own cable"
            + " reaches it. See that the server gets an address by DHCP, or give one in driver_info/ramdisk_ip.";

    private static final String BROADCAST = "255.255.255.255";

    private final List<IpNetwork> networks;

    BelievedAddresses(RamdiskConfig config) {
        this.networks = config.callbackNetworks().stream().map(IpNetwork::parse).toList();
    }

    /** Why this one is not believed, to follow it in a message; empty when it is. */
    Optional<String> objection(InetAddress address) {
        if (believed(address)) {
            return Optional.empty();
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of(LINK_LOCAL);
        }
        return Optional.of(
                "is not where a ramdisk may be." + " List the servers' networks in deploy.ramdisk.callback_networks.");
    }

    private boolean believed(InetAddress address) {
        if (!isUnicast(address)) {
            return false;
        }
        return networks.isEmpty()
                ? !address.isLoopbackAddress() && !address.isLinkLocalAddress()
                : networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Whether it can be the address of a single machine. */
    static boolean isUnicast(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !address.getHostAddress().equals(BROADCAST);
    }
}
