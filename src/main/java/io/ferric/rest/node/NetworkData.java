package io.ferric.rest.node;

import static io.ferric.rest.node.JsonRule.byType;
import static io.ferric.rest.node.JsonRule.listOf;
import static io.ferric.rest.node.JsonRule.object;
import static io.ferric.rest.node.JsonRule.oneOf;
import static io.ferric.rest.node.JsonRule.text;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node's {@code network_data} must look like: OpenStack's {@code network_data.json}, with links, networks and
 * services. Source: the schema that Ironic checks it by.
 */
final class NetworkData {
    private static final JsonRule MAC =
            text("a MAC address", address -> address.matches("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}"));
    private static final JsonRule MTU = (path, value) -> {
        boolean fits = value instanceof Number number && number.doubleValue() >= 1 && number.doubleValue() <= 65535;
        if (value != null && !fits) {
            throw JsonRule.wrong(path, value, "a number from 1 to 65535");
        }
    };
    private static final JsonRule WHOLE = (path, value) -> {
        if (!(value instanceof Number number) || number.doubleValue() % 1 != 0) {
            throw JsonRule.wrong(path, value, "a whole number");
        }
    };
    private static final JsonRule V4 = text("an IPv4 address", NetworkData::v4);
    private static final JsonRule MASK_4 = text("an IPv4 network mask", NetworkData::mask4);
    private static final JsonRule V6 = text("an IPv6 address", NetworkData::v6);
    /** A host may bring the length of its network's prefix. */
    private static final JsonRule HOST_6 =
            text("an IPv6 address", address -> v6(address.replaceFirst("/\\d{1,3}$", "")));

    private static final JsonRule LINKS = listOf(byType(links()));
    private static final JsonRule NETWORKS = listOf(byType(networks()));
    private static final JsonRule SERVICES =
            services(text("an IP address", address -> v4(address) || v6(address.replaceFirst("/\\d{1,3}$", ""))));
    private static final JsonRule WHOLE_DOCUMENT =
            object(Map.of("links", LINKS, "networks", NETWORKS, "services", SERVICES), Map.of());

    private NetworkData() {}

    /** Refuses what is neither empty nor as it must be. */
    static void require(Map<String, Object> networkData) {
        if (!networkData.isEmpty()) {
            WHOLE_DOCUMENT.check("network_data", networkData);
        }
    }

    private static Map<String, JsonRule> links() {
        Map<String, JsonRule> possible = Map.of("mtu", MTU, "vif_id", text());
        Map<String, JsonRule> all = new TreeMap<>();
        for (String type :
                new String[] {"bridge", "dvs", "hw_veb", "hyperv", "ovs", "tap", "vhostuser", "vif", "phy"}) {
            all.put(type, object(Map.of("id", text(), "ethernet_mac_address", MAC), possible));
        }
        JsonRule mode = oneOf(
                "802.1ad", "balance-rr", "active-backup", "balance-xor", "broadcast", "balance-tlb", "balance-alb");
        all.put(
                "bond",
                object(
                        Map.of(
                                "id",
                                text(),
                                "ethernet_mac_address",
                                MAC,
                                "bond_mode",
                                mode,
                                "bond_links",
                                listOf(text())),
                        possible));
        all.put(
                "vlan",
                object(Map.of("id", text(), "vlan_mac_address", MAC, "vlan_link", text(), "vlan_id", WHOLE), possible));
        return all;
    }

    private static Map<String, JsonRule> networks() {
        JsonRule four = network(V4, MASK_4, route(V4, MASK_4));
        JsonRule six = network(HOST_6, V6, route(V6, V6));
        return new TreeMap<>(Map.of("ipv4", four, "ipv4_dhcp", four, "ipv6", six, "ipv6_dhcp", six, "ipv6_slaac", six));
    }

    private static JsonRule network(JsonRule host, JsonRule mask, JsonRule route) {
        return object(
                Map.of("id", text(), "link", text(), "network_id", text()),
                Map.of("ip_address", host, "netmask", mask, "routes", listOf(route)));
    }

    private static JsonRule route(JsonRule address, JsonRule mask) {
        return object(
                Map.of("network", address, "netmask", mask, "gateway", address), Map.of("services", services(address)));
    }

    private static JsonRule services(JsonRule address) {
        return listOf(object(Map.of("address", address, "type", oneOf("dns")), Map.of()));
    }

    private static boolean v4(String text) {
        return text.matches("(\\d{1,3}\\.){3}\\d{1,3}")
                && Arrays.stream(text.split("\\.")).allMatch(part -> Integer.parseInt(part) < 256);
    }

    /** Ones, then zeros. */
    private static boolean mask4(String text) {
        if (!v4(text)) {
            return false;
        }
        long bits =
                Arrays.stream(text.split("\\.")).mapToLong(Long::parseLong).reduce(0, (all, part) -> all << 8 | part);
        long zeros = ~bits & 0xffff_ffffL;
        return (zeros & zeros + 1) == 0;
    }

    private static boolean v6(String text) {
        try {
            // with a colon and no other letters it is never looked up as a name
            return text.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%\\w+)?")
                    && InetAddress.getByName(text.replaceFirst("%.*", "")) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
