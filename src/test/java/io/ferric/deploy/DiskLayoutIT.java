package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partition tables, config drives and whole disks of ours, read by the programs that Linux reads them with. */
class DiskLayoutIT {
    private static final long MIB = 1 << 20;
    private static final Map<String, Object> CONFIG =
            Map.of("meta_data", Map.of("hostname", "web-1"), "user_data", "#cloud-config\n");

    @TempDir
    Path temp;

    private Path disk;
    private int blockSize = 512;

    @BeforeEach
    void disk() throws IOException {
        disk = FileDisk.create(temp.resolve("disk.raw"), 1400 * MIB);
    }

    @Test
    void sgdisk_sfdisk_and_blkid_find_the_gpt_of_a_uefi_node() throws IOException {
        DeployedDisk deployed = deploy(rootImage(), Map.of("capabilities", "boot_mode:uefi", "swap_mb", 64));

        requireSoundGpt();
        assertThat(Peer.require("sfdisk").run("--dump", disk))
                .contains("label: gpt")
                .containsPattern("raw1 : start= +2048, size= +409600, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, .*"
                        + "name=\"efi_system\"")
                .containsPattern("raw2 : start= +411648, size= +131072, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F")
                .containsPattern("raw3 : start= +542720, size= +2097152, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4");
        assertThat(probe(deployed, PartitionRole.EFI_SYSTEM))
                .contains("TYPE=\"vfat\"")
                .containsIgnoringCase("LABEL=\"EFI-SYSTEM\"");
        assertThat(probe(deployed, PartitionRole.ROOT)).contains("TYPE=\"ext4\"");
        assertThat(Peer.require("fsck.vfat").run("-vn", part(deployed, PartitionRole.EFI_SYSTEM)))
                .contains("32 bit entries");
    }

    @Test
    void an_efi_system_partition_costs_next_to_nothing() throws IOException {
        try (FileDisk counted = FileDisk.on(disk)) {
            deploy(counted, rootImage(), Map.of("capabilities", "boot_mode:uefi"));

            assertThat(counted.dataBytes()).isLessThan(Files.size(temp.resolve("root.img")));
        }
    }

    @Test
    void on_large_blocks_the_efi_system_partition_has_large_sectors() throws IOException {
        blockSize = 4096;
        DeployedDisk deployed = deploy(rootImage(), Map.of("capabilities", "boot_mode:uefi"));

        Path esp = part(deployed, PartitionRole.EFI_SYSTEM);
        assertThat(Peer.require("fsck.vfat").run("-vn", esp)).contains("4096 bytes per logical sector");
    }

    @Test
    void bios_that_boots_from_a_gpt_has_a_bios_boot_partition() throws IOException {
        deploy(rootImage(), Map.of("capabilities", "boot_option:local,disk_label:gpt"));

        requireSoundGpt();
        assertThat(Peer.require("sgdisk").run("--info=1", disk)).contains("21686148-6449-6E6F-744E-656564454649");
    }

    @Test
    void root_swap_ephemeral_and_config_drive_fill_an_mbr() throws IOException {
        disk = FileDisk.create(temp.resolve("large.raw"), 2300 * MIB);
        DeployedDisk deployed = deploy(rootImage(), Map.of("swap_mb", 16, "ephemeral_gb", 1, "configdrive", CONFIG));

        assertThat(Peer.require("sfdisk").run("--verify", disk)).contains("No errors detected");
        assertThat(deployed.partitions()).hasSize(4);
        assertConfigDrive(deployed);
    }

    @Test
    void a_node_of_more_than_2_tib_gets_a_gpt() throws IOException {
        disk = FileDisk.create(temp.resolve("large.raw"), 3L << 40);
        DeployedDisk deployed = deploy(rootImage(), Map.of("root_gb", 2500, "configdrive", CONFIG));

        requireSoundGpt();
        assertConfigDrive(deployed);
    }

    @Test
    void a_preserved_ephemeral_partition_keeps_its_gpt_byte_for_byte() throws IOException {
        disk = FileDisk.create(temp.resolve("large.raw"), 2500 * MIB);
        Map<String, Object> info = Map.of("capabilities", "boot_mode:uefi", "ephemeral_gb", 1);
        deploy(rootImage(), info);
        byte[] before = head();
        Map<String, Object> again = new HashMap<>(info);
        again.put("preserve_ephemeral", true);
        deploy(rootImage(), again);

        assertThat(head()).isEqualTo(before);
        requireSoundGpt();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_whole_disk_with_a_gpt_of_sgdisks_is_sound_on_a_larger_disk(boolean configDrive) throws IOException {
        Map<String, Object> info = configDrive ? Map.of("configdrive", CONFIG) : Map.of();
        DeployedDisk deployed = deploy(sgdiskImage(), info);

        requireSoundGpt();
        assertThat(Peer.require("sgdisk").run("--print", disk))
                .contains("Total free space is")
                .contains(" EF00 ")
                .contains("root of it");
        assertThat(Peer.require("sgdisk").run("--info=1", disk)).contains("Attribute flags: 0000000000000004");
        if (configDrive) {
            assertConfigDrive(deployed);
        }
    }

    @Test
    void a_whole_disk_with_logical_partitions_keeps_them_and_takes_a_config_drive() throws IOException {
        DeployedDisk deployed = deploy(logicalsImage(), Map.of("configdrive", CONFIG));

        String dump = Peer.require("sfdisk").run("--dump", disk);
        assertThat(dump).containsPattern("raw5 :").containsPattern("raw6 :").contains("bootable");
        assertThat(Peer.require("sfdisk").run("--verify", disk)).contains("No errors detected");
        assertThat(deployed.partitions()).extracting(Partition::number).containsExactly(1, 2, 3, 5, 6);
        assertConfigDrive(deployed);
    }

    @Test
    void a_config_drive_that_genisoimage_made_is_taken_as_it_is() throws IOException {
        Path tree = Files.createDirectories(temp.resolve("drive/openstack/latest"));
        Files.writeString(tree.resolve("meta_data.json"), "{\"uuid\": \"x\"}");
        Path iso = temp.resolve("drive.iso");
        Peer.require("genisoimage").run("-quiet", "-V", "config-2", "-R", "-J", "-o", iso, temp.resolve("drive"));
        var packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Files.readAllBytes(iso));
        }
        DeployedDisk deployed =
                deploy(rootImage(), Map.of("configdrive", Base64.getEncoder().encodeToString(packed.toByteArray())));

