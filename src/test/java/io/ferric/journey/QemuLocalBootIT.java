package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.qemu.Bus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code boot_option:local}: the deploy ramdisk installs the image's own GRUB, and the instance boots by it from then on. */
class QemuLocalBootIT {
    @TempDir
    private Path folder;

    @Test
    void an_instance_boots_by_bios_and_the_grub_of_its_image() throws Exception {
        bootsFromItsDisk(FirmwareMode.LEGACY, GrubImage.bios(folder));
    }

    @Test
    void an_instance_boots_by_uefi_and_the_grub_of_its_image() throws Exception {
        bootsFromItsDisk(FirmwareMode.UEFI, GrubImage.uefi(folder));
    }

    /** The second time nothing but the disk is there: no media, and nobody who sets a boot device. */
    private void bootsFromItsDisk(FirmwareMode firmware, GrubImage grub) throws Exception {
        try (QemuSite site = QemuSite.in(folder)) {
            Path image = site.file("root.ext4");
            String root = grub.build(image, site.supplies());
            QemuNode node = site.enrol("local", firmware, Bus.VIRTIO, Map.of());
            node.begin(Map.of(
                    "image_source",
                    image.toUri().toString(),
                    "image_type",
                    "partition",
                    "root_gb",
                    1,
                    "swap_mb",
                    64,
                    "capabilities",
                    Map.of("boot_option", "local")));
            JsonNode active = node.reaches("active");

            assertThat(active.path("instance_info").has("ilo_boot_iso")).isFalse();
            node.stillHasNoMedia();
            node.awaitLine("in the image: /usr/sbin/grub-mkconfig");
            node.awaitLine("Loading Linux 6.1-lab");
            assertThat(node.awaitInstance(1)).contains("host=local", "root=UUID=" + root);
            node.awaitLine("FERRIC-INSTANCE-REBOOTS");
            assertThat(node.awaitInstance(2)).contains("host=local", "root=UUID=" + root);
            node.stillHasNoMedia();
        }
    }
}
