package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.driver.VendorCall;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.iscsi.IscsiTarget;
import io.ferric.iscsi.Tgtd;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both visits of a deploy against a real iSCSI target, as Debian's tgtd makes it. */
class IscsiDeployIT {
    private static final long MIB = 1 << 20;
    private static final String ROOT_UUID = "deadbeef-0001-4002-8003-feedfacecafe";

    @TempDir
    Path temp;

    private final FakeTask task = new FakeTask();
    private Path image;
    private IscsiDeploy deploy;

    @BeforeEach
    void build() throws IOException {
        image = temp.resolve("root.img");
        Peer.require("mke2fs").run("-q", "-t", "ext4", "-U", ROOT_UUID, image, "48M");
        DeployConfig config = DeployConfig.defaults()
                .withFolder(temp)
                .withFileUrlAllowedPaths(List.of(temp))
                .withRamdisk(RamdiskConfig.defaults()
                        .withCallbackNetworks(List.of("127.0.0.0/8"))
                        .withForeignTargetNames());
        ImageCache cache = new ImageCache(config.imageCache(), ImageSources.standard(config), new TickingClock());
        deploy = new IscsiDeploy(
                config,
                cache,
                DiskConnector.iscsi(IscsiOptions.defaults().withDeadline(Duration.ofSeconds(3))),
                new SecureRandom(),
                () -> Optional.of(URI.create("http://127.0.0.1:6385")));
        task.withInstanceInfo(Map.of(
                "image_source",
                image.toUri().toString(),
                "root_gb",
                1,
                "image_type",
                "partition",
                "swap_mb",
                64,
                "ephemeral_gb",
                1));
    }

    @Test
    void deploys_to_a_real_target_and_logs_out() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 2200 * MIB);
        try (Tgtd target = Tgtd.serving(disk)) {
            DeployedDisk deployed = deploy(target.address());

            assertThat(deployed.rootUuid().orElseThrow()).isEqualTo(ROOT_UUID);
            // a target counts a session for a moment after it has answered the logout
            await().untilAsserted(() -> assertThat(target.sessions()).isZero());
            assertThat(Peer.require("sfdisk").run("--verify", disk)).contains("No errors detected");
            Peer.require("cmp")
                    .run(
                            "-n",
                            Files.size(image),
                            image,
                            disk,
                            "0",
                            deployed.partitions().get(2).startBytes());
            assertThat(Peer.require("blkid").run("-p", "-O", MIB, "-S", 1024 * MIB, disk))
                    .contains("LABEL=\"ephemeral0\"");
        }
    }

    @Test
    void fails_and_logs_out_when_the_targets_disk_is_too_small() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1024 * MIB);
        try (Tgtd target = Tgtd.serving(disk)) {
            assertFails(target.address(), "the partitions need 2113 MiB");
            assertThat(target.sessions()).isZero();
        }
    }

    @Test
    void fails_within_the_deadline_when_the_target_freezes() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 2200 * MIB);
        try (Tgtd target = Tgtd.serving(disk)) {
            target.freeze();
            long before = System.nanoTime();
            assertFails(target.address(), "cannot be opened");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void fails_when_nobody_listens() throws IOException {
        IscsiTarget address;
        try (Tgtd target = Tgtd.serving(FileDisk.create(temp.resolve("disk.raw"), MIB))) {
            address = target.address();
        }
        assertFails(address, "cannot be opened");
    }

    private void assertFails(IscsiTarget target, String words) {
        assertThatThrownBy(() -> deploy(target))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining(words)
                .extracting("code")
                .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
    }

    private DeployedDisk deploy(IscsiTarget target) {
        deploy.cacheInstanceImage(task);
        deploy.checkImageSize(task);
        String key = deploy.getDeployInfo(task).parameters().get("deployment_key");
        VendorCall call = new VendorCall(
                "pass_deploy_info",
                Map.of("key", key, "address", target.host(), "port", target.port(), "iqn", target.iqn(), "lun", 1));
        return deploy.continueDeploy(task, deploy.acceptCall(task, call));
    }
}
