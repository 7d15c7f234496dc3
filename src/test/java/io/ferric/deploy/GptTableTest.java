package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.BootMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GptTableTest {
    private static final long MIB = 1 << 20;
    private static final BootPlan UEFI = new BootPlan(Optional.of(BootMode.UEFI), false, Optional.empty());

    @TempDir
    Path temp;

    private final SecureRandom random = new SecureRandom();

    static PartitionPlan plan() {
        return PartitionPlan.of(PartitionTableTest.plan(8, 4, 10, UEFI));
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void a_table_reads_back_as_it_was_written(int blockSize) throws IOException {
        try (FileDisk disk = disk(300, blockSize)) {
            GptTable table = GptTable.of(plan(), blockSize, random);
            table.writeTo(disk);

            assertThat(GptTable.read(disk, blockSize)).contains(table);
            assertThat(table.matches(plan())).isTrue();
            assertThat(table.matches(PartitionPlan.of(PartitionTableTest.plan(8, 4, 11, UEFI))))
                    .isFalse();
            assertThat(table.hasEfiSystem()).isTrue();
            assertThat(GptTable.read(disk, 4608 - blockSize)).isEmpty();
        }
    }

    @Test
    void all_ids_are_random_and_of_their_own() throws IOException {
        GptTable one = GptTable.of(plan(), 512, random);
        GptTable other = GptTable.of(plan(), 512, random);

        assertThat(one.diskId()).isNotEqualTo(other.diskId());
        assertThat(one.entries()).extracting(GptEntry::id).doesNotHaveDuplicates();
        assertThat(one.entries()).extracting(GptEntry::name).contains("efi_system", "root");
    }

    @Test
    void on_a_larger_disk_the_copy_moves_to_its_end_and_a_partition_may_be_added() throws IOException {
        Path file = FileDisk.create(temp.resolve("disk"), 300 * MIB);
        GptTable table = GptTable.of(plan(), 512, random);
        try (FileDisk disk = FileDisk.on(file)) {
            table.writeTo(disk);
        }
        FileDisk.create(file, 500 * MIB);
        try (FileDisk disk = FileDisk.on(file)) {
            GptTable read = GptTable.read(disk, 512).orElseThrow();
            GptTable more = read.withConfigDrive(400 * MIB, 64 * MIB, new UUID(1, 2));
            more.writeTo(disk);

            assertThat(read).isEqualTo(table);
            assertThat(GptTable.read(disk, 512)).contains(more);
            assertThat(more.partitions().get(4)).isEqualTo(new Partition(5, PartitionRole.OTHER, 400 * MIB, 64 * MIB));
            GptHeader copy = GptHeader.read(disk, 500 * 2048 - 1, 512).orElseThrow();
            assertThat(copy.otherPlace()).isEqualTo(1);
            assertThat(copy.lastUsable()).isEqualTo(500 * 2048 - 34);
            assertThat(GptHeader.read(disk, 1, 512).orElseThrow().otherPlace()).isEqualTo(copy.place());
            assertThat(MbrTable.read(disk, 512).orElseThrow().entries())
                    .containsExactly(new MbrTable.Entry(1, 0xEE, false, 512, 500 * MIB - 512));
        }
    }

    @Test
    void boot_code_survives() throws IOException {
        try (FileDisk disk = disk(300, 512)) {
            DiskIo.write(disk, 0, ByteBuffer.allocate(512).put(0, (byte) 0xEB));
            GptTable.of(plan(), 512, random).writeTo(disk);

            assertThat(DiskIo.read(disk, 0, 1).get(0)).isEqualTo((byte) 0xEB);
        }
    }

    @Test
    void whenever_the_writing_breaks_off_there_is_a_whole_table() throws IOException {
        GptTable before = GptTable.of(plan(), 512, random);
        GptTable after = before.withConfigDrive(230 * MIB, MIB, new UUID(1, 2));
        for (int blocks = 0; blocks < 67; blocks++) {
            Path file = temp.resolve("disk" + blocks);
            try (FileDisk disk = FileDisk.on(FileDisk.create(file, 300 * MIB))) {
                before.writeTo(disk);
                disk.failingAfter(disk.dataBytes() + blocks * 512L);
                assertThatThrownBy(() -> after.writeTo(disk)).hasMessageContaining("write fault");
            }
            try (FileDisk disk = FileDisk.on(file)) {
                boolean atFront = whole(disk, 1);
                boolean atEnd = whole(disk, 300 * 2048 - 1);
                assertThat(atFront || atEnd).as("after " + blocks).isTrue();
            }
            Files.delete(file);
        }
    }

    private static boolean whole(FileDisk disk, long place) throws IOException {
        try {
            Optional<GptHeader> header = GptHeader.read(disk, place, 512);
            return header.isPresent()
                    && header.get().entriesCrc()
                            == GptHeader.crc(DiskIo.read(disk, header.get().entriesAt() * 512, 128 * 128));
        } catch (BadTable e) {
            return false;
        }
    }

    @Test
    void a_header_without_a_protecting_mbr_does_not_count() throws IOException {
        try (FileDisk disk = disk(300, 512)) {
            GptTable.of(plan(), 512, random).writeTo(disk);
            DiskIo.write(disk, 0, ByteBuffer.allocate(512));

            assertThat(PartitionTable.read(disk, 512)).isEmpty();
        }
    }

    @Property(tries = 300)
    void a_damaged_table_is_noticed_and_nothing_worse(
            @ForAll @IntRange(min = 512, max = 2048) int at, @ForAll @IntRange(min = 1, max = 255) int change)
            throws IOException {
        byte[] head = head();
        head[at] ^= (byte) change;
        HeadChannel disk = new HeadChannel(head, 300 * MIB);
        boolean signature = at < 520;
        boolean reserved = at >= 512 + 92 && at < 1024;
        if (signature || reserved) {
            assertThat(GptTable.read(disk, 512).isPresent()).isEqualTo(reserved);
        } else {
            assertThatThrownBy(() -> GptTable.read(disk, 512)).isInstanceOf(BadTable.class);
        }
    }

    @Property(tries = 300)
    void hostile_headers_with_right_checksums_are_bounded(
            @ForAll long otherPlace,
            @ForAll long firstUsable,
            @ForAll long lastUsable,
            @ForAll long entriesAt,
            @ForAll int count,
            @ForAll int crc)
            throws IOException {
        byte[] head = head();
        ByteBuffer header = new GptHeader(1, otherPlace, firstUsable, lastUsable, new UUID(0, 1), entriesAt, count, crc)
                .encode(512);
        System.arraycopy(header.array(), 0, head, 512, 512);
        try {
            GptTable.read(new HeadChannel(head, 300 * MIB), 512);
        } catch (BadTable expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Test
    void overlapping_partitions_are_refused() throws IOException {
        try (FileDisk disk = disk(300, 512)) {
            GptTable.of(plan(), 512, random)
                    .withConfigDrive(201 * MIB, MIB, new UUID(1, 2))
                    .writeTo(disk);

            assertThatThrownBy(() -> GptTable.read(disk, 512))
                    .isInstanceOf(BadTable.class)
                    .hasMessageContaining("overlaps");
        }
    }

    @Test
    void partitions_beyond_the_disk_are_refused() throws IOException {
        try (FileDisk disk = disk(300, 512)) {
            GptTable.of(plan(), 512, random)
                    .withConfigDrive(299 * MIB, 64 * MIB, new UUID(1, 2))
                    .writeTo(disk);

            assertThatThrownBy(() -> GptTable.read(disk, 512))
                    .isInstanceOf(BadTable.class)
                    .hasMessageContaining("leaves the disk");
        }
    }

    @Test
    void even_a_short_table_keeps_16_kib_free_at_the_disks_end() {
        assertThat(new GptTable(512, new UUID(1, 2), 34, 2, 4, List.of()).usableEnd(300 * MIB))
                .isEqualTo(300 * MIB - 33 * 512);
        assertThat(new GptTable(4096, new UUID(1, 2), 6, 2, 4, List.of()).usableEnd(300 * MIB))
                .isEqualTo(300 * MIB - 5 * 4096);
    }

    @Test
    void entries_beyond_what_is_read_of_an_image_are_called_so() throws IOException {
        byte[] head = head();
        ByteBuffer header = new GptHeader(1, 9, 4096, 8192, new UUID(0, 1), 2048, 128, 7).encode(512);
        System.arraycopy(header.array(), 0, head, 512, 512);

        assertThatThrownBy(() -> GptTable.read(new HeadChannel(head, 300 * MIB), 512))
                .hasMessageContaining("its entries lie beyond the first MiB, which is not read");
    }

    @Test
    void a_name_keeps_its_line_break() {
        ByteBuffer bytes = ByteBuffer.allocate(GptEntry.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        GptEntry entry = new GptEntry(1, new UUID(1, 2), new UUID(3, 4), 34, 40, 0, "a\0\n");
        entry.encode(bytes);

        assertThat(GptEntry.decode(1, bytes)).contains(entry);
    }

    private byte[] head() throws IOException {
        Path file = Files.createTempFile("disk", ".raw");
        try (FileDisk disk = FileDisk.on(FileDisk.create(file, 300 * MIB))) {
            GptTable.of(plan(), 512, random).writeTo(disk);
            return DiskIo.read(disk, 0, (int) MIB).array();
        } finally {
            Files.delete(file);
        }
    }

    private FileDisk disk(long mib, int blockSize) throws IOException {
        return FileDisk.on(FileDisk.create(temp.resolve("disk-" + blockSize), mib * MIB), blockSize);
    }
}
