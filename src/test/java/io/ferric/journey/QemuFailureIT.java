package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.qemu.Bus;
import io.ferric.lab.qemu.InstanceImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real deploy ramdisk cannot do, and where one reads of it. */
class QemuFailureIT {
    @TempDir
    private Path folder;

    @Test
    void last_error_repeats_what_the_ramdisk_says_of_a_disk_that_is_not_there() throws Exception {
        try (QemuSite site = QemuSite.in(folder)) {
            InstanceImage.of("lost").build(site.file("root.ext4"));
            QemuNode node = site.enrol(
                    "lost", FirmwareMode.LEGACY, Bus.VIRTIO, Map.of("root_device", Map.of("serial", "no-such-disk")));
            node.beginPartitionDeploy(site.file("root.ext4"), Map.of());

            String error = node.reaches("deploy failed").path("last_error").asText();

            assertThat(error)
                    .contains("no disk matches", "no-such-disk", "LOGICAL VOLUME")
                    .contains(node.machine().server().serialNumber());
            node.isOffWithoutMedia();
        }
    }
}
