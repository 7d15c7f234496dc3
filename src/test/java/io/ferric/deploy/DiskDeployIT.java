package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.image.Extent;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we write, read by the programs that Linux reads it with. */
class DiskDeployIT {
    private static final long MIB = 1 << 20;
    private static final String ROOT_UUID = "deadbeef-0001-4002-8003-feedfacecafe";

    @TempDir
    Path temp;

    private Path image;

    @BeforeEach
    void image() throws IOException {
        Path tree = Files.createDirectories(temp.resolve("tree/etc"));
        Files.writeString(tree.resolve("instance-id"), "ferric\n");
        image = temp.resolve("root.img");
        Peer.require("mke2fs").run("-q", "-t", "ext4", "-U", ROOT_UUID, "-d", tree.getParent(), image, "24M");
    }

    @Test
    void sfdisk_blkid_debugfs_and_cmp_find_what_was_deployed() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 3300 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("swap_mb", 64, "ephemeral_gb", 1, "ephemeral_format", "ext4"));

        assertThat(Peer.require("sfdisk").run("--dump", disk))
                .contains("label: dos")
                .containsPattern("raw1 : start= +2048, size= +2097152, type=83")
                .containsPattern("raw2 : start= +2099200, size= +131072, type=82")
                .containsPattern("raw3 : start= +2230272, size= +2097152, type=83");
        assertThat(Peer.require("sfdisk").run("--verify", disk)).contains("No errors detected");
        Partition root = deployed.partitions().get(2);
        assertThat(probe(disk, root)).contains("TYPE=\"ext4\"").contains("UUID=\"" + ROOT_UUID + "\"");
        assertThat(deployed.rootUuid().orElseThrow()).isEqualTo(ROOT_UUID);
        assertThat(Peer.require("debugfs").run("-R", "cat /etc/instance-id", disk + "?offset=" + root.startBytes()))
                .contains("ferric");
        Peer.require("cmp").run("-n", Files.size(image), image, disk, "0", root.startBytes());
    }

    @Test
    void blkid_finds_the_swap_area_and_the_ephemeral_file_system() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 3300 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("swap_mb", 64, "ephemeral_gb", 1, "ephemeral_format", "ext4"));

        assertThat(probe(disk, deployed.partitions().get(1)))
                .contains("TYPE=\"swap\"")
                .contains("LABEL=\"swap1\"")
                .containsPattern("UUID=\"[0-9a-f]{8}-[0-9a-f]{4}-4");
        assertThat(probe(disk, deployed.partitions().get(0)))
                .contains("TYPE=\"ext4\"")
                .contains("LABEL=\"ephemeral0\"");
        assertThat(Peer.require("e2fsck").run("-fn", disk + "?offset=" + MIB)).contains("ephemeral0");
    }

    @ParameterizedTest
    @CsvSource({"ext2,e2fsck,-fn", "ext3,e2fsck,-fn", "ext4,e2fsck,-fn", "xfs,xfs_repair,-n", "vfat,fsck.vfat,-n"})
    void an_ephemeral_file_system_is_sound_on_a_disk_full_of_garbage(String format, String fsck, String option)
            throws IOException {
        Peer.require("mkfs." + format);
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 2100 * MIB);
        fill(disk, MIB, 1024 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("ephemeral_gb", 1, "ephemeral_format", format));

        Path partition = part(disk, deployed.partitions().get(0));
        Peer.require(fsck).run(option, partition);
        assertThat(Peer.require("blkid").run("-p", partition)).containsIgnoringCase("LABEL=\"ephemeral0\"");
        if (format.equals("xfs")) {
            assertThat(zeroAt(partition, middle(XfsLog.of(partition)))).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"ext4", "xfs", "vfat"})
    void less_than_a_hundredth_of_a_large_ephemeral_partition_is_written(String format) throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 22 * 1024 * MIB);
        try (FileDisk counted = FileDisk.on(disk)) {
            deploy(counted, Map.of("ephemeral_gb", 20, "ephemeral_format", format));

            assertThat(counted.dataBytes() + counted.zeroedBytes()).isLessThan(20 * 1024 * MIB / 100);
        }
    }

    @ParameterizedTest
    @CsvSource({"ext2,ext2", "ext3,ext3", "xfs,xfs", "vfat,vfat"})
    void every_ephemeral_format_is_found_under_its_label(String format, String type) throws IOException {
        Peer.require("mkfs." + format);
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 2100 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("ephemeral_gb", 1, "ephemeral_format", format));

        assertThat(probe(disk, deployed.partitions().get(0)))
                .contains("TYPE=\"" + type + "\"")
                .containsIgnoringCase("LABEL=\"ephemeral0\"");
    }

    @Test
    void old_signatures_do_not_show_through() throws IOException {
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1200 * MIB);
        Peer.require("mkfs.btrfs").run("-q", "-f", disk);
        DeployedDisk deployed = deploy(disk, Map.of("swap_mb", 64));

        assertThat(probe(disk, deployed.partitions().get(0))).contains("TYPE=\"swap\"");
        assertThat(Peer.require("blkid").run("-p", disk))
                .contains("PTTYPE=\"dos\"")
                .doesNotContain("btrfs");
    }

    @Test
    void the_swap_header_is_what_mkswap_writes() throws IOException {
        UUID uuid = UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd");
        Path theirs = FileDisk.create(temp.resolve("theirs"), 8 * MIB);
        Path ours = FileDisk.create(temp.resolve("ours"), 8 * MIB);
        Files.setPosixFilePermissions(theirs, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Peer.require("mkswap").run("-L", "swap1", "-U", uuid, theirs);
        try (FileDisk disk = FileDisk.on(ours)) {
            new SwapArea(uuid, SwapArea.LABEL).writeTo(disk, new Partition(1, PartitionRole.SWAP, 0, 8 * MIB));
        }
        Peer.require("cmp").run(theirs, ours);
    }

    @ParameterizedTest
    @CsvSource({"xfs,320M", "btrfs,128M"})
    void the_uuid_of_other_root_file_systems_is_found(String format, String size) throws IOException {
        Files.delete(image);
        Peer.require("truncate").run("-s", size, image);
        Peer.require("mkfs." + format).run(image);
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1100 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of());

        assertThat(Peer.require("blkid")
                        .run("-p", "-o", "value", "-s", "UUID", image)
                        .strip())
                .isEqualTo(deployed.rootUuid().orElseThrow());
    }

    @Test
    void images_qemu_img_makes_are_refused() throws IOException {
        Path qcow2 = temp.resolve("image.qcow2");
        Peer.require("qemu-img").run("create", "-q", "-f", "qcow2", "-F", "raw", "-b", image, qcow2);
        Path original = image;
        image = qcow2;
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1100 * MIB);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> deploy(disk, Map.of()))
                .hasMessageContaining("wants another file, '" + original);
    }

    @ParameterizedTest
    @CsvSource({"qcow2,-q", "qcow2,-c", "qcow2,-ocompression_type=zstd"})
    void a_qcow2_image_is_deployed_as_what_is_in_it(String format, String option) throws IOException {
        Path raw = image;
        image = temp.resolve("image.qcow2");
        Peer.require("qemu-img").run("convert", option, "-f", "raw", "-O", format, raw, image);
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1100 * MIB);
        fill(disk, MIB, 64 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("image_disk_format", "qcow2"));

        assertThat(deployed.rootUuid()).contains(ROOT_UUID);
        assertThat(deployed.bytesWritten()).isLessThan(Files.size(raw));
        Peer.require("cmp")
                .run(
                        "-n",
                        Files.size(raw),
                        raw,
                        disk,
                        "0",
                        deployed.partitions().get(0).startBytes());
    }

    @ParameterizedTest
    @CsvSource({"gzip,.gz", "xz,.xz", "zstd,.zst"})
    void a_compressed_image_is_deployed_as_what_is_in_it(String program, String suffix) throws IOException {
        Path raw = image;
        image = temp.resolve("packed");
        Files.copy(raw, image);
        Peer.require(program).run(image);
        image = temp.resolve("packed" + suffix);
        Path disk = FileDisk.create(temp.resolve("disk.raw"), 1100 * MIB);
        fill(disk, MIB, 64 * MIB);
        DeployedDisk deployed = deploy(disk, Map.of("image_disk_format", "raw"));

        Peer.require("cmp")
                .run(
                        "-n",
                        Files.size(raw),
                        raw,
                        disk,
                        "0",
                        deployed.partitions().get(0).startBytes());
    }

    private DeployedDisk deploy(Path disk, Map<String, Object> values) throws IOException {
        return deploy(FileDisk.on(disk), values);
    }

    private DeployedDisk deploy(FileDisk disk, Map<String, Object> values) {
        DeployConfig config = DeployConfig.defaults().withFolder(temp).withFileUrlAllowedPaths(List.of(temp));
        ImageCache cache = new ImageCache(config.imageCache(), ImageSources.standard(config), new TickingClock());
        IscsiDeploy deploy = new IscsiDeploy(
                config,
                cache,
                target -> disk,
                new SecureRandom(),
                () -> Optional.of(URI.create("http://10.0.0.1:6385")));
        Map<String, Object> info = new HashMap<>(
                Map.of("image_source", image.toUri().toString(), "root_gb", 1, "image_type", "partition"));
        info.putAll(values);
        FakeTask task = new FakeTask().withInstanceInfo(info);
        deploy.cacheInstanceImage(task);
        deploy.checkImageSize(task);
        String iqn = CallbackCheck.targetName(FakeTask.NODE);
        return deploy.continueDeploy(task, new RamdiskCall("10.0.0.7", 3260, iqn, 1, Optional.empty()));
    }

    private static void fill(Path disk, long from, long length) throws IOException {
        byte[] garbage = new byte[(int) MIB];
        Arrays.fill(garbage, (byte) 0xFF);
        try (FileChannel file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            for (long done = 0; done < length; done += MIB) {
                file.write(ByteBuffer.wrap(garbage), from + done);
            }
        }
    }

    private static long middle(Extent extent) {
        return extent.start() + extent.length() / 2;
    }

    private static boolean zeroAt(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return Zeros.only(DiskIo.read(channel, at, (int) MIB));
        }
    }

    /** A partition's bytes as a file of its own. */
    private Path part(Path disk, Partition partition) throws IOException {
        Path part = temp.resolve("partition.raw");
        try (FileChannel from = FileChannel.open(disk);
                FileChannel to = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            from.position(partition.startBytes());
            to.transferFrom(from, 0, partition.sizeBytes());
        }
        return part;
    }

    private static String probe(Path disk, Partition partition) {
        return Peer.require("blkid").run("-p", "-O", partition.startBytes(), "-S", partition.sizeBytes(), disk);
    }
}