        Peer.require("cmp")
                .run(
                        "-n",
                        Files.size(iso),
                        iso,
                        disk,
                        "0",
                        find(deployed, PartitionRole.CONFIG_DRIVE).startBytes());
    }

    private void assertConfigDrive(DeployedDisk deployed) throws IOException {
        assertThat(probe(deployed, PartitionRole.CONFIG_DRIVE))
                .contains("TYPE=\"iso9660\"")
                .contains("LABEL=\"config-2\"");
        String listing = Peer.require("isoinfo").run("-R", "-f", "-i", part(deployed, PartitionRole.CONFIG_DRIVE));
        assertThat(listing)
                .contains("/openstack/latest/meta_data.json", "/openstack/latest/user_data")
                .contains("/openstack/2012-08-10/meta_data.json");
    }

    private void requireSoundGpt() {
        assertThat(Peer.require("sgdisk").run("--verify", disk))
                .contains("No problems found")
                .doesNotContain("Warning", "Caution");
        assertThat(Peer.require("sfdisk").run("--verify", disk)).contains("No errors detected");
        assertThat(Peer.require("blkid").run("-p", disk)).contains("PTTYPE=\"gpt\"");
    }

    private Path rootImage() throws IOException {
        Path image = temp.resolve("root.img");
        Files.deleteIfExists(image);
        Peer.require("mke2fs").run("-q", "-t", "ext4", image, "24M");
        return image;
    }

    private Path sgdiskImage() throws IOException {
        Path image = FileDisk.create(temp.resolve("image.raw"), 64 * MIB);
        Peer.require("sgdisk")
                .run(
                        "--new=1:2048:+8M",
                        "--typecode=1:ef00",
                        "--attributes=1:set:2",
                        "--new=2:0:+40M",
                        "--change-name=2:root of it",
                        image);
        return image;
    }

    private Path logicalsImage() throws IOException {
        Path image = FileDisk.create(temp.resolve("image.raw"), 64 * MIB);
        Path script = Files.writeString(
                temp.resolve("script"),
                "label: dos\nx1 : size=8MiB, type=83, bootable\nx2 : size=40MiB, type=5\nx5 : size=8MiB, type=83\n"
                        + "x6 : size=8MiB, type=82\n");
        Peer.require("sh").run("-c", "sfdisk -q " + image + " < " + script);
        return image;
    }

    private DeployedDisk deploy(Path image, Map<String, Object> values) throws IOException {
        return deploy(FileDisk.on(disk, blockSize), image, values);
    }

    private DeployedDisk deploy(FileDisk target, Path image, Map<String, Object> values) {
        DeployConfig config = DeployConfig.defaults().withFolder(temp).withFileUrlAllowedPaths(List.of(temp));
        ImageCache cache = new ImageCache(config.imageCache(), ImageSources.standard(config), new TickingClock());
        IscsiDeploy deploy = new IscsiDeploy(
                config,
                cache,
                any -> target,
                new SecureRandom(),
                () -> Optional.of(URI.create("http://10.0.0.1:6385")));
        Map<String, Object> info =
                new HashMap<>(Map.of("image_source", image.toUri().toString()));
        if (image.endsWith("root.img")) {
            info.putAll(Map.of("root_gb", 1, "image_type", "partition"));
        }
        info.putAll(values);
        FakeTask task = new FakeTask().withInstanceInfo(info);
        deploy.cacheInstanceImage(task);
        deploy.checkImageSize(task);
        String iqn = CallbackCheck.targetName(FakeTask.NODE);
        return deploy.continueDeploy(task, new RamdiskCall("10.0.0.7", 3260, iqn, 1, Optional.empty()));
    }

    private byte[] head() throws IOException {
        try (FileChannel file = FileChannel.open(disk)) {
            return DiskIo.read(file, 0, 64 * 1024).array();
        }
    }

    private static Partition find(DeployedDisk deployed, PartitionRole role) {
        return deployed.partitions().stream()
                .filter(each -> each.role() == role)
                .findFirst()
                .orElseThrow();
    }

    private String probe(DeployedDisk deployed, PartitionRole role) {
        Partition partition = find(deployed, role);
        return Peer.require("blkid").run("-p", "-O", partition.startBytes(), "-S", partition.sizeBytes(), disk);
    }

    /** A partition's bytes as a file of its own. */
    private Path part(DeployedDisk deployed, PartitionRole role) throws IOException {
        Partition partition = find(deployed, role);
        Path part = temp.resolve("partition.raw");
        try (FileChannel from = FileChannel.open(disk);
                FileChannel to = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            from.position(partition.startBytes());
            to.transferFrom(from, 0, partition.sizeBytes());
        }
        return part;
    }
}
