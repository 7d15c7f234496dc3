package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.lab.NoEfiLoader;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.media.DiskLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are in UEFI mode already, of which no capability says so. */
class BootModeJourneyTest {
    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        Path grub = Files.write(folder.resolve("gcdx64.efi"), NoEfiLoader.image());
        datacenter = Datacenter.in(folder, Map.of("ilo.grub_efi", grub.toString()));
        Path iso = datacenter.supplies().file("deploy.iso");
        Files.delete(iso);
        EfiLoader loader = EfiLoader.of(Content.of(grub));
        Images.createBootIso(
                BootIso.of(Content.of("kernel"), Content.of("ramdisk"), "boot_method=vmedia", loader), iso);
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    private static EnrolledNode enrol(String name) throws IOException {
        return datacenter.enrol(name, SimulatedIlo.builder().bootMode(FirmwareMode.UEFI), event -> {});
    }

    @Test
    void a_partition_image_gets_a_gpt_and_an_efi_system_partition() throws Exception {
        EnrolledNode node = enrol("partition");
        node.deploy(Map.of());
        assertThat(node.show().path("driver_internal_info").path("boot_mode").asText())
                .isEqualTo("uefi");
        assertThat(node.disk().label()).isEqualTo("gpt");
        assertThat(node.disk().parts()).first().matches(DiskLayout.Part::efiSystem, "is the EFI system partition");
        node.holdsTheImage();
        node.tearDown();
    }

    @Test
    void a_whole_disk_that_boots_by_bios_alone_is_refused_before_anything_is_touched() throws Exception {
        ByteBuffer disk = ByteBuffer.allocate(2 << 20).order(ByteOrder.LITTLE_ENDIAN);
        disk.put(new byte[] {(byte) 0xEB, (byte) 0xFE});
        disk.position(446).put((byte) 0x80).position(450).put((byte) 0x83).position(454);
        disk.putInt(2048).putInt(2048);
        disk.putShort(510, (short) 0xAA55);
        Files.write(datacenter.supplies().file("bios.raw"), disk.array());
        EnrolledNode node = enrol("whole");
        int before = node.powerEvents().size();
        node.setInstanceInfo(Map.of("image_source", datacenter.supplies().url("bios.raw"), "image_type", "whole-disk"));
        node.ask("active");
        assertThat(node.fails()).contains("the node boots by UEFI", "no EFI system partition");
        assertThat(node.powerEvents()).hasSize(before);
        assertThat(node.show().path("driver_internal_info").has("boot_mode")).isFalse();
    }
}
