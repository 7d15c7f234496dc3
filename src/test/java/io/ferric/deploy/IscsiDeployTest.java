package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.VendorCall;
import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens before the ramdisk's disk is opened; {@link ContinueDeployTest} tells the rest. */
class IscsiDeployTest {
    private static final String IQN = "iqn.2008-10.org.openstack:" + FakeTask.NODE;

    @TempDir
    Path temp;

    private final FakeSource source = new FakeSource().put("mem:a", RootImage.bytes(1 << 20));
    private final FakeTask task = new FakeTask();
    private Optional<URI> apiUrl = Optional.of(URI.create("http://10.0.0.1:6385/"));
    private IscsiDeploy deploy;

    @BeforeEach
    void build() {
        DeployConfig config = DeployConfig.defaults().withFolder(temp).withFileUrlAllowedPaths(List.of(temp));
        ImageSources sources = ImageSources.standard(config).with(source);
        ImageCache cache = new ImageCache(config.imageCache(), sources, new TickingClock());
        DiskConnector none = target -> {
            throw new AssertionError("no disk is opened here");
        };
        deploy = new IscsiDeploy(config, cache, none, new SecureRandom(), () -> apiUrl);
        task.withInstanceInfo(Map.of("image_source", "mem:a", "root_gb", 1));
    }

    @Test
    void finds_nothing_wrong_with_a_good_node() {
        assertThat(validate()).isEmpty();
    }

    @Test
    void names_all_that_stops_a_deploy_at_once() {
        task.ports.clear();
        apiUrl = Optional.empty();
        task.withInstanceInfo(Map.of());

        assertThat(validate())
                .containsExactly("ports", "api_url", "instance_info/image_source", "instance_info/root_gb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:6385",
                "http://localhost:6385",
                "http://[::1]:6385",
                "http://0.0.0.0:6385",
                "http://[::]:6385"
            })
    void an_api_url_that_no_server_can_call_is_found(String url) {
        apiUrl = Optional.of(URI.create(url));

        assertThat(validate()).containsExactly("api_url");
    }

    @Test
    void loopback_will_do_where_ramdisks_on_loopback_are_believed() {
        RamdiskConfig lab = RamdiskConfig.defaults().withCallbackNetworks(List.of("127.0.0.0/8"));

        assertThat(new Reachability(lab).objection(URI.create("http://127.0.0.1:1")))
                .isEmpty();
        assertThat(new Reachability(lab).objection(URI.create("http://localhost:1")))
                .isEmpty();
        assertThat(new Reachability(lab).objection(URI.create("http://[::1]:1")))
                .isPresent();
        assertThat(new Reachability(lab).objection(URI.create("http://0.0.0.0:1")))
                .isPresent();
        assertThat(deploy.unreachable(URI.create("https://ferric.example:1/x"))).isEmpty();
    }

    @Test
    void asks_the_source_whether_it_has_the_image() {
        task.withInstanceInfo(Map.of("image_source", "mem:missing", "root_gb", 1));

        assertThat(validate()).containsExactly("instance_info/image_source");
    }

    @Test
    void finds_an_image_whose_only_checksum_is_weak() {
        source.vouching(new Checksum("md5", "0".repeat(32)));

        assertThat(validate()).containsExactly("instance_info/image_source");
        task.withInstanceInfo(Map.of("image_source", "mem:a", "root_gb", 1, "image_checksum", "0".repeat(64)));
        assertThat(validate()).isEmpty();
    }

    @Test
    void finds_a_file_outside_the_allowed_folders() {
        task.withInstanceInfo(Map.of("image_source", "file:///etc/passwd", "root_gb", 1, "image_type", "partition"));

        assertThat(validate()).containsExactly("instance_info/image_source");
    }

    @Test
    void finds_values_the_ramdisk_could_not_take() {
        task.withProperties(Map.of("capabilities", "boot_mode:bios now"));

        assertThat(validate()).containsExactly("boot_mode");
        assertThatThrownBy(() -> deploy.getDeployInfo(task))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("boot_mode");
        assertThat(task.node().instanceInfo().has("deploy_key")).isFalse();
    }

    @Test
    void an_unknown_boot_option_is_found_and_never_handed_on() {
        task.withProperties(Map.of("capabilities", "boot_option:floppy"));

        assertThat(validate()).containsExactly("properties/capabilities");
        assertThatThrownBy(() -> deploy.getDeployInfo(task))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("boot_option 'floppy'")
                .hasMessageContaining("netboot")
                .hasMessageContaining("local");
        task.withInstanceInfo(Map.of("image_source", "mem:a", "root_gb", 1, "capabilities", "boot_option:x"));
        assertThat(validate()).containsExactly("instance_info/capabilities");
    }

