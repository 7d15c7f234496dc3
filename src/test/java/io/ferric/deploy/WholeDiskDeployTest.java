package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.node.NodeFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deploy of images of whole disks, on a disk that is a file. */
class WholeDiskDeployTest {
    private static final long MIB = 1 << 20;
    private static final Map<String, Object> CONFIG = Map.of("user_data", "#!/bin/sh\n");

    @TempDir
    Path temp;

    private final FakeSource source = new FakeSource().properties("mem:a", Map.of());
    private final List<FileDisk> opened = new ArrayList<>();
    private UnaryOperator<FileDisk> changed = disk -> disk;
    private int blockSize = 512;
    private FakeTask task = new FakeTask();
    private Path disk;
    private IscsiDeploy deploy;

    @BeforeEach
    void build() throws IOException {
        disk = FileDisk.create(temp.resolve("disk.raw"), 200 * MIB);
        DeployConfig config = DeployConfig.defaults().withFolder(temp);
        ImageCache cache = new ImageCache(config.imageCache(), new ImageSources(List.of(source)), new TickingClock());
        deploy = new IscsiDeploy(
                config,
                cache,
                target -> opened(),
                new SecureRandom(),
                () -> Optional.of(URI.create("http://10.0.0.1:6385")));
    }

    @Test
    void an_mbr_image_is_written_as_it_is() throws IOException {
        byte[] image = mbrImage(4);
        DeployedDisk deployed = deploy(image, Map.of());

        assertThat(deployed.rootUuid()).isEmpty();
        assertThat(deployed.imageSha256()).isEqualTo(RootImage.sha256(image));
        assertThat(deployed.partitions())
                .containsExactly(
                        new Partition(1, PartitionRole.OTHER, MIB, MIB),
                        new Partition(2, PartitionRole.OTHER, 2 * MIB, MIB));
        assertThat(part(0, image.length)).isEqualTo(image);
        assertThat(task.events)
                .containsSubsequence("connect", "check disk", "write disk", "read back", "partition table");
        assertThat(task.remembered("root_uuid")).isNull();
        assertThat(Memory.finished(task.node())).contains(deployed);
    }

    @Test
    void the_copy_of_a_gpt_moves_to_the_disks_end() throws IOException {
        byte[] image = gptImage(512);
        DeployedDisk deployed = deploy(image, Map.of());

        assertThat(deployed.partitions()).hasSize(2);
        try (FileDisk read = FileDisk.on(disk)) {
            assertThat(GptTable.read(read, 512)).contains(gpt(512));
            assertThat(GptHeader.read(read, 200 * 2048 - 1, 512)).isPresent();
        }
        assertThat(part(MIB, (int) MIB)).isEqualTo(Arrays.copyOfRange(image, (int) MIB, 2 << 20));
        assertThat(part(0, 440)).as("boot code").isEqualTo(Arrays.copyOf(image, 440));
    }

    @Test
    void nothing_of_an_earlier_table_survives_at_the_disks_end() throws IOException {
        try (FileDisk old = FileDisk.on(disk)) {
            gpt(512).writeTo(old);
        }
        deploy(mbrImage(4), Map.of());

        try (FileDisk read = FileDisk.on(disk)) {
            assertThat(GptHeader.read(read, 200 * 2048 - 1, 512)).isEmpty();
        }
    }

    @Test
    void a_config_drive_becomes_the_last_partition_of_an_mbr() throws IOException {
        DeployedDisk deployed = deploy(mbrImage(4), Map.of("configdrive", CONFIG));

        Partition drive = deployed.partitions().get(2);
        assertThat(drive).isEqualTo(new Partition(3, PartitionRole.CONFIG_DRIVE, 136 * MIB, 64 * MIB));
        assertConfigDrive(drive);
        try (FileDisk read = FileDisk.on(disk)) {
            assertThat(MbrTable.read(read, 512).orElseThrow().entries().get(2).type())
                    .isEqualTo(0x83);
        }
        assertThat(part(0, 440)).as("boot code").isEqualTo(Arrays.copyOf(mbrImage(4), 440));
    }

