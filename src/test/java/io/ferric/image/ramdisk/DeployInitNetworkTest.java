package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeployInitNetworkTest extends InitTestBase {
    @BeforeEach
    void wait_shortly() {
        box.set("NIC_LOOKS", "2").set("LINK_LOOKS", "2").set("DHCP_ROUNDS", "2");
        box.standIn(
                "ip",
                "case \"$*\" in 'route get 10.'*) echo \"$3 via 10.9.0.1 dev eth0  src 10.9.0.5 \";;"
                        + " 'route get 2001:'*) echo \"$3 from :: via fe80::1 dev eth0  src 2001:db8::77  metric 1\";;"
                        + " 'route get'*) exit 2;; esac");
    }

    private String start(String url, String... parameters) {
        box.parameters(parameters);
        return box.run("parse_api_url " + url + "; start_network && echo \"$NIC $ADDRESS\" || echo \"ERROR $FAULT\"");
    }

    @Test
    void asks_for_a_lease_on_every_card_with_a_link() {
        box.card("eth0", "52:54:00:00:00:01", false)
                .card("eth1", "52:54:00:00:00:02", true)
                .card("eth2", "52:54:00:00:00:03", true);
        box.standIn("udhcpc", "[ \"$2\" = eth2 ]");

        assertThat(start("http://10.0.0.1")).isEqualTo("eth2 10.9.0.5");
        assertThat(box.called("udhcpc"))
                .hasSize(2)
                .allMatch(line -> line.contains(" -n ") && line.endsWith("/lib/ferric/udhcpc.sh"));
        assertThat(box.called("ip")).contains("ip link set eth0 up", "ip link set eth1 up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:00:00:0A", "01-52-54-00-00-00-0a", "52-54-00-00-00-0a"})
    void uses_the_card_that_bootif_names(String bootif) {
        box.card("eth0", "52:54:00:00:00:01", true).card("eth1", "52:54:00:00:00:0a", true);

        assertThat(start("http://10.0.0.1", "BOOTIF=" + bootif)).isEqualTo("eth1 10.9.0.5");
    }

    @Test
    void says_which_cards_there_are_when_bootif_names_none() {
        box.card("eth0", "52:54:00:00:00:01", true).file("sys/class/net/lo/address", "00:00:00:00:00:00");

        assertThat(start("http://10.0.0.1", "BOOTIF=52:54:00:00:00:99"))
                .isEqualTo("ERROR no network card has the address 52:54:00:00:00:99 (BOOTIF on the floppy);"
                        + " there are: eth0 (52:54:00:00:00:01)");
    }

    @Test
    void names_network_cards_without_a_driver() {
        String device = "sys/bus/pci/devices/0000:03:00.0/";
        box.file(device + "class", "0x020000\n")
                .file(device + "vendor", "0x14e4\n")
                .file(device + "device", "0x1657\n");
        box.file("sys/bus/pci/devices/0000:04:00.0/class", "0x010000\n");

        assertThat(start("http://10.0.0.1"))
                .startsWith("ERROR no driver in this ramdisk for the network card(s) 0000:03:00.0 (14e4:1657);");
    }

    @Test
    void says_so_when_there_is_no_card_or_no_link_or_no_server() {
        assertThat(start("http://10.0.0.1")).isEqualTo("ERROR this server has no network card that the kernel can see");

        box.card("eth0", "52:54:00:00:00:01", false);
        assertThat(start("http://10.0.0.1"))
                .isEqualTo("ERROR no network card has a link: eth0 (52:54:00:00:00:01). Is the cable in?");

        box.card("eth0", "52:54:00:00:00:01", true).standIn("udhcpc", "exit 1");
        assertThat(start("http://10.0.0.1")).isEqualTo("ERROR no DHCP server answers on eth0 (52:54:00:00:00:01)");
        assertThat(box.called("udhcpc")).hasSize(2);

        assertThat(start("http://[2002::1]:1"))
                .startsWith("ERROR no router announces an IPv6 network on eth0 (52:54:00:00:00:01)");
    }

    @Test
    void takes_static_settings_of_both_families() {
        box.card("eth0", "52:54:00:00:00:01", true);

        assertThat(start("http://10.0.0.1", "ferric_ip=10.9.0.5/24", "ferric_gateway=10.9.0.1"))
                .isEqualTo("eth0 10.9.0.5");
        assertThat(start("http://[2001:db8::1]:6385", "ferric_ip=2001:db8::77/64", "ferric_gateway=fe80::1"))
                .isEqualTo("eth0 2001:db8::77");
        assertThat(box.called("udhcpc")).isEmpty();
        assertThat(box.called("ip"))
                .contains(
                        "ip addr add 10.9.0.5/24 dev eth0",
                        "ip route add default via 10.9.0.1 dev eth0",
                        "ip addr add 2001:db8::77/64 dev eth0",
                        "ip route add default via fe80::1 dev eth0");
    }

    @Test
    void waits_for_a_router_when_the_conductor_has_an_ipv6_address() {
        box.card("eth0", "52:54:00:00:00:01", true);

        assertThat(start("http://[2001:db8::1]:6385")).isEqualTo("eth0 2001:db8::77");
        assertThat(box.called("udhcpc")).isEmpty();
    }

    @Test
    void reports_the_address_that_the_floppy_gives() {
        box.card("eth0", "52:54:00:00:00:01", true);

        assertThat(start("http://10.0.0.1", "ferric_report_ip=127.0.0.9")).isEqualTo("eth0 127.0.0.9");
    }

    @Test
    void never_reports_a_link_local_address_or_the_loopback() {
        box.standIn("ip", "echo \"x dev eth0  src fe80::1 \"");
        assertThat(box.run("source_address 2001:db8::1; echo .")).isEqualTo(".");

        box.standIn("ip", "echo \"x dev lo  src ::1  metric 0\"");
        assertThat(box.run("source_address 2001:db8::1; echo .")).isEqualTo(".");
    }

    @Test
    void resolves_the_name_of_the_conductor() {
        box.card("eth0", "52:54:00:00:00:01", true);
        box.standIn(
                "nslookup",
                "printf 'Server:\\t\\t10.0.0.53\\nAddress:\\t10.0.0.53:53\\n\\nName:\\t%s\\nAddress: 10.0.0.8\\n' \"$1\"");

        assertThat(start("http://conductor.example")).isEqualTo("eth0 10.9.0.5");
        assertThat(box.called("ip")).contains("ip route get 10.0.0.8");

        box.standIn("nslookup", "echo \"nslookup: can't resolve\"; exit 1");
        assertThat(start("http://conductor.example")).startsWith("ERROR the conductor's name conductor.example could");
    }

    @Test
    void puts_a_lease_onto_the_card() {
        box.file("etc/x", "");
        // Sourced, not run: busybox's own sh would know nothing of the stand-in for ip.
        box.run("(interface=card1 ip=10.9.0.5 mask=22 router='10.9.0.1 10.9.0.2' dns='10.0.0.53 10.0.0.54'"
                + " domain=lab.example; set -- bound; . \"$FERRIC_LIB/udhcpc.sh\")\n"
                + "cp \"$FERRIC_ROOT/etc/resolv.conf\" \"$FERRIC_ROOT/etc/first\"\n"
                + "(interface=card1 ip=10.9.0.5 mask=22 router=10.9.0.1"
                + " staticroutes='0.0.0.0/0 10.9.0.9 10.8.0.0/16 0.0.0.0'; set -- renew; . \"$FERRIC_LIB/udhcpc.sh\")");

        assertThat(box.called("ip"))
                .containsExactly(
                        "ip -4 addr flush dev card1",
                        "ip addr add 10.9.0.5/22 dev card1",
                        "ip link set card1 up",
                        "ip route add default via 10.9.0.1 dev card1",
                        "ip -4 addr show dev card1",
                        "ip -4 addr flush dev card1",
                        "ip addr add 10.9.0.5/22 dev card1",
                        "ip link set card1 up",
                        "ip route add 0.0.0.0/0 via 10.9.0.9 dev card1",
                        "ip route add 10.8.0.0/16 dev card1");
        assertThat(box.path("etc/first"))
                .hasContent("search lab.example\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n");
    }

    @Test
    void a_renewal_of_the_same_address_leaves_the_card_alone() {
        box.standIn("ip", "echo '    inet 10.9.0.5/22 scope global eth0'");
        box.file("etc/x", "");

        box.run("interface=eth0 ip=10.9.0.5 mask=22 router=10.9.0.1; set -- renew; . \"$FERRIC_LIB/udhcpc.sh\"");
        assertThat(box.called("ip")).containsExactly("ip -4 addr show dev eth0");
    }

    @Test
    void waits_until_a_fixed_ipv6_address_may_be_used() {
        box.set("LINK_LOOKS", "10").card("eth0", "52:54:00:00:00:01", true);
        box.standIn(
                "ip",
                "[ \"$1 $2\" = 'route get' ] || exit 0; echo x >>'" + box.path("looks")
                        + "'; if [ $(wc -l <'" + box.path("looks")
                        + "') -lt 4 ]; then echo \"$3 dev eth0  src fe80::5 \";"
                        + " else echo \"$3 dev eth0  src 2001:db8::77 \"; fi");

        assertThat(start("http://[2001:db8::1]:6385", "ferric_ip=2001:db8::77/64"))
                .isEqualTo("eth0 2001:db8::77");
    }

    @Test
    void a_lease_from_which_the_conductor_cannot_be_reached_is_given_up() {
        box.card("eth0", "52:54:00:00:00:01", true).card("eth1", "52:54:00:00:00:02", true);
        box.standIn(
                "ip",
                "[ \"$1 $2\" = 'route get' ] || exit 0; grep -q 'udhcpc -i eth1' '" + folder.resolve("calls.txt")
                        + "' && echo \"$3 dev eth1  src 10.9.0.6 \"");

        assertThat(start("http://10.0.0.1")).isEqualTo("eth1 10.9.0.6");
        assertThat(box.called("ip")).contains("ip -4 addr flush dev eth0").doesNotContain("ip -4 addr flush dev eth1");
    }

    @Test
    void a_fixed_address_goes_to_the_card_behind_which_somebody_answers() {
        box.card("eth0", "52:54:00:00:00:01", true).card("eth1", "52:54:00:00:00:02", true);
        box.standIn("ping", "exit 1");
        box.standIn(
                "ip",
                "case \"$*\" in 'route get'*) echo \"$3 via 10.9.0.1 dev eth0  src 10.9.0.5 \";;"
                        + " 'neigh show dev eth0') echo '10.9.0.1  FAILED';;"
                        + " 'neigh show dev eth1') echo '10.9.0.1 lladdr 52:54:00:00:00:99 STALE';; esac");

        assertThat(start("http://10.0.0.1", "ferric_ip=10.9.0.5/24", "ferric_gateway=10.9.0.1"))
                .isEqualTo("eth1 10.9.0.5");
        assertThat(box.called("ip"))
                .containsSequence(
                        "ip route del default via 10.9.0.1 dev eth0",
                        "ip addr del 10.9.0.5/24 dev eth0",
                        "ip addr add 10.9.0.5/24 dev eth1");
    }
}
