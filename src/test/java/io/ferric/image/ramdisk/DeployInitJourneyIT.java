package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole init, from its first line to the reset, on a machine that is made up but for HTTP and the notify port. */
class DeployInitJourneyIT extends InitTestBase {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private int port;

    @BeforeEach
    void have_a_machine() throws IOException {
        Peer.require("curl");
        String busybox = Peer.require("busybox").path().toString();
        box.standIn("nc", "exec " + busybox + " nc \"$@\"").standIn("tgtd", "exec sleep 300");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        box.set("NOTIFY_PORT", String.valueOf(port)).set("STAY_SECONDS", "0.2").set("POST_PAUSE", "0");
        box.set("NIC_LOOKS", "3")
                .set("LINK_LOOKS", "3")
                .set("DISK_LOOKS", "3")
                .set("MATCH_LOOKS", "2")
                .set("DHCP_ROUNDS", "1");
        box.card("eth0", "52:54:00:00:00:01", true)
                .disk("sda", 1, "removable=1")
                .disk("sdb", 100);
        box.file("proc/uptime", "12.34 5.6\n").file("sys/devices/pci0/modalias", "pci:v1\n");
        box.standIn("findfs", "[ \"$1\" = LABEL=ir-vfd-dev ] && echo /dev/sda");
        box.standIn("ip", "[ \"$1 $2\" != 'route get' ] || echo \"$3 dev eth0  src 127.0.0.1 \"");
        box.standIn(
                "mount",
                "case \"$*\" in *' vfat '*floppy) cp " + box.path("floppy") + "/* " + box.path("mnt/floppy")
                        + ";; esac");
    }

    private void boot(FakeConductor conductor, String more) {
        box.file(
                "floppy/parameters.txt",
                "deployment_id=1-2\r\ndeployment_key=KEY\r\niscsi_target_iqn=iqn.x:1\r\nironic_api_url="
                        + conductor.url() + "\r\ndisk=cciss/c0d0,sda,hda,vda\r\n" + more);
        box.file("floppy/token", "TOKEN");
        box.boot("init");
    }