    @Test
    void a_config_drive_becomes_the_last_partition_of_a_gpt() throws IOException {
        DeployedDisk deployed = deploy(gptImage(512), Map.of("configdrive", CONFIG));

        Partition drive = deployed.partitions().get(2);
        assertThat(drive).isEqualTo(new Partition(3, PartitionRole.CONFIG_DRIVE, 135 * MIB, 64 * MIB));
        assertConfigDrive(drive);
    }

    @Test
    void disks_of_4096_byte_blocks_take_images_made_for_them() throws IOException {
        blockSize = 4096;
        DeployedDisk deployed = deploy(gptImage(4096), Map.of("configdrive", CONFIG));

        assertConfigDrive(deployed.partitions().get(2));
        assertFails(
                () -> deploy(gptImage(512), Map.of()), "blocks of 512 bytes, but the server's disk has blocks of 4096");
    }

    @Test
    void an_mbr_counts_in_blocks_of_512_bytes_even_if_it_would_fit_counted_in_larger_ones() {
        blockSize = 4096;

        assertFails(() -> deploy(mbrImage(32), Map.of()), "The image's MBR was made for disks with blocks of 512");
        assertNothingWritten();
    }

    @Test
    void a_gpt_made_for_large_blocks_is_refused_on_small_ones_before_anything_is_written() {
        assertFails(() -> deploy(gptImage(4096), Map.of()), "made for disks with blocks of 4096 bytes");
        assertNothingWritten();
    }

    @Test
    void an_image_larger_than_the_disk_is_refused_before_anything_is_written() throws IOException {
        disk = FileDisk.create(temp.resolve("small.raw"), 3 * MIB);

        assertFails(() -> deploy(mbrImage(4), Map.of()), "The server's disk has 3 MiB, but the image is one of 4 MiB");
        assertNothingWritten();
    }

    @Test
    void a_disk_without_room_behind_the_image_takes_no_config_drive() throws IOException {
        disk = FileDisk.create(temp.resolve("small.raw"), 66 * MIB);

        assertFails(() -> deploy(mbrImage(4), Map.of("configdrive", CONFIG)), "There is no room for the config drive");
        assertNothingWritten();
    }

    @Test
    void the_copy_of_a_gpt_never_lands_on_a_partition() throws IOException {
        byte[] image = gptImageUpTo(4 * 2048 - 3);
        disk = FileDisk.create(temp.resolve("same.raw"), 4 * MIB);

        assertFails(() -> deploy(image, Map.of()), "no room for the copy of the image's GPT");
        assertNothingWritten();
        disk = FileDisk.create(temp.resolve("larger.raw"), 5 * MIB);
        assertThat(deploy(image, Map.of()).partitions()).hasSize(2);
    }

    /** Whose table leaves less room behind its last partition than a new copy takes. */
    private byte[] gptImageUpTo(int lastBlock) throws IOException {
        byte[] image = gptImage(512);
        Path file = Files.write(temp.resolve("image.raw"), image);
        try (FileDisk whole = FileDisk.on(file)) {
            ByteBuffer entries = DiskIo.read(whole, 1024, 128 * 128);
            entries.putLong(128 + 40, lastBlock);
            GptHeader old = GptHeader.read(whole, 1, 512).orElseThrow();
            GptHeader header = new GptHeader(
                    1,
                    old.otherPlace(),
                    old.firstUsable(),
                    lastBlock,
                    old.diskId(),
                    2,
                    128,
                    GptHeader.crc(entries.rewind()));
            DiskIo.write(whole, 1024, entries);
            DiskIo.write(whole, 512, header.encode(512).rewind());
        }
        return Files.readAllBytes(file);
    }