    @Test
    void tells_the_ramdisk_to_install_a_boot_loader_and_remembers_that() {
        task.withInstanceInfo(Map.of(
                "image_source",
                "mem:a",
                "image_type",
                "partition",
                "root_gb",
                1,
                "capabilities",
                Map.of("boot_option", "local")));

        assertThat(validate()).isEmpty();
        assertThat(deploy.instanceBoot(task.node())).isEqualTo(InstanceBoot.LOCAL);
        assertThat(InstanceBoot.remembered(task.node())).isEqualTo(InstanceBoot.NETBOOT);
        assertThat(deploy.getDeployInfo(task).parameters()).containsEntry("boot_option", "local");
        assertThat(InstanceBoot.remembered(task.node())).isEqualTo(InstanceBoot.LOCAL);
    }

    @Test
    void an_image_with_a_boot_loader_of_its_own_gets_no_other() {
        task.withProperties(Map.of("capabilities", "boot_option:local"));
        task.withInstanceInfo(Map.of("image_source", "mem:a", "image_type", "whole-disk"));

        assertThat(deploy.instanceBoot(task.node())).isEqualTo(InstanceBoot.WHOLE_DISK);
        assertThat(deploy.getDeployInfo(task).parameters()).containsEntry("boot_option", "netboot");
        assertThat(InstanceBoot.remembered(task.node())).isEqualTo(InstanceBoot.WHOLE_DISK);
        assertThat(InstanceBoot.remembered(task.node()).fromDisk()).isTrue();
    }

    @Test
    void hands_on_a_fixed_network() {
        task.withDriverInfo(Map.of("ramdisk_ip", "10.1.2.3/24", "ramdisk_gateway", "10.1.2.1"));

        assertThat(deploy.getDeployInfo(task).parameters())
                .containsEntry("ferric_ip", "10.1.2.3/24")
                .containsEntry("ferric_gateway", "10.1.2.1")
                .doesNotContainKey("ferric_report_ip");
        task.withDriverInfo(Map.of("ramdisk_ip", "10.1.2.3", "ramdisk_gateway", "10.1.2.1"));
        assertThat(validate()).containsExactly("driver_info/ramdisk_ip");
    }

    @Test
    void a_ramdisk_that_reports_an_error_is_heard_although_the_instance_info_is_gone() {
        deploy.getDeployInfo(task);
        String key = storedKey();
        task.withInstanceInfo(Map.of("deploy_key", key));

        VendorCall call = new VendorCall("pass_deploy_info", Map.of("key", key, "error", "no disk"));
        assertThat(deploy.acceptCall(task, call).error()).contains("no disk");
        assertThatThrownBy(() -> deploy.acceptCall(task, call(key))).hasMessageContaining("image_source");
    }

    @Test
    void takes_a_report_of_a_boot_loader_with_the_right_key_only() {
        deploy.getDeployInfo(task);
        Map<String, Object> report = new HashMap<>(Map.of("status", "SUCCEEDED", "address", "10.0.0.7"));

        report.put("key", "WRONG");
        assertThatThrownBy(() -> deploy.acceptReport(task, new VendorCall("x", report)))
                .hasMessage("Deploy key does not match");
        report.put("key", storedKey());
        assertThat(deploy.acceptReport(task, new VendorCall("x", report)).error())
                .isEmpty();
    }

    @Test
    void finds_root_device_hints_that_make_no_sense() {
        task.withProperties(Map.of("root_device", Map.of("size", "big", "colour", "red")));

        assertThat(validate()).containsExactly("properties/root_device", "properties/root_device");
        task.withProperties(Map.of("root_device", "sda"));
        assertThat(validate()).containsExactly("properties/root_device");
    }

    @Test
    void tells_the_ramdisk_what_it_must_know() {
        RamdiskOptions options = deploy.getDeployInfo(task);

        assertThat(options.parameters())
                .containsEntry("deployment_id", FakeTask.NODE.toString())
                .containsEntry("iscsi_target_iqn", IQN)
                .containsEntry("ironic_api_url", "http://10.0.0.1:6385")
                .containsEntry("disk", "cciss/c0d0,sda,hda,vda")
                .containsEntry("boot_option", "netboot")
                .containsEntry("deployment_key", storedKey())
                .doesNotContainKeys("BOOTIF", "boot_mode", "root_device");
        assertThat(options.toString()).doesNotContain(storedKey());
    }

