package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.IloState;
import io.ferric.lab.qemu.Bus;
import io.ferric.lab.qemu.InstanceImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with a boot loader of their own, which real firmware starts from the disk. */
class QemuWholeDiskIT {
    private static final String TOKEN = "token-for-the-instance-5d1c";

    @TempDir
    private Path folder;

    @Test
    void a_whole_disk_image_finds_its_config_drive_and_comes_back_by_itself_after_a_reboot() throws Exception {
        try (QemuSite site = QemuSite.in(folder)) {
            Path disk = site.file("disk.img");
            WholeDiskFixture.bios(
                    disk, site.supplies(), InstanceImage.of("whole").thatReboots());
            QemuNode node = site.enrol("whole", FirmwareMode.LEGACY, Bus.VIRTIO, Map.of());
            deployed(node, disk);
        }
    }

    @Test
    void a_whole_disk_image_with_a_gpt_does_the_same_by_uefi() throws Exception {
        try (QemuSite site = QemuSite.in(folder)) {
            Path disk = site.file("disk.img");
            WholeDiskFixture.uefi(
                    disk, site.supplies(), InstanceImage.of("whole").thatReboots());
            QemuNode node = site.enrol("whole", FirmwareMode.UEFI, Bus.VIRTIO, Map.of());
            deployed(node, disk);
        }
    }

    /** The second time nothing but the disk is there: no media, and nobody who sets a boot device. */
    private static void deployed(QemuNode node, Path disk) throws Exception {
        IloState ilo = node.machine().ilo().state();
        ilo.persistentBoot(List.of(BootTarget.CDROM, BootTarget.FLOPPY));
        assertThat(ilo.persistentBoot().get(0)).isNotEqualTo(BootTarget.HDD);
        node.begin(Map.of(
                "image_source",
                disk.toUri().toString(),
                "image_type",
                "whole-disk",
                "configdrive",
                Map.of("meta_data", Map.of("uuid", "c0ffee", "token", TOKEN))));
        node.reaches("active");
        assertThat(ilo.persistentBoot().get(0)).isEqualTo(BootTarget.HDD);
        assertThat(ilo.oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        assertThat(node.awaitInstance(1)).contains("host=whole");
        assertThat(node.awaitLine("FERRIC-CONFIG-DRIVE")).contains(TOKEN);
        node.awaitLine("FERRIC-INSTANCE-REBOOTS");
        node.awaitInstance(2);
        node.machine().server().serial().awaitLine(Pattern.compile(TOKEN), 2, QemuNode.PATIENCE);
        node.stillHasNoMedia();
    }
}
