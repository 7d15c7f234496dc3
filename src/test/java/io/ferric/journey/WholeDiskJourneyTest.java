package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.image.Checksum;
import io.ferric.lab.LabImage;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.MediaDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that bring their own partitions and boot loader. */
class WholeDiskJourneyTest {
    private static final int FIRST_SECTOR = 2048;
    private static final int SECTOR = 512;

    @TempDir
    private static Path folder;

    private static Datacenter datacenter;
    private static Map<String, Object> wholeDisk;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of());
        Path image = datacenter.supplies().file("disk.raw");
        makeDisk(image);
        wholeDisk = Map.of(
                "image_source",
                datacenter.supplies().url("disk.raw"),
                "image_checksum",
                "sha256:" + Checksum.of(image, "sha256").hex());
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    /** A table with one active partition, the lab's root image in it, and code that a BIOS would jump to. */
    private static void makeDisk(Path image) throws IOException {
        ByteBuffer mbr = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        mbr.put(new byte[] {(byte) 0xEB, (byte) 0xFE});
        mbr.position(446).put((byte) 0x80).position(450).put((byte) 0x83).position(454);
        mbr.putInt(FIRST_SECTOR).putInt((int) (LabImage.SIZE / SECTOR));
        mbr.putShort(510, (short) 0xAA55);
        try (FileChannel root = FileChannel.open(datacenter.supplies().image());
                FileChannel disk = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            disk.write(mbr.rewind());
            disk.position((long) FIRST_SECTOR * SECTOR);
            root.transferTo(0, root.size(), disk);
        }
    }

    @Test
    void boots_from_its_disk_after_deploy_rebuild_reboot_and_power_cycle() throws Exception {
        EnrolledNode node = datacenter.enrol("whole");
        node.setInstanceInfo(wholeDisk);
        node.ask("active");
        JsonNode active = node.reaches("active");
        node.awaitInstance(1);
        assertThat(active.path("driver_internal_info").path("instance_boot").asText())
                .isEqualTo("whole-disk");
        node.holdsTheImage();
        assertThat(node.hardware().ilo().state().persistentBoot().get(0)).isEqualTo(BootTarget.HDD);
        assertThat(node.hardware().ilo().state().oneTimeBoot()).isEqualTo(BootTarget.NORMAL);
        assertThat(datacenter.published()).isEmpty();

        int inserted = node.hardware().ilo().events(Kind.INSERTED).size();
        node.hardware().ilo().state().hostReset("reboot by the instance");
        node.awaitInstance(2);
        for (String target : new String[] {"rebooting", "power off", "power on"}) {
            datacenter.rest().send("PUT", node.path() + "/states/power", Map.of("target", target));
            node.isLetGo();
        }
        node.awaitInstance(4);
        assertThat(node.hardware().ilo().events(Kind.INSERTED)).hasSize(inserted);
        assertThat(node.hardware().ilo().state().bay(MediaDevice.CDROM).inserted())
                .isFalse();

        node.ask("rebuild");
        node.reaches("active");
        node.awaitInstance(5);
        node.tearDown();
        datacenter.keepsNothingOf(node);
    }

    @Test
    void a_rebuild_from_a_boot_iso_to_a_whole_disk_gives_the_boot_iso_back_and_the_way_back_makes_one()
            throws Exception {
        EnrolledNode node = datacenter.enrol("changing");
        node.deploy(Map.of());
        assertThat(datacenter.published()).isNotEmpty();

        node.setInstanceInfo(wholeDisk);
        int before = node.instancesUp();
        node.ask("rebuild");
        JsonNode active = node.reaches("active");
        node.awaitInstance(before + 1);
        assertThat(active.path("instance_info").has("ilo_boot_iso")).isFalse();
        assertThat(datacenter.published()).isEmpty();

        node.setInstanceInfo(datacenter.supplies().instanceInfo());
        node.ask("rebuild");
        assertThat(node.reaches("active").path("instance_info").has("ilo_boot_iso"))
                .isTrue();
        node.awaitInstance(before + 2);
        node.tearDown();
        assertThat(datacenter.published()).isEmpty();
    }
}
