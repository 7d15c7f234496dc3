package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.BootMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTableTest {
    private static final long MIB = 1 << 20;
    private static final long LARGEST_MIB = 1 << 19;
    private static final BootPlan UEFI = new BootPlan(Optional.of(BootMode.UEFI), false, Optional.empty());
    private static final BootPlan LOCAL_GPT =
            new BootPlan(Optional.of(BootMode.BIOS), true, Optional.of(BootPlan.Label.GPT));

    @TempDir
    Path temp;

    static InstancePlan plan(long ephemeral, long swap, long root) {
        return plan(ephemeral, swap, root, BootPlan.DEFAULT);
    }

    static InstancePlan plan(long ephemeral, long swap, long root, BootPlan boot) {
        return new InstancePlan(ImageRequest.of("mem:a"), root, swap, ephemeral, "ext4", false, boot, Optional.empty());
    }

    @Test
    void puts_root_last_after_swap() {
        PartitionPlan plan = PartitionPlan.of(plan(0, 512, 1024));

        assertThat(plan.partitions())
                .containsExactly(
                        new Partition(1, PartitionRole.SWAP, MIB, 512 * MIB),
                        new Partition(2, PartitionRole.ROOT, 513 * MIB, 1024 * MIB));
        assertThat(plan.endBytes()).isEqualTo(1537 * MIB);
    }

    @Test
    void puts_ephemeral_first() {
        PartitionPlan plan = PartitionPlan.of(plan(2048, 512, 1024));

        assertThat(plan.partitions())
                .containsExactly(
                        new Partition(1, PartitionRole.EPHEMERAL, MIB, 2048 * MIB),
                        new Partition(2, PartitionRole.SWAP, 2049 * MIB, 512 * MIB),
                        new Partition(3, PartitionRole.ROOT, 2561 * MIB, 1024 * MIB));
    }

    @Test
    void makes_only_partitions_that_have_a_size() {
        assertThat(PartitionPlan.of(plan(0, 0, 12)).partitions())
                .containsExactly(new Partition(1, PartitionRole.ROOT, MIB, 12 * MIB));
        assertThat(PartitionPlan.of(plan(5, 0, 10)).partitions())
                .extracting(Partition::role)
                .containsExactly(PartitionRole.EPHEMERAL, PartitionRole.ROOT);
    }

    @Test
    void uefi_gets_a_gpt_with_an_efi_system_partition_first() {
        PartitionPlan plan = PartitionPlan.of(plan(0, 4, 10, UEFI));

        assertThat(plan.label()).isEqualTo(BootPlan.Label.GPT);
        assertThat(plan.partitions())
                .containsExactly(
                        new Partition(1, PartitionRole.EFI_SYSTEM, MIB, 200 * MIB),
                        new Partition(2, PartitionRole.SWAP, 201 * MIB, 4 * MIB),
                        new Partition(3, PartitionRole.ROOT, 205 * MIB, 10 * MIB));
    }

    @Test
    void bios_that_boots_from_a_gpt_gets_a_place_for_grub_first() {
        PartitionPlan plan = PartitionPlan.of(plan(0, 4, 10, LOCAL_GPT));

        assertThat(plan.partitions())
                .extracting(Partition::role)
                .containsExactly(PartitionRole.BIOS_BOOT, PartitionRole.SWAP, PartitionRole.ROOT);
        assertThat(plan.partitions().get(0).sizeBytes()).isEqualTo(MIB);
    }

    @Test
    void the_config_drive_stands_at_the_disks_end_so_that_root_can_grow() {
        PartitionPlan plan = PartitionPlan.of(plan(0, 4, 10));

        assertThat(plan.withConfigDrive(plan.usableEnd(1000 * MIB + 512, 512))
                        .partitions()
                        .get(2))
                .isEqualTo(new Partition(3, PartitionRole.CONFIG_DRIVE, 936 * MIB, 64 * MIB));
        assertThat(plan.usableEnd(1L << 43, 512)).isLessThan(1L << 41);
        PartitionPlan gpt = PartitionPlan.of(plan(0, 4, 10, UEFI));
        assertThat(gpt.withConfigDrive(gpt.usableEnd(1000 * MIB, 512))
                        .partitions()
                        .get(3))
                .isEqualTo(new Partition(4, PartitionRole.CONFIG_DRIVE, 935 * MIB, 64 * MIB));
    }

    @Test
    void root_is_active_where_the_bios_boots_from_it() throws IOException {
        PartitionPlan plan = PartitionPlan.of(plan(0, 4, 10));
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), 32 * MIB))) {
            MbrTable.bootable(plan, 1).writeTo(disk);
            MbrTable read = MbrTable.read(disk, 512).orElseThrow();

            assertThat(read.entries()).extracting(MbrTable.Entry::active).containsExactly(false, true);
            assertThat(read.matches(plan)).isTrue();
        }
    }

    @Test
    void a_partition_more_leaves_boot_code_and_the_other_entries_as_they_were() throws IOException {
        Path file = FileDisk.create(temp.resolve("disk"), 200 * MIB);
        byte[] first = new byte[512];
        java.util.Arrays.fill(first, 0, 440, (byte) 0x90);
        ByteBuffer sector = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
        sector.putInt(440, 7).putShort(510, (short) 0xAA55);
        sector.put(462, new byte[] {(byte) 0x80, 1, 2, 3, 0x0B, 4, 5, 6, 0, 8, 0, 0, 0, 8, 0, 0});
        try (FileDisk disk = FileDisk.on(file)) {
            DiskIo.write(disk, 0, ByteBuffer.wrap(first));
            MbrTable.read(disk, 512)
                    .orElseThrow()
                    .withConfigDrive(100 * MIB, 64 * MIB, new java.util.UUID(0, 0))
                    .writeTo(disk);
            byte[] after = DiskIo.read(disk, 0, 512).array();

            assertThat(MbrTable.read(disk, 512).orElseThrow().entries())
                    .containsExactly(
                            new MbrTable.Entry(1, 0x83, false, 100 * MIB, 64 * MIB),
                            new MbrTable.Entry(2, 0x0B, true, MIB, MIB));
            java.util.Arrays.fill(after, 446, 462, (byte) 0);
            assertThat(after).isEqualTo(first);
        }
    }

    @Test
    void logical_partitions_are_found_and_loops_among_them_noticed() throws IOException {
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), 64 * MIB))) {
            boot(disk, 0, 0x83, 1, 1, 0x05, 10, 40);
            boot(disk, 10, 0x83, 1, 9, 0x05, 20, 20);
            boot(disk, 30, 0x82, 1, 9, 0, 0, 0);

            MbrTable table = MbrTable.read(disk, 512).orElseThrow().withLogicals(disk, 512);
            table.requireSound(disk.size());
            assertThat(table.partitions())
                    .contains(
                            new Partition(5, PartitionRole.OTHER, 11 * MIB, 9 * MIB),
                            new Partition(6, PartitionRole.OTHER, 31 * MIB, 9 * MIB));

            boot(disk, 30, 0x82, 1, 9, 0x05, 0, 20);
            assertBad(() -> MbrTable.read(disk, 512).orElseThrow().withLogicals(disk, 512), "loop");
            boot(disk, 30, 0x82, 1, 9, 0x05, 100, 20);
            assertBad(() -> MbrTable.read(disk, 512).orElseThrow().withLogicals(disk, 512), "outside");
            boot(disk, 30, 0x82, 1, 60, 0, 0, 0);
            assertBad(() -> MbrTable.read(disk, 512).orElseThrow().withLogicals(disk, 512), "leaves");
        }
    }

    @Test
    void overlaps_and_places_outside_the_disk_are_noticed() throws IOException {
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), 64 * MIB))) {
            boot(disk, 0, 0x83, 1, 10, 0x82, 10, 10);
            assertBad(() -> MbrTable.read(disk, 512).orElseThrow().requireSound(64 * MIB), "overlap");
            boot(disk, 0, 0x83, 1, 10, 0x82, 11, 54);
            assertBad(() -> MbrTable.read(disk, 512).orElseThrow().requireSound(64 * MIB), "not within");
        }
    }

    private static void assertBad(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String word) {
        assertThatThrownBy(call).isInstanceOf(BadTable.class).hasMessageContaining(word);
    }

    /** A boot record with two entries; all places in MiB. */
    private static void boot(FileDisk disk, long at, int type1, int start1, int size1, int type2, int start2, int size2)
            throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(450, (byte) type1).putInt(454, start1 * 2048).putInt(458, size1 * 2048);
        sector.put(466, (byte) type2).putInt(470, start2 * 2048).putInt(474, size2 * 2048);
        DiskIo.write(disk, at * MIB, sector.putShort(510, (short) 0xAA55));
    }

    @Test
    void writes_the_bytes_of_an_mbr() throws IOException {
        Path file = FileDisk.create(temp.resolve("disk"), 32 * MIB);
        try (FileDisk disk = FileDisk.on(file)) {
            MbrTable.of(PartitionPlan.of(plan(0, 4, 10)), 0x12345678).writeTo(disk);
        }
        ByteBuffer mbr = ByteBuffer.wrap(Files.readAllBytes(file), 0, 512).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(mbr.getInt(440)).isEqualTo(0x12345678);
        assertThat(mbr.getShort(510)).isEqualTo((short) 0xAA55);
        assertThat(mbr.get(446)).as("no boot flag").isZero();
        assertThat(mbr.get(450)).as("swap").isEqualTo((byte) 0x82);
        assertThat(mbr.getInt(454)).isEqualTo(2048);
        assertThat(mbr.getInt(458)).isEqualTo(4 * 2048);
        assertThat(mbr.get(466)).as("Linux").isEqualTo((byte) 0x83);
        assertThat(mbr.getInt(470)).isEqualTo(5 * 2048);
        assertThat(mbr.getInt(474)).isEqualTo(10 * 2048);
        assertThat(mbr.getInt(482)).as("unused").isZero();
    }

    @Test
    void finds_no_table_on_an_empty_disk() throws IOException {
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), MIB))) {
            assertThat(MbrTable.read(disk, disk.blockSize())).isEmpty();
        }
    }

    @Test
    void refuses_a_fifth_partition_and_places_an_mbr_cannot_say() throws IOException {
        MbrTable.Entry entry = new MbrTable.Entry(1, 0x83, false, 1L << 43, MIB);

        assertThatThrownBy(() -> new MbrTable(0, List.of(entry, entry, entry, entry, entry)))
                .isInstanceOf(IllegalArgumentException.class);
        try (FileDisk disk = FileDisk.on(FileDisk.create(temp.resolve("disk"), MIB))) {
            assertThatThrownBy(() -> new MbrTable(0, List.of(entry)).writeTo(disk))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 200)
    void partitions_follow_one_another_without_gap_or_overlap(
            @ForAll @LongRange(max = LARGEST_MIB) long ephemeral,
            @ForAll @LongRange(max = LARGEST_MIB) long swap,
            @ForAll @LongRange(min = 1, max = LARGEST_MIB) long root) {
        PartitionPlan plan = PartitionPlan.of(plan(ephemeral, swap, root));
        long next = MIB;
        for (Partition each : plan.partitions()) {
            assertThat(each.startBytes()).isEqualTo(next);
            assertThat(each.startBytes() % MIB).isZero();
            next = each.endBytes();
        }
        assertThat(next).isEqualTo((1 + ephemeral + swap + root) * MIB);
        assertThat(plan.root().role()).isEqualTo(PartitionRole.ROOT);
    }

    @Property(tries = 60)
    void a_table_reads_back_as_it_was_written(
            @ForAll @LongRange(max = LARGEST_MIB) long ephemeral,
            @ForAll @LongRange(max = LARGEST_MIB) long swap,
            @ForAll @LongRange(min = 1, max = LARGEST_MIB) long root,
            @ForAll int signature,
            @ForAll @IntRange(max = 1) int large)
            throws IOException {
        Path file = Files.createTempFile("disk", ".raw");
        try (FileDisk disk = FileDisk.on(FileDisk.create(file, MIB), large == 1 ? 4096 : 512)) {
            PartitionPlan plan = PartitionPlan.of(plan(ephemeral, swap, root));
            MbrTable table = MbrTable.of(plan, signature);
            table.writeTo(disk);

            assertThat(MbrTable.read(disk, disk.blockSize())).contains(table);
            assertThat(table.matches(plan)).isTrue();
            assertThat(table.matches(PartitionPlan.of(plan(ephemeral, swap, root + 1))))
                    .isFalse();
        } finally {
            Files.delete(file);
        }
    }
}