    /** As the conductor's RamdiskNotifier: tries until somebody listens. */
    private void say(String host, String word) {
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            try (Socket socket = new Socket(host, port);
                    OutputStream out = socket.getOutputStream()) {
                out.write(word.getBytes(StandardCharsets.US_ASCII));
                return true;
            }
        });
    }

    private void awaitReset() {
        await().atMost(LIMIT).until(() -> box.called("reboot").contains("reboot -f"));
    }

    private static JsonNode body(FakeConductor conductor, int call) throws IOException {
        return new ObjectMapper().readTree(conductor.calls().get(call).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void offers_the_disk_and_resets_when_told(String notifier) throws Exception {
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "");
            box.awaitConsole("waiting for 'done'");
            assertThat(box.called("reboot")).isEmpty();
            say(notifier, "done");
            awaitReset();

            assertThat(conductor.calls()).hasSize(1);
            assertThat(body(conductor, 0).toString())
                    .isEqualTo("{\"address\":\"127.0.0.1\",\"key\":\"KEY\",\"iqn\":\"iqn.x:1\",\"error\":\"\"}");
        }
        assertThat(box.called("tgtadm").get(2)).contains("--backing-store " + box.path("dev/sdb"));
        assertThat(box.called("modprobe")).contains("modprobe -a -b -q sd_mod vfat", "modprobe -a -b -q pci:v1");
        assertThat(box.console().lines()).isNotEmpty().allMatch(line -> line.startsWith("ferric: [12.34] "));
        assertThat(box.console()).doesNotContain("KEY").doesNotContain("TOKEN");
    }

    @Test
    void listens_on_whatever_others_say_to_the_port() throws Exception {
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "");
            box.awaitConsole("waiting for 'done'");
            say("127.0.0.1", "GET / HTTP/1.0\r\n\r\n");
            say("127.0.0.1", "");
            say("127.0.0.1", "don");
            try (Socket silent = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                assertThat(silent.isConnected()).isTrue();
                assertThat(box.called("reboot")).isEmpty();
                assertThat(box.console()).doesNotContain("said 'done'");

                say("127.0.0.1", "done\n");
                awaitReset();
            }
        }
    }

    @Test
    void reports_an_error_and_stays() throws Exception {
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "root_device=serial=NOPE");
            box.awaitConsole("the server stays here");
            await().atMost(LIMIT).until(() -> box.console().split("ERROR: no disk matches serial=NOPE", -1).length > 3);

            assertThat(conductor.calls()).hasSize(1);
            assertThat(body(conductor, 0).get("error").asText())
                    .isEqualTo("no disk matches serial=NOPE; there are: sdb (100 GiB)");
            assertThat(body(conductor, 0).get("address").asText()).isEqualTo("127.0.0.1");
            assertThat(body(conductor, 0).get("iqn").asText()).isEqualTo("iqn.x:1");
        }
        assertThat(box.called("tgtd")).isEmpty();
        assertThat(box.called("reboot")).isEmpty();
    }

    @Test
    void without_a_lease_the_console_says_so() throws Exception {
        box.standIn("udhcpc", "exit 1");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "");
            box.awaitConsole("ERROR: no DHCP server answers on eth0");
            box.awaitConsole("the server stays here");

            assertThat(conductor.calls()).isEmpty();
        }
        assertThat(box.called("reboot")).isEmpty();
    }

    @Test
    void a_local_boot_installs_grub_between_two_words() throws Exception {
        haveRoot("/usr/sbin/grub-install");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "boot_option=local boot_mode=bios");
            say("127.0.0.1", "done");
            await().atMost(LIMIT).until(() -> conductor.calls().size() == 2);
            assertThat(box.called("reboot")).isEmpty();
            assertThat(conductor.calls().get(1).path())
                    .isEqualTo("/v1/nodes/1-2/vendor_passthru/pass_bootloader_install_info");
            assertThat(body(conductor, 1).toString())
                    .isEqualTo("{\"address\":\"127.0.0.1\",\"key\":\"KEY\",\"status\":\"SUCCEEDED\",\"error\":\"\"}");
            say("127.0.0.1", "done");
            awaitReset();
        }
        assertThat(box.called("chroot")).hasSize(1);
        int released = box.called().indexOf("tgtadm --lld iscsi --mode target --op delete --force --tid 1");
        assertThat(released)
                .isPositive()
                .isLessThan(box.called().indexOf("blockdev --rereadpt " + box.path("dev/sdb")));
    }

    @Test
    void listens_before_it_reports_so_that_the_word_may_come_at_once() throws Exception {
        haveRoot("/usr/sbin/grub-install");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            conductor.beforeAnswer(() -> say("127.0.0.1", "done"));
            boot(conductor, "boot_option=local boot_mode=bios");
            awaitReset();

            assertThat(conductor.calls()).hasSize(2);
        }
    }

    @Test
    void a_local_boot_without_grub_is_reported_as_failed() throws Exception {
        haveRoot("/usr/sbin/lilo");
        try (FakeConductor conductor = new FakeConductor("127.0.0.1")) {
            boot(conductor, "boot_option=local boot_mode=bios");
            say("127.0.0.1", "done");
            await().atMost(LIMIT).until(() -> conductor.calls().size() == 2);

            assertThat(body(conductor, 1).get("status").asText()).isEqualTo("FAILED");
            assertThat(body(conductor, 1).get("error").asText()).startsWith("the image has neither grub-install");
            box.awaitConsole("the server stays here");
        }
        assertThat(box.called("reboot")).isEmpty();
    }

    private void haveRoot(String program) {
        box.file("sys/block/sdb/sdb1/partition", "1\n")
                .file("mnt/root/etc/fstab", "")
                .file("mnt/root" + program, "");
        box.standIn("findfs", "[ \"$1\" = LABEL=ir-vfd-dev ] && echo /dev/sda");
    }
}