    @Test
    void names_the_first_port_that_carries_the_instances_traffic() {
        task.ports.add(FakeTask.port("52:54:00:00:00:02", Map.of("vif_port_id", "vif")));
        task.ports.add(FakeTask.port("52:54:00:00:00:03", Map.of("vif_port_id", "other")));

        assertThat(deploy.getDeployInfo(task).parameters()).containsEntry("BOOTIF", "52:54:00:00:00:02");
    }

    @Test
    void hands_on_capabilities_and_hints() {
        Map<String, Object> hints = new HashMap<>(Map.of("serial", "a b;c*", "size", 100));
        task.withProperties(Map.of("capabilities", "boot_mode:uefi,boot_option:netboot", "root_device", hints));

        assertThat(deploy.getDeployInfo(task).parameters())
                .containsEntry("boot_mode", "uefi")
                .containsEntry("boot_option", "netboot")
                .containsEntry("root_device", "serial=a%20b%3Bc%2A,size=100");
    }

    @Test
    void goes_by_the_boot_mode_that_is_remembered_where_none_is_asked_for() {
        task.remember(BootPlan.REMEMBERED_MODE, "uefi");

        assertThat(deploy.parseInstanceInfo(task.node()).boot().uefi()).isTrue();
        assertThat(deploy.getDeployInfo(task).parameters()).containsEntry("boot_mode", "uefi");
        task.withProperties(Map.of("capabilities", "boot_mode:bios"));
        assertThat(deploy.parseInstanceInfo(task.node()).boot().uefi()).isFalse();
        assertThat(deploy.getDeployInfo(task).parameters()).containsEntry("boot_mode", "bios");
    }

    @Test
    void an_image_that_cannot_be_asked_is_not_taken_for_one_of_either_kind() {
        task.withInstanceInfo(Map.of("image_source", "mem:missing", "root_gb", 1));

        assertThatThrownBy(() -> deploy.instanceBoot(task.node()))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("image_source");
        assertThatThrownBy(() -> deploy.getDeployInfo(task)).hasMessageContaining("image_source");
    }

    @Test
    void deletes_what_was_half_made_when_the_conductor_died_and_nothing_else() throws IOException {
        deploy.deleteLeftovers();
        deploy.cacheInstanceImage(task);
        Path node = temp.resolve("images/" + FakeTask.NODE);
        Path secret = Files.createDirectory(node.resolve("made-123"));
        Files.writeString(secret.resolve("image"), "a password");
        deploy.deleteLeftovers();

        assertThat(secret).doesNotExist();
        assertThat(node.resolve("disk")).exists();
    }