    @Test
    void what_the_node_could_not_boot_is_found_before_the_server_is_touched() {
        assertNeverOpened(gptImageWithoutEsp(), Map.of("capabilities", "boot_mode:uefi"), "no EFI system partition");
        assertNeverOpened(mbrImage(4), Map.of("capabilities", "boot_mode:uefi"), "no EFI system partition");
        byte[] codeless = mbrImage(4);
        Arrays.fill(codeless, 0, 440, (byte) 0);
        assertNeverOpened(codeless, Map.of("capabilities", "boot_mode:bios"), "no boot code");
    }

    @Test
    void a_full_table_is_found_before_the_server_is_touched() {
        byte[] image = mbrImage(6);
        ByteBuffer sector = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        entry(sector, 3, 0x83, 3, 1);
        entry(sector, 4, 0x83, 4, 1);

        assertNeverOpened(image, Map.of("configdrive", CONFIG), "no place for a config drive");
    }

    @Test
    void tables_that_make_no_sense_are_found_before_the_server_is_touched() {
        byte[] overlapping = mbrImage(4);
        entry(ByteBuffer.wrap(overlapping).order(ByteOrder.LITTLE_ENDIAN), 2, 0x83, 1, 2);
        assertNeverOpened(overlapping, Map.of(), "overlap");

        byte[] damaged = gptImage(512);
        damaged[1024] ^= 1;
        assertNeverOpened(damaged, Map.of(), "checksum of its entries is wrong");

        byte[] bare = RootImage.bytes(1 << 20);
        assertNeverOpened(bare, Map.of(), "image_type: partition");
    }

