package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionTableTest {
    private static final long MIB = 1 << 20;
    private static final long LARGEST_MIB = 1 << 19;

    @TempDir
    Path temp;

    static InstancePlan plan(long ephemeral, long swap, long root) {
        return new InstancePlan(ImageRequest.of("mem:a"), root, swap, ephemeral, "ext4", false, false);
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
            assertThat(MbrTable.read(disk)).isEmpty();
        }
    }

    @Test
    void refuses_a_fifth_partition_and_places_an_mbr_cannot_say() throws IOException {
        PartitionTable.Entry entry = new PartitionTable.Entry(1, 0x83, 1L << 43, MIB);

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

            assertThat(MbrTable.read(disk)).contains(table);
            assertThat(table.matches(plan)).isTrue();
            assertThat(table.matches(PartitionPlan.of(plan(ephemeral, swap, root + 1))))
                    .isFalse();
        } finally {
            Files.delete(file);
        }
    }
}