    @Test
    void makes_a_key_of_32_letters_and_digits_for_every_deploy() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            deploy.getDeployInfo(task);
            keys.add(storedKey());
        }
        assertThat(keys).hasSize(20).allMatch(key -> key.matches("[A-Z0-9]{32}"));
    }

    @Test
    void fails_without_an_api_url() {
        apiUrl = Optional.empty();

        assertThatThrownBy(() -> deploy.getDeployInfo(task)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void accepts_a_call_with_the_right_key_and_changes_nothing() {
        deploy.getDeployInfo(task);
        var before = task.node();

        assertThat(deploy.acceptCall(task, call(storedKey())))
                .isEqualTo(new RamdiskCall("10.0.0.7", 3260, IQN, 1, Optional.empty()));
        assertThat(task.node()).isSameAs(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "WRONG", "null"})
    void refuses_a_wrong_key_before_anything_else(String key) {
        deploy.getDeployInfo(task);
        Map<String, Object> nonsense = Map.of("key", key, "address", "nonsense");

        assertThatThrownBy(() -> deploy.acceptCall(task, new VendorCall("pass_deploy_info", nonsense)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Deploy key does not match");
    }

    @Test
    void refuses_a_call_without_a_key() {
        deploy.getDeployInfo(task);

        assertKeyRefused(new VendorCall("pass_deploy_info", Map.of("address", "10.0.0.7", "iqn", IQN)));
    }

    @Test
    void refuses_a_call_without_a_key_on_a_node_without_one() {
        assertKeyRefused(new VendorCall("pass_deploy_info", Map.of("address", "10.0.0.7", "iqn", IQN)));
        assertKeyRefused(call(""));
        assertKeyRefused(call("null"));
    }

    @Test
    void a_retired_key_opens_nothing() {
        deploy.getDeployInfo(task);
        String key = storedKey();
        deploy.retireKey(task);

        assertKeyRefused(call(key));
        deploy.retireKey(task);
    }

    @Test
    void refuses_a_key_that_is_no_text() {
        deploy.getDeployInfo(task);

        assertKeyRefused(new VendorCall("pass_deploy_info", Map.of("key", 1, "address", "10.0.0.7", "iqn", IQN)));
    }

    @Test
    void fetches_the_image_and_remembers_its_hash() {
        CachedImage image = deploy.cacheInstanceImage(task);

        assertThat(image.path())
                .isEqualTo(temp.resolve("images/" + FakeTask.NODE + "/disk"))
                .exists();
        assertThat(task.progress).contains("cache image 1048576/1048576");
        deploy.checkImageSize(task);
        assertThat(source.opens).hasValue(1);
    }

    @Test
    void refuses_an_image_larger_than_the_root_partition_by_one_byte() throws IOException {
        long size = (1L << 30) + 1;
        Path cached = temp.resolve("images/" + FakeTask.NODE + "/disk");
        Files.createDirectories(cached.getParent());
        FileDisk.create(cached, size);
        Memory.keep(task, CachedImage.raw(cached, size, "unread"), false);

        assertThatThrownBy(() -> deploy.checkImageSize(task))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("Image size: 1025 MiB, root partition: 1024 MiB")
                .extracting("code")
                .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
    }

    @Test
    void does_not_take_what_an_earlier_deploy_left_for_the_image_fetched_elsewhere() throws IOException {
        CachedImage image = deploy.cacheInstanceImage(task);
        byte[] right = Files.readAllBytes(image.path());
        Path stale = Files.write(temp.resolve("stale"), new byte[right.length]);
        Files.move(stale, image.path(), StandardCopyOption.REPLACE_EXISTING);

        deploy.checkImageSize(task);

        assertThat(image.path()).hasBinaryContent(right);
    }

    @Test
    void lets_an_image_through_that_just_fits() {
        assertThat(CachedImage.raw(temp, 0, "").contentMib()).isZero();
        assertThat(CachedImage.raw(temp, 1, "").contentMib()).isEqualTo(1);
        assertThat(CachedImage.raw(temp, 1 << 20, "").contentMib()).isEqualTo(1);
        assertThat(CachedImage.raw(temp, (1 << 20) + 1, "").contentMib()).isEqualTo(2);
    }

    @Test
    void destroys_the_nodes_image_and_its_folder() throws IOException {
        deploy.cacheInstanceImage(task);
        deploy.destroyImages(task.node().uuid());
        deploy.destroyImages(task.node().uuid());

        assertThat(temp.resolve("images/" + FakeTask.NODE)).doesNotExist();
        try (Stream<Path> masters = Files.list(temp.resolve("master_images"))) {
            assertThat(masters).hasSize(2);
        }
    }

    @Test
    void what_kind_of_image_it_is_is_not_asked_again_when_the_ramdisk_calls() {
        deploy.getDeployInfo(task);
        deploy.cacheInstanceImage(task);
        int before = source.questions.get();
        deploy.acceptCall(task, call(storedKey()));

        assertThat(source.questions).hasValue(before);
    }

    @Test
    void asks_the_source_of_an_image_once_for_all_that_is_to_be_known() {
        assertThat(validate()).isEmpty();
        assertThat(source.questions).hasValue(1);
    }

    @Test
    void stops_fetching_when_the_conductor_lets_go() {
        assertThatThrownBy(() -> deploy.cacheInstanceImage(task.cancelledAfter(1)))
                .hasMessage("this conductor stops");
    }

    @Test
    void tells_the_properties_of_an_image() {
        source.properties("mem:a", Map.of("kernel_id", "k", "ramdisk_id", "r"));

        assertThat(deploy.imageMetadata(task.node()).properties()).containsEntry("kernel_id", "k");
    }

    @Test
    void fetches_a_kernel_and_leaves_nothing_when_that_fails() {
        source.put("mem:kernel", "kernel".getBytes(StandardCharsets.US_ASCII));
        CachedImage kernel = deploy.sources().download(ImageRequest.of("mem:kernel"), temp.resolve("vmlinuz"));

        assertThat(kernel.path()).hasContent("kernel");
        source.claiming(100);
        assertThatThrownBy(() -> deploy.sources().download(ImageRequest.of("mem:kernel"), temp.resolve("again")))
                .isInstanceOf(OperationFailed.class);
        assertThat(temp.resolve("again")).doesNotExist();
    }

    private void assertKeyRefused(VendorCall call) {
        assertThatThrownBy(() -> deploy.acceptCall(task, call))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Deploy key does not match");
    }

    private static VendorCall call(String key) {
        return new VendorCall("pass_deploy_info", Map.of("key", key, "address", "10.0.0.7", "iqn", IQN));
    }

    private String storedKey() {
        return task.node().instanceInfo().text("deploy_key").orElseThrow();
    }

    private List<String> validate() {
        Findings findings = new Findings();
        deploy.validate(task, findings);
        return findings.all().stream().map(Finding::field).toList();
    }
}
