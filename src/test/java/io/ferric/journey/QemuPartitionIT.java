package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.qemu.Bus;
import io.ferric.lab.qemu.InstanceImage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A root file system, deployed by a real deploy ramdisk and booted by a real kernel. */
class QemuPartitionIT {
    @TempDir
    private Path folder;

    @Test
    void an_instance_boots_by_bios_and_again_when_the_conductor_reboots_it() throws Exception {
        try (QemuSite site = QemuSite.in(folder)) {
            String root = InstanceImage.of("bios-1").build(site.file("root.ext4"));
            QemuNode node = site.enrol("bios-1", FirmwareMode.LEGACY, Bus.VIRTIO, Map.of());
            node.beginPartitionDeploy(site.file("root.ext4"), Map.of("swap_mb", 64));
            node.reaches("active");

            assertThat(node.awaitInstance(1))
                    .contains(
                            "host=bios-1",
                            "root=UUID=" + root,
                            "serial=" + node.machine().server().serialNumber());
            node.power("rebooting");
            node.awaitInstance(2);
        }
    }
}
