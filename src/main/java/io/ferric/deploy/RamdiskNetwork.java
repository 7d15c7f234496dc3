package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.node.DriverInfo;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The network of a ramdisk that gets no address by DHCP: {@code ramdisk_ip} and {@code ramdisk_gateway} of {@code
 * driver_info}, and {@code ramdisk_report_ip} where address translation makes the conductor see it at another address.
 * Only Ferric's own ramdisk knows these parameters; others pass over them.
 */
final class RamdiskNetwork {
    private static final String IP = "ramdisk_ip";
    private static final String GATEWAY = "ramdisk_gateway";
    private static final String REPORT_IP = "ramdisk_report_ip";

    private final DriverInfo info;
    private final BelievedAddresses believed;
    private final Findings findings;

    private RamdiskNetwork(DriverInfo info, RamdiskConfig config, Findings findings) {
        this.info = info;
        this.believed = new BelievedAddresses(config);
        this.findings = findings;
    }

    /** The parameters for the ramdisk, without those that are wrong, which are noted. */
    static Map<String, String> read(DriverInfo info, RamdiskConfig config, Findings findings) {
        return new RamdiskNetwork(info, config, findings).read();
    }

    private Map<String, String> read() {
        Map<String, String> all = new LinkedHashMap<>();
        Optional<IpNetwork> own = ownAddress();
        own.ifPresent(address -> all.put("ferric_ip", value(IP)));
        gateway(own).ifPresent(address -> all.put("ferric_gateway", value(GATEWAY)));
        reportAddress().ifPresent(address -> all.put("ferric_report_ip", value(REPORT_IP)));
        return all;
    }

    private Optional<IpNetwork> ownAddress() {
        if (!info.has(IP)) {
            return Optional.empty();
        }
        Optional<IpNetwork> network = parse(value(IP));
        if (network.isEmpty()) {
            wrong(IP, "is no address with the length of its network. Write one such as 10.1.2.3/24 or 2001:db8::5/64.");
            return Optional.empty();
        }
        InetAddress address = network.get().base();
        if (!network.get().isHost() || !BelievedAddresses.isUnicast(address) || address.isLinkLocalAddress()) {
            wrong(IP, "is no address that a server can have. Give a free one of the server's network.");
            return Optional.empty();
        }
        if (!info.has(REPORT_IP)) {
            believed.objection(address).ifPresent(why -> wrong(IP, why));
        }
        return network;
    }

    private Optional<InetAddress> gateway(Optional<IpNetwork> own) {
        if (!info.has(GATEWAY)) {
            return Optional.empty();
        }
        Optional<InetAddress> gateway = IpNetwork.address(value(GATEWAY));
        if (gateway.isEmpty()) {
            wrong(GATEWAY, "is no IP address. Write one such as 10.1.2.1, without the length of a network.");
            return Optional.empty();
        }
        if (!info.has(IP)) {
            wrong(GATEWAY, "is of use only with a fixed address. Set driver_info/" + IP + " too, or take it out.");
            return Optional.empty();
        }
        boolean reachable =
                own.filter(network -> leadsOut(network, gateway.get())).isPresent();
        if (own.isPresent() && !reachable) {
            wrong(GATEWAY, "is no other machine in the network " + value(IP) + ". Look at both.");
            return Optional.empty();
        }
        return gateway;
    }

    /** In IPv6 routers are known by their link-local addresses. */
    private static boolean leadsOut(IpNetwork own, InetAddress gateway) {
        boolean sameFamily = own.base().getAddress().length == gateway.getAddress().length;
        boolean near = own.contains(gateway) || gateway.getAddress().length == 16 && gateway.isLinkLocalAddress();
        return sameFamily && near && !own.base().equals(gateway) && BelievedAddresses.isUnicast(gateway);
    }

    private Optional<InetAddress> reportAddress() {
        if (!info.has(REPORT_IP)) {
            return Optional.empty();
        }
        Optional<InetAddress> address = IpNetwork.address(value(REPORT_IP));
        if (address.isEmpty()) {
            wrong(REPORT_IP, "is no IP address. Write the one at which the conductor reaches the ramdisk.");
            return Optional.empty();
        }
        Optional<String> objection = believed.objection(address.get());
        objection.ifPresent(why -> wrong(REPORT_IP, why));
        return objection.isPresent() ? Optional.empty() : address;
    }

    private static Optional<IpNetwork> parse(String text) {
        try {
            return text.contains("/") ? Optional.of(IpNetwork.parse(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String value(String key) {
        return info.text(key).orElse("").strip();
    }

    private void wrong(String key, String why) {
        findings.invalid("driver_info/" + key, "'" + Faults.foreign(value(key)) + "' " + why);
    }
}