    @Test
    void garbage_between_the_images_data_is_overwritten() throws IOException {
        byte[] garbage = new byte[4 << 20];
        Arrays.fill(garbage, (byte) 0xA5);
        Files.write(disk, garbage);
        try (var file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), 200 * MIB - 1);
        }
        byte[] image = mbrImage(4);
        deploy(image, Map.of());

        assertThat(part(0, image.length)).isEqualTo(image);
    }

    @Test
    void a_disk_that_loses_what_was_written_is_found() {
        changed = FileDisk::forgettingZeros;
        assertFails(
                () -> {
                    byte[] garbage = new byte[4 << 20];
                    Arrays.fill(garbage, (byte) 0xA5);
                    try (var file = FileChannel.open(disk, StandardOpenOption.WRITE)) {
                        file.write(ByteBuffer.wrap(garbage), 0);
                    }
                    deploy(mbrImage(4), Map.of());
                },
                "The disk does not read back as it was written");
    }

    @Test
    void run_again_after_it_broke_off_it_ends_the_same() throws IOException {
        byte[] image = gptImage(512);
        changed = file -> file.failingAfter(opened.isEmpty() ? 1 << 20 : Long.MAX_VALUE);
        source.put("mem:a", image);
        task = task(Map.of("configdrive", CONFIG));
        deploy.cacheInstanceImage(task);
        assertFails(this::visit2, "write fault");

        assertConfigDrive(visit2().partitions().get(2));
        assertThat(temp.resolve("images/" + FakeTask.NODE)).doesNotExist();
    }

    @Test
    void an_image_fetched_again_is_of_the_kind_that_was_planned_with() throws IOException {
        source.put("mem:a", mbrImage(4));
        task = task(Map.of());
        deploy.cacheInstanceImage(task);
        Files.delete(temp.resolve("images/" + FakeTask.NODE + "/disk"));
        source.properties("mem:a", Map.of("kernel_id", "k", "ramdisk_id", "r"));

        assertThat(visit2().rootUuid()).isEmpty();
        assertThat(Memory.wholeDisk(task.node())).contains(true);
    }

    private void assertConfigDrive(Partition drive) throws IOException {
        try (FileDisk read = FileDisk.on(disk)) {
            ImageInfo info = ImageInfo.inspect(new DiskWindow(read, drive.startBytes(), drive.sizeBytes()));
            assertThat(info.format()).isEqualTo(ImageFormat.ISO);
            assertThat(info.label()).contains("config-2");
        }
    }

    private void assertNeverOpened(byte[] image, Map<String, Object> info, String words) {
        assertFails(() -> deploy(image, info), words);
        assertThat(opened).isEmpty();
    }

    private void assertNothingWritten() {
        assertThat(opened.get(0).dataBytes() + opened.get(0).zeroedBytes()).isZero();
    }

    private static void assertFails(ThrowingCallable work, String words) {
        assertThatThrownBy(work).isInstanceOf(NodeFault.class).satisfies(fault -> assertThat(
                        ((NodeFault) fault).inPlainWords())
                .contains(words));
    }

    private DeployedDisk deploy(byte[] image, Map<String, Object> info) {
        source.put("mem:a", image).version("mem:a", UUID.randomUUID().toString());
        task = task(info);
        deploy.cacheInstanceImage(task);
        deploy.checkImageSize(task);
        return visit2();
    }

    private static FakeTask task(Map<String, Object> info) {
        Map<String, Object> all = new HashMap<>(info);
        all.put("image_source", "mem:a");
        return new FakeTask().withInstanceInfo(all);
    }

    private DeployedDisk visit2() {
        return deploy.continueDeploy(
                task, new RamdiskCall("10.0.0.7", 3260, CallbackCheck.targetName(FakeTask.NODE), 1, Optional.empty()));
    }

    private FileDisk opened() throws IOException {
        FileDisk next = changed.apply(FileDisk.on(disk, blockSize));
        opened.add(next);
        return next;
    }

    private byte[] part(long from, int length) throws IOException {
        try (FileDisk read = FileDisk.on(disk)) {
            return DiskIo.read(read, from, length).array();
        }
    }

    /** Boot code and two partitions of 1 MiB. */
    private static byte[] mbrImage(int mib) {
        byte[] image = RootImage.bytes(mib << 20);
        Arrays.fill(image, 0, 4096, (byte) 0);
        ByteBuffer sector = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(0, (byte) 0xEB).putInt(440, 42).putShort(510, (short) 0xAA55);
        entry(sector, 1, 0x83, 1, 1);
        entry(sector, 2, 0x82, 2, 1);
        return image;
    }

    private static void entry(ByteBuffer sector, int number, int type, int startMib, int mib) {
        int at = 446 + 16 * (number - 1);
        sector.put(at, (byte) 0)
                .put(at + 4, (byte) type)
                .putInt(at + 8, startMib * 2048)
                .putInt(at + 12, mib * 2048);
    }

    private static GptTable gpt(int blockSize) {
        GptTable table = gptWithoutEsp(blockSize);
        List<GptEntry> entries = new ArrayList<>(table.entries());
        long block = MIB / blockSize;
        entries.add(new GptEntry(
                2, PartitionRole.EFI_SYSTEM.gptType(), new UUID(3, 4), 2 * block, 3 * block - 1, 4, "EFI \u00e9"));
        return new GptTable(
                blockSize, table.diskId(), table.firstUsable(), table.entriesAt(), table.entryCount(), entries);
    }

    private static GptTable gptWithoutEsp(int blockSize) {
        long block = MIB / blockSize;
        GptEntry root = new GptEntry(1, PartitionRole.ROOT.gptType(), new UUID(1, 2), block, 2 * block - 1, 0, "root");
        return new GptTable(blockSize, new UUID(5, 6), block, 2, 128, List.of(root));
    }

    private byte[] gptImage(int size) {
        return gptImage(gpt(size));
    }

    private byte[] gptImageWithoutEsp() {
        return gptImage(gptWithoutEsp(512));
    }

    private byte[] gptImage(GptTable table) {
        try {
            byte[] image = mbrImage(4);
            Arrays.fill(image, 440, 512, (byte) 0);
            Path file = Files.write(temp.resolve("image.raw"), image);
            try (FileDisk whole = FileDisk.on(file, table.blockSize())) {
                table.writeTo(whole);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
