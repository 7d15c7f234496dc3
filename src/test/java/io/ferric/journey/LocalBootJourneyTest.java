package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.MediaDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances whose boot loader the ramdisk installs: {@code boot_option:local}. */
class LocalBootJourneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Map<String, String> KEYS = new ConcurrentHashMap<>();

    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of("conductor.deploy_callback_timeout", "6s"));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    private static EnrolledNode enrol(String name) throws Exception {
        EnrolledNode node = datacenter.enrol(name, event -> {
            if (event.stage() == Stage.ORDERED) {
                KEYS.put(name, datacenter.deployKey(name));
            }
        });
        node.set("/properties", Map.of("capabilities", "boot_option:local"));
        return node;
    }

    /** Without kernel and ramdisk, since no boot ISO is made; what kind of image it is must be said then. */
    private static void begin(EnrolledNode node) {
        Map<String, Object> info = datacenter.supplies().instanceInfo();
        info.keySet().removeAll(List.of("kernel", "ramdisk"));
        info.put("image_type", "partition");
        node.setInstanceInfo(info);
        node.ask("active");
    }

    @Test
    void an_instance_boots_from_its_disk_and_goes_on_doing_so() throws Exception {
        EnrolledNode node = enrol("local");
        int kept = datacenter.published().size();
        begin(node);
        JsonNode active = node.reaches("active");

        node.hardware().server().console().await(Stage.BOOT_LOADER_INSTALLED, PATIENCE);
        node.awaitInstance(1);
        node.holdsTheImage();
        assertThat(active.path("instance_info").has("ilo_boot_iso")).isFalse();
        assertThat(active.path("instance_info").has("deploy_key")).isFalse();
        assertThat(datacenter.published()).hasSize(kept);
        assertThat(node.hardware().ilo().state().persistentBoot().get(0)).isEqualTo(BootTarget.HDD);
        assertThat(node.hardware().ilo().state().oneTimeBoot()).isEqualTo(BootTarget.NORMAL);

        int inserted = node.hardware().ilo().events(Kind.INSERTED).size();
        datacenter.rest().send("PUT", node.path() + "/states/power", Map.of("target", "rebooting"));
        node.awaitInstance(2);
        node.isLetGo();
        node.hardware().ilo().state().hostReset("reboot by the instance");
        node.awaitInstance(3);
        assertThat(node.hardware().ilo().events(Kind.INSERTED)).hasSize(inserted);
        assertThat(node.hardware().ilo().state().bay(MediaDevice.CDROM).inserted())
                .isFalse();

        assertThat(report(node, "SUCCEEDED").fault()).contains("Deploy key does not match");
        node.tearDown();
        datacenter.keepsNothingOf(node);
        datacenter.toldNoSecrets();
    }

    @Test
    void a_boot_loader_that_cannot_be_installed_fails_the_deploy_with_the_reason() throws Exception {
        EnrolledNode node = enrol("unbootable");
        node.hardware().server().faults().inject(ServerFault.BOOT_LOADER_FAILS, 1);
        begin(node);

        assertThat(node.fails())
                .contains("The ramdisk could not install a boot loader: pretend: grub-install:", "boot_option:netboot");
        datacenter.keepsNothingOf(node);
        assertThat(node.show().path("instance_info").has("deploy_key")).isFalse();
        node.ask("active");
        node.reaches("active");
        node.awaitInstance(1);
        node.tearDown();
    }

    @Test
    void each_call_is_good_in_its_own_wait_only_and_the_end_of_the_second_names_what_was_waited_for() throws Exception {
        EnrolledNode node = enrol("forgetful");
        node.hardware().server().faults().inject(ServerFault.NO_BOOT_LOADER_REPORT, 1);
        begin(node);
        node.hardware().server().console().await(Stage.BOOT_LOADER_INSTALLED, PATIENCE);
        await().atMost(PATIENCE)
                .until(node::show, now -> now.path("provision_state").asText().equals("wait call-back"));

        JsonNode before = node.show();
        Rest.Answer replayed =
                call(node, "pass_deploy_info", Map.of("iqn", "iqn.2008-10.org.openstack:" + node.uuid()));
        assertThat(replayed.status()).as(replayed.body()).isEqualTo(400);
        assertThat(replayed.fault()).contains("a boot loader is what is waited for");
        assertThat(report(node, "MAYBE").fault()).contains("SUCCEEDED or FAILED");
        assertThat(node.show()).isEqualTo(before);

        assertThat(node.fails())
                .contains(
                        "Timeout reached while waiting for callback",
                        "the ramdisk was told to install a boot loader and has not reported");
    }

    @Test
    void a_report_before_its_time_is_refused() throws Exception {
        EnrolledNode node = enrol("hasty");
        node.hardware().server().faults().inject(ServerFault.NO_CALLBACK, 1);
        begin(node);
        node.hardware().server().console().await(Stage.TARGET_UP, PATIENCE);
        node.reaches("wait call-back");
        Rest.Answer early = report(node, "SUCCEEDED");
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.fault()).contains("No boot loader was asked for, or not yet");
        assertThat(node.show().path("provision_state").asText()).isEqualTo("wait call-back");
        node.tearDown();
    }

    private static Rest.Answer report(EnrolledNode node, String status) {
        return call(node, "pass_bootloader_install_info", Map.of("status", status));
    }

    private static Rest.Answer call(EnrolledNode node, String method, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("address", node.hardware().server().address().getHostAddress());
        body.put("error", "");
        Optional.ofNullable(KEYS.get(node.hardware().name())).ifPresent(key -> body.put("key", key));
        return datacenter.rest().send("POST", node.path() + "/vendor_passthru/" + method, body);
    }
}
