package io.ferric.rest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.node.InvalidRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = """
            {"links": [
               {"id": "eth0", "type": "phy", "ethernet_mac_address": "fa:16:3e:9c:bf:3d", "mtu": 9000, "vif_id": "v"},
               {"id": "eth1", "type": "vif", "ethernet_mac_address": "FA-16-3E-9C-BF-3E", "mtu": null},
               {"id": "bond0", "type": "bond", "ethernet_mac_address": "fa:16:3e:9c:bf:3f",
                "bond_mode": "802.1ad", "bond_links": ["eth0", "eth1"], "bond_xmit_hash_policy": "layer3+4"},
               {"id": "vlan2", "type": "vlan", "vlan_mac_address": "fa:16:3e:9c:bf:40", "vlan_id": 101,
                "vlan_link": "bond0"}],
             "networks": [
               {"id": "n0", "type": "ipv4", "link": "bond0", "network_id": "x", "ip_address": "192.0.2.9",
                "netmask": "255.255.252.0",
                "routes": [{"network": "0.0.0.0", "netmask": "0.0.0.0", "gateway": "192.0.2.1",
                            "services": [{"type": "dns", "address": "192.0.2.2"}]}]},
               {"id": "n1", "type": "ipv4_dhcp", "link": "vlan2", "network_id": "y"},
               {"id": "n2", "type": "ipv6", "link": "vlan2", "network_id": "z", "ip_address": "2001:db8::9/64",
                "netmask": "ffff:ffff:ffff:ffff::",
                "routes": [{"network": "::", "netmask": "::", "gateway": "fe80::1"}]}],
             "services": [{"type": "dns", "address": "2001:db8::53"}, {"type": "dns", "address": "192.0.2.53"}]}""";

    private static Map<String, Object> read(String json) throws JsonProcessingException {
        return JSON.readValue(json, new TypeReference<>() {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"links\": [], \"networks\": [], \"services\": []}", WHOLE})
    void takes(String json) {
        assertThatCode(() -> NetworkData.require(read(json))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"links\":',                        '\"liks\":',              network_data/links",
        "'\"services\": [{\"type\": \"dns\", \"address\": \"2', '\"services\": [{\"type\": \"ntp\", \"address\": \"2', network_data/services/0/type",
        "'\"phy\"',                           '\"bogus\"',              network_data/links/0/type",
        "'\"id\": \"eth0\", ',                '',                       network_data/links/0/id",
        "'\"id\": \"eth0\", ',                '\"id\": 5, ',            network_data/links/0/id",
        "fa:16:3e:9c:bf:3d,                   fa:16:3e,                 network_data/links/0/ethernet_mac_address",
        "9000,                                0,                        network_data/links/0/mtu",
        "9000,                                '\"9000\"',               network_data/links/0/mtu",
        "'\"802.1ad\"',                       '\"lacp\"',               network_data/links/2/bond_mode",
        "'[\"eth0\", \"eth1\"]',              '\"eth0\"',               network_data/links/2/bond_links",
        "'\"eth1\"]',                         '5]',                     network_data/links/2/bond_links/1",
        "101,                                 1.5,                      network_data/links/3/vlan_id",
        "'\"type\": \"ipv4\"',                '\"type\": \"ipx\"',      network_data/networks/0/type",
        "192.0.2.9,                           192.0.2.256,              network_data/networks/0/ip_address",
        "255.255.252.0,                       255.0.255.0,              network_data/networks/0/netmask",
        "'\"gateway\": \"192.0.2.1\"',        '\"gateway\": null',      network_data/networks/0/routes/0/gateway",
        "'\"address\": \"192.0.2.2\"',        '\"address\": \"::1\"',   network_data/networks/0/routes/0/services/0/address",
        "2001:db8::9/64,                      2001:db8::x,              network_data/networks/2/ip_address",
        "'\"link\": \"bond0\"',               '\"lnk\": \"bond0\"',     network_data/networks/0/link",
    })
    void refuses_and_names_the_path(String good, String bad, String path) throws JsonProcessingException {
        Map<String, Object> data = read(WHOLE.replace(good, bad));

        assertThatThrownBy(() -> NetworkData.require(data))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(path);
    }

    @Test
    void shows_no_more_than_the_start_of_a_long_value() throws JsonProcessingException {
        Map<String, Object> data = read(WHOLE.replace("\"phy\"", "\"" + "x".repeat(5000) + "\""));

        assertThatThrownBy(() -> NetworkData.require(data))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
